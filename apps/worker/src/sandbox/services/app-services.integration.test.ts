import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildSpec } from '@showrunner/contracts';
import { SandboxTestBench } from '../sandbox-test-bench';

/** The PostgreSQL of this machine stands in for that of a Debian system. */
const hasServer = await access('/usr/lib/postgresql').then(
  () => true,
  () => false,
);
if (!hasServer) process.stderr.write('skipped: an app with PostgreSQL; /usr/lib/postgresql is not there\n');

const FILES: Record<string, string> = {
  // Its names are nobody's but the app's: a role and a database that the plan does not know.
  '.env': 'DB_USER="reader"\nDB_NAME=library\n',
  'db/1-tables.sql': 'CREATE TABLE book (title text);\nSELECT no_such_thing();\n',
  'db/2-rows.sql':
    "INSERT INTO book VALUES ('Emma'), ('Persuasion'); ALTER TABLE book OWNER TO nobody_there;\n",
  'package.json': JSON.stringify({
    name: 'x',
    scripts: { start: 'node server.js', 'db:seed': 'sh seed.sh' },
  }),
  'seed.sh': `$(ls -d /usr/lib/postgresql/*/bin/psql | tail -n 1) -h 127.0.0.1 -p 5544 -U shop shop -c "INSERT INTO book VALUES ('Sanditon')"`,
  'server.js': `const { execFileSync } = require('child_process');
const ask = (user, database, question) => execFileSync('sh', ['-c', '$(ls -d /usr/lib/postgresql/*/bin/psql | tail -n 1) -h 127.0.0.1 -p 5544 -At -U "$1" "$2" -c "$3"', 'sh', user, database, question], { encoding: 'utf8' });
require('http').createServer((request, answer) => {
  if (request.url === '/add') ask('shop', 'shop', "INSERT INTO book VALUES ('Lady Susan')");
  const books = ask('shop', 'shop', 'SELECT title FROM book').trim().split('\\n').map((title) => '<li>' + title).join('');
  answer.setHeader('content-type', 'text/html');
  answer.end('<title>x</title><ul>' + books + '</ul><p>' + ask('reader', 'library', 'SELECT current_user').trim());
}).listen(process.env.PORT || 3000, '127.0.0.1');`,
};

let bench: SandboxTestBench;
let folder: string;
beforeAll(async () => {
  [bench, folder] = await Promise.all([SandboxTestBench.start(), mkdtemp(join(tmpdir(), 'rows-'))]);
});
afterAll(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

(hasServer ? test : test.skip)(
  'the page of an app shows the rows that files of SQL and its seeds put into PostgreSQL, and shows them again after a reset',
  async () => {
    for (const [path, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const build = await bench.create();
    const { ref, buildId, projectId } = build;
    const activities = bench.activities();
    await activities.fetchSource({ ...ref, projectId, source: await bench.uploadFolder(folder, 'rows') });
    const detected = await activities.detectBuild({ ...ref, buildId, overrides: {} });
    const buildSpec: BuildSpec = {
      ...detected,
      services: [
        {
          kind: 'postgresql',
          port: 5544,
          user: 'shop',
          database: 'shop',
          sql: ['db/1-tables.sql', 'db/2-rows.sql'],
        },
      ],
    };
    await activities.installApp({ ...ref, buildId, buildSpec });
    const app = await activities.startApp({ ...ref, buildId, projectId, buildSpec });
    const page = async (path: string): Promise<string> => (await bench.get(build, app, path)).body;
    const filled = '<ul><li>Emma<li>Persuasion<li>Sanditon</ul><p>reader';
    expect(await page('/')).toContain(filled);
    expect(await page('/add')).toContain('<li>Lady Susan</ul>');
    await activities.resetApp({ ...ref, buildId, projectId, buildSpec, port: app.port });
    expect(await page('/')).toContain(filled);
  },
  120_000,
);
