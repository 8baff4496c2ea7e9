tries=0
while [ ! -e "$1/part.$2" ]; do
  [ -d "$1" ] || [ "$tries" -lt 100 ] || exit 1
  if [ -e "$1/end" ] && [ ! -e "$1/part.$2" ]; then cat "$1/status" "$1/errors"; exit "$ended"; fi
  tries=$((tries + 1))
  [ "$tries" -lt 500 ] || exit "$not_yet"
  sleep 0.01
done
cat -- "$1/part.$2" && rm -f -- "$1/part.$2"
