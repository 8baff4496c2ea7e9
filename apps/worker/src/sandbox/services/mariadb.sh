# $1 folder of the data, $2 port. Only the sandbox itself reaches it, so whatever name and password an app gives is taken.
# A commit is with the kernel at once (2), so that an end by a signal loses none; 0 would keep the last second in the process.
set -e
data=$1 port=$2
if [ ! -d "$data/mysql" ]; then
  mkdir -p "$data"
  mariadb-install-db --no-defaults --datadir="$data" --auth-root-authentication-method=normal --skip-test-db >&2
fi
exec mariadbd --no-defaults --datadir="$data" --port="$port" --bind-address=127.0.0.1 --socket=/tmp/mysqld.sock \
  --pid-file="$data/mariadbd.pid" --skip-grant-tables --skip-name-resolve --innodb-buffer-pool-size=64M --innodb-log-file-size=32M \
  --innodb-use-native-aio=OFF --innodb-flush-log-at-trx-commit=2 --performance-schema=OFF --character-set-server=utf8mb4
