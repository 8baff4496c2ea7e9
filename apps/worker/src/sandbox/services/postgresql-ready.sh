# $1 port, $2 owner, $3 database, then files of variables: waits for the server, and makes the database unless it is there.
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
# A .env that the source brings may name others: it is read here alone, and whoever it names owns a database of that name.
sql() { "$bin/psql" -h 127.0.0.1 -p "$port" -U "$owner" -d postgres -q -v name="$1"; }
port=$1 owner=$2
shift 3
named=$(for file in /app/.env /app/*/.env "$@"; do [ ! -f "$file" ] || head -c 65536 "$file"; echo; done | tr -d "\"'\r")
words=$(printf '%s\n' "$named" | sed -nE \
  -e 's/^[A-Z_]*(DB|DATABASE|POSTGRES|PG|SQL)[A-Z_]*(USER|USERNAME|NAME|DATABASE|DB)=([A-Za-z_][A-Za-z0-9_-]{0,60})$/\3/p' \
  -e 's#^[A-Z_]+=postgres[a-z+0-9]*://([A-Za-z_][A-Za-z0-9_-]{0,60}):[^@]*@(localhost|127\.0\.0\.1)[:0-9]*/([A-Za-z_][A-Za-z0-9_-]{0,60}).*$#\1\n\3#p' | sort -u | head -n 20)
for word in $words; do
  sql "$word" <<'SQL' || true
SELECT format('CREATE ROLE %I SUPERUSER LOGIN', :'name') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'name') \gexec
SELECT format('CREATE DATABASE %I', :'name') WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
SQL
done
