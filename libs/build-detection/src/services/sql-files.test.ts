import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import { listingOf } from '../listing';
import { at, json, type Files } from '../testing/shape';

const RUNTIMES = { node: '20.20.2', python: '3.11.2', go: null, shared: true, systems: true };
const sqlOf = async (files: Files, subdir?: string) =>
  (
    await detect(listingOf({ 'package.json': NODE, 'server.js': '', ...files }), {
      runtimes: RUNTIMES,
      ...(subdir === undefined ? {} : { subdir }),
    })
  ).services?.map(({ kind, sql }) => [kind, sql]);
const NODE = json({ scripts: { start: 'node server.js' }, dependencies: { express: '4', mysql2: '3' } });
const compose = (service: object): Files => ({ 'compose.yml': json({ services: { db: service } }) });
const CODE = {
  'db.js': "mysql.createPool({ host: 'localhost', user: 'root', password: '', database: 'shop' })",
};

describe('files of SQL that fill a database', () => {
  test.each<[string, Files, unknown]>([
    [
      'a file that its compose file mounts',
      {
        ...compose({ image: 'mysql:8', volumes: ['./db/init.sql:/docker-entrypoint-initdb.d/1.sql:ro'] }),
        'db/init.sql': '',
      },
      ['db/init.sql'],
    ],
    [
      'a folder that it mounts, in the order of names, without scripts',
      {
        ...compose({
          image: 'mysql:8',
          volumes: [{ type: 'bind', source: './sql', target: '/docker-entrypoint-initdb.d' }],
        }),
        ...at('sql', { '2-rows.sql': '', '1-tables.sql': '', '3.sh': '' }),
      },
      ['sql/1-tables.sql', 'sql/2-rows.sql'],
    ],
    [
      'an image of its own that copies them',
      {
        'compose.yml': json({ services: { db: { build: './database' } } }),
        'database/Dockerfile': 'FROM mysql:8.0\nENV A=b\nCOPY first.sql /docker-entrypoint-initdb.d/\n',
        'database/first.sql': '',
      },
      ['database/first.sql'],
    ],
    [
      'mounts from outside of the source are none',
      {
        ...compose({
          image: 'mysql:8',
          volumes: ['../x.sql:/docker-entrypoint-initdb.d/x.sql', '/etc:/docker-entrypoint-initdb.d'],
        }),
      },
      undefined,
    ],
    [
      'what makes comes before what fills',
      { ...CODE, 'sql/seed.sql': '', 'sql/tables.sql': '' },
      ['sql/tables.sql', 'sql/seed.sql'],
    ],
    ['a dump with the name of the database', { ...CODE, 'Shop.sql': '', 'other/x.sql': '' }, ['Shop.sql']],
    ['the only one there is', { ...CODE, 'sql/all.sql': '' }, ['sql/all.sql']],
    ['migrations make it', { ...CODE, 'migrations/001.sql': '', 'schema.sql': '' }, undefined],
    ['what takes away is not meant', { ...CODE, 'drop_tables.sql': '', 'queries.sql': '' }, undefined],
  ])('%s', async (_name, files, sql) => {
    expect(await sqlOf(files)).toEqual([['mariadb', sql]]);
  });

  test('of a folder that was chosen, they are named from the root', async () => {
    const files = at('shop', { 'package.json': NODE, 'server.js': '', ...CODE, 'schema.sql': '' });
    expect(await sqlOf(files, 'shop')).toEqual([['mariadb', ['shop/schema.sql']]]);
  });

  test('PHP finds the socket that "localhost" means to it', async () => {
    const found = await detect(
      listingOf({
        'index.php': '',
        'db.php': "<?php mysqli_connect('localhost', 'root', '', 'school');",
        'school.sql': '',
      }),
      { runtimes: RUNTIMES },
    );
    expect(found.start).toContain('-d mysqli.default_socket=/tmp/mysqld.sock');
    expect(found.services).toEqual([
      { kind: 'mariadb', port: 3306, user: 'root', database: 'school', sql: ['school.sql'] },
    ]);
    expect(found.reasons).toContainEqual({
      what: 'setup',
      because: 'school.sql fills mariadb before anything else.',
    });
  });
});
