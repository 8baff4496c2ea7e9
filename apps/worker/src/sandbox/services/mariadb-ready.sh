# $1 port, $2 database, '' for none, then files of variables: waits for the server, and makes the database, and those that the files name, unless they are there.
for try in $(seq 200); do
  ! mariadb --no-defaults --protocol=tcp -h 127.0.0.1 -P "$1" -u root -e 'SELECT 1' >/dev/null 2>&1 || break
  sleep 0.2
done
name=$(printf %s "$2" | tr -d '`')
if [ -z "$name" ]; then statement='SELECT 1'; else statement="CREATE DATABASE IF NOT EXISTS \`$name\`"; fi
port=$1
shift 2
names=$(for file do [ ! -f "$file" ] || head -c 65536 "$file"; echo; done | tr -d "\"'\r" | sed -nE \
  -e 's/^[A-Z_]*(DB|DATABASE|MYSQL|MARIADB|SQL)[A-Z_]*(NAME|DATABASE|DB)=([A-Za-z_][A-Za-z0-9_-]{0,60})$/\3/p' \
  -e 's#^[A-Z_]+=(mysql|mariadb)[a-z+0-9]*://[^@]*@[^/]*/([A-Za-z_][A-Za-z0-9_-]{0,60}).*$#\2#p' | sort -u | head -n 10)
for name in $names; do statement="$statement; CREATE DATABASE IF NOT EXISTS \`$name\`"; done
exec mariadb --no-defaults --protocol=tcp -h 127.0.0.1 -P "$port" -u root -e "$statement" >/dev/null
