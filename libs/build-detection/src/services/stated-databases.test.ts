import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import { listingOf } from '../listing';
import { json, type Files } from '../testing/shape';

const RUNTIMES = { node: '20.20.2', python: '3.11.2', go: '1.24', shared: true, systems: true };
const detected = (files: Files) => detect(listingOf(files), { runtimes: RUNTIMES });
const node = (dependencies: object): Files => ({
  'package.json': json({
    scripts: { start: 'node server.js' },
    dependencies: { express: '4', ...dependencies },
  }),
  'server.js': '',
});
const PG = node({ pg: '8' });
const MYSQL = node({ mysql2: '3' });
const FLASK = {
  'app.py': 'import os\nfrom flask import Flask\napp = Flask(__name__)\n',
  'requirements.txt': 'flask\nflask-sqlalchemy\npsycopg2-binary\n',
};
const postgres = (user: string, database: string, port = 5432) => ({
  kind: 'postgresql',
  port,
  user,
  database,
});
const mariadb = (user: string, database: string, port = 3306) => ({ kind: 'mariadb', port, user, database });

describe('a database that no compose file names', () => {
  test.each<[string, Files, object, Record<string, string>]>([
    [
      'variables of the example of its environment, one by one',
      {
        ...PG,
        '.env.example':
          'DB_HOST=localhost\nDB_PORT=5433\nDB_USERNAME=shop\nDB_PASSWORD=\nDB_DATABASE=orders\n',
      },
      postgres('shop', 'orders', 5433),
      { DB_PASSWORD: 'app' },
    ],
    [
      'an example with words to fill in',
      { ...PG, '.env.example': 'POSTGRES_HOST=your-host\nPOSTGRES_USER=<user>\nPOSTGRES_DB=<name>\n' },
      undefined as unknown as object,
      {},
    ],
    [
      'a dialect beside them',
      {
        ...node({ sequelize: '6', pg: '8', mysql2: '3' }),
        '.env.example': 'DB_DIALECT=mysql\nDB_HOST=\nDB_USER=\nDB_NAME=blog\n',
      },
      mariadb('app', 'blog'),
      { DB_HOST: '127.0.0.1', DB_USER: 'app' },
    ],
    [
      'a file of settings',
      {
        ...MYSQL,
        'app/config/db.config.js':
          'module.exports = {\n HOST: "localhost",\n USER: "root",\n PASSWORD: "12",\n DB: "testdb",\n dialect: "mysql" };',
      },
      mariadb('root', 'testdb'),
      {},
    ],
    [
      'settings that are read from the environment',
      {
        ...PG,
        'src/db.ts':
          "new Pool({ host: process.env.PG_HOST, port: Number(process.env.PG_PORT ?? 5440), user: process.env.PG_USER || 'me', password: process.env.PG_PASS, database: process.env.PG_NAME })",
      },
      postgres('me', 'app', 5440),
      { PG_HOST: '127.0.0.1', PG_PASS: 'app', PG_NAME: 'app' },
    ],
    [
      "Django's settings",
      {
        'manage.py': 'import django\n',
        'requirements.txt': 'django\npsycopg2-binary\n',
        'site/settings.py':
          "# 'ENGINE': 'django.db.backends.sqlite3'\nDATABASES = {'default': {'ENGINE': 'django.db.backends.postgresql', 'NAME': os.environ.get('DBNAME'), 'HOST': os.environ['DBHOST'], 'USER': os.getenv('DBUSER', 'eater'), 'PASSWORD': os.environ.get('DBPASS')}}",
      },
      postgres('eater', 'app'),
      { DBNAME: 'app', DBHOST: '127.0.0.1', DBPASS: 'app' },
    ],
    [
      'a connection string that only the environment would say',
      { ...FLASK, 'config.py': "SQLALCHEMY_DATABASE_URI = os.environ['DATABASE_URL']" },
      postgres('app', 'app'),
      { DATABASE_URL: 'postgresql://app:app@127.0.0.1:5432/app' },
    ],
    [
      'a connection string in the code',
      { ...FLASK, 'config.py': "URI = 'postgresql+psycopg2://eva:pw@localhost/notes'" },
      postgres('eva', 'notes'),
      {},
    ],
    [
      "Prisma's schema",
      {
        ...node({ prisma: '5', '@prisma/client': '5' }),
        'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}',
      },
      postgres('app', 'app'),
      { DATABASE_URL: 'postgresql://app:app@127.0.0.1:5432/app' },
    ],
    [
      'a call of PHP',
      { 'index.php': '', 'db.php': "<?php $c = mysqli_connect('localhost', 'root', '', 'school');" },
      mariadb('root', 'school'),
      {},
    ],
    [
      'variables of PHP',
      {
        'index.php': '',
        'config.php':
          '<?php $servername = "localhost"; $username = "root"; $password = ""; $dbname = "crud"; new mysqli($servername, $username, $password, $dbname);',
      },
      mariadb('root', 'crud'),
      {},
    ],
    [
      'a DSN of PHP',
      {
        'index.php': '',
        'connect.php': "<?php new PDO('pgsql:host=localhost;port=5434;dbname=cars', 'driver', 'x');",
      },
      postgres('driver', 'cars', 5434),
      {},
    ],
    [
      'a DSN of Go',
      {
        'go.mod': 'module x\nrequire github.com/go-sql-driver/mysql v1.7.0',
        'main.go':
          'package main\nimport "net/http"\nvar d = "root:pw@tcp(127.0.0.1:3307)/todo?parseTime=true"\nfunc main() { http.ListenAndServe(":80", nil) }',
      },
      mariadb('root', 'todo', 3307),
      {},
    ],
    [
      'a DSN of libpq',
      {
        'go.mod': 'module x\nrequire github.com/lib/pq v1',
        'main.go':
          'package main\nimport "net/http"\nvar d = "host=localhost user=gopher password=x dbname=zoo port=5432 sslmode=disable"\nfunc main() { http.ListenAndServe(":80", nil) }',
      },
      postgres('gopher', 'zoo'),
      {},
    ],
  ])('%s', async (_name, files, service, env) => {
    const found = await detected(files);
    expect(found.services).toEqual(service === undefined ? undefined : [service]);
    expect(found.env).toMatchObject(env);
  });

  test.each<[string, Files]>([
    [
      'packages that could do with a file',
      { ...node({ pg: '8', 'better-sqlite3': '11' }), 'config.js': 'process.env.DATABASE_URL' },
    ],
    [
      'a default that is a file',
      { ...FLASK, 'config.py': "U = os.environ.get('DATABASE_URL') or 'sqlite:///x.db'" },
    ],
    [
      'a server elsewhere',
      { ...PG, 'db.js': "{ host: 'db.example.org', user: 'u', password: 'p', database: 'x' }" },
    ],
    [
      'a host and a port of the app itself',
      { ...PG, 'config.js': "{ host: 'localhost', port: 3000, name: 'pg shop' }" },
    ],
    [
      'a server of letters',
      {
        ...PG,
        'config.js': "pg; mail = { host: 'localhost', port: 587, user: 'u', pass: 'p', database: 'x' }",
      },
    ],
    ['samples', { ...PG, 'examples/db.js': "pg({ host: 'localhost', user: 'u', database: 'x' })" }],
    ['nothing that talks to one', { ...node({}), 'config.js': 'process.env.DATABASE_URL' }],
  ])('none is started for %s', async (_name, files) => {
    expect((await detected(files)).services).toBeUndefined();
  });

  test('settings for deploying are not those that are meant', async () => {
    const settings = (name: string): string => `pg({ host: 'localhost', user: 'u', database: '${name}' })`;
    const found = await detected({
      ...PG,
      'config/deploy.production.js': settings('live'),
      'config/local.config.js': settings('mine'),
      'config/db.js': settings('mine'),
    });
    expect(found.services).toEqual([postgres('u', 'mine')]);
  });

  test('is told with the file that says so', async () => {
    const found = await detected({
      ...PG,
      'src/db.js': "new Pool({ host: 'localhost', user: 'u', database: 'shop' })",
    });
    expect(found.reasons).toContainEqual({
      what: 'environment',
      because: 'src/db.js names its host and the database "shop": postgresql runs inside the sandbox.',
    });
    expect(found.reasons.filter(({ what }) => what === 'unmet')).toEqual([]);
  });
});
