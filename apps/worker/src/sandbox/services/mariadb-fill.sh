# $1 port, $2 database, '' for none, then files below /app: runs each; what does not work in one stops nothing.
port=$1 database=$2
shift 2
for file do
  echo "Filling the database from $file"
  # The order of letters of MySQL 8 has another name here.
  sed -e 's/utf8mb4_0900_[a-z_]*/utf8mb4_unicode_ci/g' "/app/$file" |
    mariadb --no-defaults --protocol=tcp -h 127.0.0.1 -P "$port" -u root --default-character-set=utf8mb4 --force ${database:+"$database"} 2>&1 | head -n 20
done
exit 0
