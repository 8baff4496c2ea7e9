import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BuildSpec, RunningApp } from '@showrunner/contracts';
import { probe } from './http-probe';
import { SandboxTestBench, type BenchBuild } from './sandbox-test-bench';

interface Started extends BenchBuild {
  buildSpec: BuildSpec;
  app: RunningApp;
}
type Files = Record<string, string>;

const manifest = (scripts: Files): string => JSON.stringify({ name: 'x', scripts });
/** A server in Node that needs no packages; `answer` is an expression of what it answers. */
const server = (port: string, type: string, answer: string): string =>
  `require('http').createServer((_, out) => { out.setHeader('content-type', '${type}'); out.end(${answer}); }).listen(${port}, '127.0.0.1');`;

describe('apps of several processes', () => {
  let bench: SandboxTestBench;
  let folder: string;
  beforeAll(async () => {
    [bench, folder] = await Promise.all([SandboxTestBench.start(), mkdtemp(join(tmpdir(), 'several-'))]);
  });
  afterAll(async () => {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function started(name: string, files: Files): Promise<Started> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), text);
    }
    const build = await bench.create();
    const { ref, buildId, projectId } = build;
    const activities = bench.activities();
    await activities.fetchSource({
      ...ref,
      projectId,
      source: await bench.uploadFolder(join(folder, name), name),
    });
    const buildSpec = await activities.detectBuild({ ...ref, buildId, overrides: {} });
    await activities.installApp({ ...ref, buildId, buildSpec });
    return { ...build, buildSpec, app: await activities.startApp({ ...ref, buildId, projectId, buildSpec }) };
  }
  const page = async (one: Started): Promise<string> => (await bench.get(one, one.app, '/')).body;
  const at = async (one: Started, port: number): Promise<string | undefined> =>
    (await probe(one.sandbox, port, `localhost:${port}`, '/', 5000, bench.abort.signal))?.body;

  test('services that a compose file builds from the source run on the ports and with the variables that stand there', async () => {
    const one = await started('composed', {
      'compose.yaml': `services:
  web: { build: ./web, ports: ["5080:80"], environment: { API_URL: "http://api:3000/items" } }
  api:
    build: { context: api }
    ports: ["4010:3000"]
    environment: { GREETING: "hello from the api" }
    privileged: true
    volumes: ["/:/host"]
`,
      'web/package.json': manifest({ start: 'node server.js' }),
      'web/server.js': server('process.env.PORT', 'text/html', '"<title>x</title><p>" + process.env.API_URL'),
      'api/package.json': manifest({ start: 'node server.js' }),
      'api/server.js': server(
        'process.env.PORT || 3000',
        'application/json',
        'process.env.GREETING + " " + require("fs").existsSync("/host")',
      ),
    });
    expect(one.buildSpec.dir).toBe('web');
    expect(await page(one)).toContain('http://127.0.0.1:4010/items');
    expect(await at(one, 4010)).toBe('hello from the api false');
    const { ref, buildId, projectId, buildSpec } = one;
    await bench.activities().resetApp({ ...ref, buildId, projectId, buildSpec, port: one.app.port });
    expect(await at(one, 4010)).toBe('hello from the api false');
    expect(one.buildSpec.reasons.map(({ because }) => because).join(' ')).toMatch(
      /privileged, volumes of the host \(api\)/,
    );
  }, 60_000);

  test('files of variables that a compose file names are read in the sandbox, and nothing in them is run', async () => {
    const one = await started('with-files', {
      'compose.yaml': `services:
  web:
    build: .
    env_file: [.env.base, .env.web]
    environment: { STATED: by the compose file }
`,
      '.env.base': 'GREETING=base\nNAMED="${GREETING} and more"\nSTATED=by a file\nPATH=/nowhere\n',
      '.env.web-sample': 'GREETING=hello # of the sample\nRUN=$(touch ran.txt)\n',
      'package.json': manifest({ start: 'node server.js' }),
      'server.js': server(
        'process.env.PORT',
        'text/html',
        '"<title>x</title>" + [process.env.GREETING, process.env.NAMED, process.env.STATED, process.env.RUN, require("fs").existsSync("ran.txt")].join("|")',
      ),
    });
    expect(await page(one)).toContain('hello|hello and more|by the compose file|$(touch ran.txt)|false');
    expect(JSON.stringify(one.buildSpec)).not.toMatch(/GREETING|touch ran/);
  }, 60_000);

  test('a start that goes into several folders, each with a port of its own', async () => {
    const one = await started('entered', {
      'package.json': manifest({
        dev: 'npm run api & npm run page',
        api: 'npm --prefix server start',
        page: 'cd client && npm start',
      }),
      'server/package.json': manifest({ start: 'node index.js' }),
      'server/index.js': server('process.env.PORT || 5055', 'application/json', '"{}"'),
      'client/package.json': manifest({ start: 'node index.js' }),
      'client/index.js': server('process.env.PORT || 5056', 'text/html', '"<title>x</title><h1>Client</h1>"'),
    });
    expect(one.app.port).toBe(5056);
    expect(await page(one)).toContain('Client');
    expect(await at(one, 5055)).toBe('{}');
  }, 60_000);

  test('the other processes of a Procfile; one that ends at once stops nothing, and is told', async () => {
    const one = await started('procfile', {
      Procfile: 'web: node server.js\nworker: node worker.js\nbroken: node missing.js\nrelease: exit 1\n',
      'package.json': JSON.stringify({ name: 'x', scripts: { test: 'true' } }),
      'worker.js': 'require("fs").writeFileSync("done.txt", "by the worker"); setInterval(() => {}, 1000);',
      'server.js': server(
        'process.env.PORT',
        'text/html',
        '"<title>x</title>" + require("fs").readFileSync("done.txt")',
      ),
    });
    expect(await page(one)).toContain('by the worker');
    const events = await bench.database.outbox.readAfter(0n, { projectId: one.projectId }, 100);
    const told = events.map(({ data }) => JSON.stringify(data)).join(' ');
    expect(told).toMatch(/broken.{0,40}which runs beside the app, ended: .*MODULE_NOT_FOUND/);
  }, 60_000);
});
