# $1 folder of the data, $2 port, $3 owner of the database. Only the sandbox itself reaches it, so nobody is asked for a password.
set -e
data=$1 port=$2 owner=$3
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
if [ ! -f "$data/PG_VERSION" ]; then
  mkdir -p "$data"
  "$bin/initdb" --pgdata="$data" --username="$owner" --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
  cat >> "$data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '/tmp'
shared_buffers = 32MB
max_wal_size = 128MB
fsync = off
SETTINGS
fi
# Left by a server that was ended with its sandbox; its number may be another process by now.
rm -f "$data/postmaster.pid"
exec "$bin/postgres" -D "$data"
