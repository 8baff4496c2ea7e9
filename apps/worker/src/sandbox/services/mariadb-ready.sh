# $1 port, $2 database, '' for none: waits for the server, and makes the database unless it is there.
for try in $(seq 200); do
  ! mariadb --no-defaults --protocol=tcp -h 127.0.0.1 -P "$1" -u root -e 'SELECT 1' >/dev/null 2>&1 || break
  sleep 0.2
done
name=$(printf %s "$2" | tr -d '`')
if [ -z "$name" ]; then statement='SELECT 1'; else statement="CREATE DATABASE IF NOT EXISTS \`$name\`"; fi
exec mariadb --no-defaults --protocol=tcp -h 127.0.0.1 -P "$1" -u root -e "$statement" >/dev/null
