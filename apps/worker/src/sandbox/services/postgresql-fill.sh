# $1 port, $2 owner, $3 database, then files below /app: runs each; what does not work in one stops nothing.
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
port=$1 owner=$2 database=$3
shift 3
for file do
  echo "Filling $database from $file"
  "$bin/psql" -h 127.0.0.1 -p "$port" -U "$owner" -d "$database" -q -f "/app/$file" 2>&1 | head -n 20
done
exit 0
