# $1 port: waits for the server.
for try in $(seq 150); do
  [ "$(redis-cli -p "$1" ping 2>/dev/null)" != PONG ] || exit 0
  sleep 0.2
done
exit 1
