# $1 folder of the data, $2 port. Whatever password an app sends is taken, as only the sandbox itself reaches it.
set -e
mkdir -p "$1"
exec redis-server --port "$2" --bind 127.0.0.1 --dir "$1" --save 60 1 --daemonize no
