# $1 port, $2 owner, $3 database: waits for the server, and makes the database unless it is there.
set -e
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
for try in $(seq 150); do
  ! "$bin/pg_isready" -q -h 127.0.0.1 -p "$1" || break
  sleep 0.2
done
found=$("$bin/psql" -h 127.0.0.1 -p "$1" -U "$2" -d postgres -v name="$3" -At <<'SQL'
SELECT 1 FROM pg_database WHERE datname = :'name';
SQL
)
[ "$found" = 1 ] || "$bin/createdb" -h 127.0.0.1 -p "$1" -U "$2" -- "$3"
