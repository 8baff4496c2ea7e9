import type { AppService } from '@showrunner/contracts';

/** Servers that can run beside an app: how images and addresses name them, and what brings them. */
export const SERVICE_KINDS: readonly {
  kind: AppService['kind'];
  image: RegExp;
  scheme: RegExp;
  port: number;
  packages: string[];
}[] = [
  {
    kind: 'postgresql',
    image: /(^|\/)(postgres|postgresql|postgis|pgvector)(:|$|@)/,
    scheme: /^postgres(?:ql)?(?:\+\w{1,20})?:$/,
    port: 5432,
    packages: ['postgresql'],
  },
  {
    kind: 'mariadb',
    image: /(^|\/)(mysql|mariadb|percona)(-server)?(:|$|@)/,
    scheme: /^(?:mysql|mysql2|mariadb)(?:\+\w{1,20})?:$/,
    port: 3306,
    packages: ['mariadb-server'],
  },
  {
    kind: 'redis',
    image: /(^|\/)(redis|redis-stack(?:-server)?|redismod|valkey|keydb)(:|$|@)/,
    scheme: /^rediss?:$/,
    port: 6379,
    packages: ['redis-server'],
  },
];

/** Where clients on this machine find MariaDB without a port; its start names it, too. */
export const MARIADB_SOCKET = '/tmp/mysqld.sock';
