import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { storageKeys, type BuildOverrides, type BuildSpec } from '@showrunner/contracts';
import { describeWhereMissing } from '@showrunner/contracts/testing';
import { openSandboxProvider } from '@showrunner/sandbox-providers';
import { chooseEngine, type TestEngine } from '@showrunner/sandbox-docker/testing';
import { SandboxTestBench, type BenchBuild } from '../sandbox-test-bench';

type Files = Record<string, string>;
type PlannedBuild = BenchBuild & { buildSpec: BuildSpec };

const MIB = 1024 ** 2;
const LIMITS = { cpus: 1, memoryBytes: 512 * MIB, diskBytes: 256 * MIB, maxProcesses: 128 };

/** No framework, no manifest: only the Dockerfile says what it is. */
const SERVER = `
const fs = require('fs'), http = require('http');
const file = process.env.NOTES || 'notes.txt';
fs.appendFileSync(file, 'started by ' + process.argv.slice(2).join(' ') + '\\n');
http.createServer((request, response) => {
  if (request.url === '/add') fs.appendFileSync(file, 'added\\n');
  response.setHeader('content-type', 'text/html');
  response.end('<h1>' + process.env.GREETING + '</h1><pre>' + fs.readFileSync(file) + process.cwd() + ' ' + process.getuid() + '</pre>');
}).listen(Number(process.argv[3] || process.env.PORT), '127.0.0.1');
`;

const choice = chooseEngine();
const TITLE = 'an app of a Dockerfile alone, from an upload to a running app';

if ('unfit' in choice) describeWhereMissing(TITLE, choice.unfit, suite);
else describe(`${TITLE} (${choice.name})`, suite);

function suite(): void {
  jest.setTimeout(120_000);
  let engine: TestEngine;
  let bench: SandboxTestBench;
  let folder: string;
  beforeAll(async () => {
    if ('unfit' in choice) throw new Error(choice.unfit);
    engine = await choice.start();
    folder = await mkdtemp(join(tmpdir(), 'dockerfile-app-'));
    bench = await SandboxTestBench.start((home) =>
      openSandboxProvider({
        provider: 'docker',
        home,
        installation: 'dockerfile-app',
        serverUrl: engine.host,
        target: engine.image,
      }),
    );
  });
  afterAll(async () => {
    await bench.stop();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const dockerfile = (...steps: string[]): string =>
    [`FROM ${engine.image ?? 'node:20-bookworm'}`, ...steps, ''].join('\n');

  async function detected(files: Files, overrides: BuildOverrides = {}): Promise<PlannedBuild> {
    const source = await mkdtemp(join(folder, 'source-'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(source, name)), { recursive: true });
      await writeFile(join(source, name), content);
    }
    const build = await bench.create(LIMITS);
    const { ref, buildId, projectId } = build;
    const upload = await bench.uploadFolder(source, buildId);
    await bench.activities().fetchSource({ ...ref, projectId, source: upload });
    const buildSpec = await bench.activities().detectBuild({ ...ref, buildId, overrides });
    return { ...build, buildSpec };
  }
  const contextOf = (build: BenchBuild) => bench.store.head(storageKeys.buildContext(build.buildId));
  const logOf = async (build: BenchBuild): Promise<string> =>
    (await bench.store.read(storageKeys.buildLog(build.buildId))).toString();

  test('is built, started as its image says, shown, reset and destroyed', async () => {
    const build = await detected({
      Dockerfile: dockerfile(
        'WORKDIR /app/site',
        'ENV GREETING=Hello',
        'COPY . .',
        'RUN ls -A | sort > /tmp/listed && mv /tmp/listed listed.txt; wc -l < notes.txt',
        'EXPOSE 8123',
        'ENTRYPOINT ["node", "it\'s.js"]',
        'CMD ["two words", "8123"]',
      ),
      '.dockerignore': '# left out\nsecret*\n**/*.log\nbuild/**\n!build/kept.txt\n',
      "it's.js": SERVER,
      'notes.txt': 'first\n',
      'secret.key': 'x',
      'deep/down/x.log': 'x',
      'deep/down/x.txt': 'x',
      'build/left.txt': 'x',
      'build/kept.txt': 'x',
    });
    expect(build.buildSpec).toMatchObject({
      runtime: 'container',
      container: { dockerfile: 'Dockerfile' },
      port: 8123,
    });

    const app = await bench.startApp(build);
    expect(app).toMatchObject({ port: 8123, path: '/', upstreamHost: expect.stringContaining('8123') });
    const first = await bench.get(build, app, '/');
    expect(first.body).toBe('<h1>Hello</h1><pre>first\nstarted by two words 8123\n/app/site 1000</pre>');
    const { image, labels, limits } = await build.sandbox.info();
    expect(image).toMatchObject({ workdir: '/app/site', ports: [8123] });
    expect(labels).toMatchObject({ build: build.buildId, 'built-from': 'Dockerfile' });
    expect(limits.memoryBytes.enforced).toBe(LIMITS.memoryBytes);
    const files = await build.sandbox.exec('cat listed.txt; find . -name "x.*" -o -path "./build/*"', {
      cwd: '/app/site',
    });
    expect(files.stdout.trim().split('\n').sort()).toEqual(
      [
        '.dockerignore',
        './build/kept.txt',
        './deep/down/x.txt',
        'Dockerfile',
        'build',
        'deep',
        "it's.js",
        'notes.txt',
      ].sort(),
    );
    const log = await logOf(build);
    expect(log).toContain('RUN ls -A');
    expect(await contextOf(build)).toBeNull();

    await bench.get(build, app, '/add');
    expect((await bench.get(build, app, '/')).body).toContain('added');
    const { ref, buildId, projectId, buildSpec } = build;
    const again = await bench
      .activities()
      .resetApp({ ...ref, buildId, projectId, buildSpec, port: app.port });
    expect(again.port).toBe(8123);
    expect((await bench.get(build, again, '/')).body).toBe(first.body);

    // Somebody else's worker may do the same step again: nothing is made twice.
    const added = await build.sandbox.exec('echo mark > /app/site/mark');
    expect(added.exitCode).toBe(0);
    await bench.activities().installApp({ ...ref, buildId, buildSpec });
    expect((await build.sandbox.exec('cat /app/site/mark')).stdout).toBe('mark\n');

    await bench.activities().destroySandbox(ref);
    expect(await bench.provider.get(ref.sandboxId)).toBeUndefined();
  });

  test('without a port, or a folder, gets a port to use; its steps reach the registries and nothing else', async () => {
    const get = (url: string) => `curl -sS -m 20 -o /dev/null -w "%{http_code}\\n" ${url}`;
    const build = await detected(
      {
        Dockerfile: dockerfile(
          `RUN ${get('https://registry.npmjs.org/is-odd')} && ! ${get('https://example.org/')}`,
          'COPY server.js /app/',
          'CMD exec node /app/server.js --port-by-variable',
        ),
        'server.js': SERVER.replaceAll('process.argv[3] || ', ''),
      },
      { env: { GREETING: 'Given', NOTES: '/tmp/notes' } },
    );
    expect(build.buildSpec.port).toBeNull();
    const app = await bench.startApp(build);
    expect(app.port).toBe(3000);
    expect((await bench.get(build, app, '/')).body).toBe(
      '<h1>Given</h1><pre>started by --port-by-variable\n/ 1000</pre>',
    );
    expect(await logOf(build)).toMatch(/\n200\n/);
  });

  test('says in the failure of its build which step failed, and leaves nothing', async () => {
    const build = await detected({ Dockerfile: dockerfile('RUN echo what is wrong && exit 9', 'CMD true') });
    const { ref, buildId, buildSpec } = build;
    await expect(bench.activities().installApp({ ...ref, buildId, buildSpec })).rejects.toMatchObject({
      code: 'image_build_failed',
      retryable: false,
      message: expect.stringMatching(/what is wrong[\s\S]*returned a non-zero code: 9/),
    });
    expect(await logOf(build)).toContain('what is wrong');
    await bench.activities().destroySandbox(ref);
    expect(await contextOf(build)).toBeNull();
    expect((await bench.provider.list()).map(({ id }) => id)).not.toContain(ref.sandboxId);
  });

  test('has no way out in its steps when the operator says none', async () => {
    const build = await detected({
      Dockerfile: dockerfile('RUN curl -sS -m 5 https://registry.npmjs.org/is-odd', 'CMD true'),
    });
    const { ref, buildId, buildSpec } = build;
    const activities = bench.activities({}, [], { dockerfileHosts: ['none'] });
    await expect(activities.installApp({ ...ref, buildId, buildSpec })).rejects.toMatchObject({
      code: 'image_build_failed',
    });
  });

  test.each<[string, string[], Files, string]>([
    [
      'writes where nothing may be written',
      ['CMD ["sh", "-c", "echo x > /usr/x"]'],
      {},
      'place_not_writable',
    ],
    ['says no command', ['CMD []'], {}, 'image_without_command'],
    ['ends', ['CMD ["sh", "-c", "echo good bye; exit 3"]'], {}, 'app_exited'],
    ['has a command that is not there', ['CMD ["/app/nothing"]'], {}, 'app_exited'],
  ])('is refused when it %s', async (_what, steps, files, code) => {
    const build = await detected({ Dockerfile: dockerfile(...steps), ...files });
    await expect(bench.startApp(build)).rejects.toMatchObject({ code });
  });

  test('goes on where a worker died: after the context was stored, and after the source’s sandbox was gone', async () => {
    const build = await detected({
      Dockerfile: dockerfile(
        'COPY server.js /app/',
        'ENV GREETING=Hi',
        'ENV NOTES=/tmp/notes',
        'CMD ["node", "/app/server.js"]',
      ),
      'server.js': SERVER.replaceAll('process.argv[3] || ', ''),
    });
    const { ref, buildId, buildSpec } = build;
    const dying = bench.activities();
    const create = bench.provider.create.bind(bench.provider);
    const killed = jest.spyOn(bench.provider, 'create').mockRejectedValueOnce(new Error('killed here'));
    await expect(dying.installApp({ ...ref, buildId, buildSpec })).rejects.toThrow('killed here');
    killed.mockImplementation(create);
    expect(await contextOf(build)).not.toBeNull();
    expect(await bench.provider.get(ref.sandboxId)).toBeUndefined();
    const app = await bench.startApp(build, {});
    expect((await bench.get(build, app, '/')).body).toContain('<h1>Hi</h1>');
    expect(await contextOf(build)).toBeNull();
  });

  test('that takes too long is stopped, and said so', async () => {
    const build = await detected({ Dockerfile: dockerfile('RUN sleep 60', 'CMD true') });
    const { ref, buildId, buildSpec } = build;
    await expect(
      bench.activities({ installMs: 1500 }).installApp({ ...ref, buildId, buildSpec }),
    ).rejects.toMatchObject({ code: 'image_build_timeout' });
  });

  test('is lost when neither its sandbox nor its context is there', async () => {
    const build = await detected({ Dockerfile: dockerfile('CMD true') });
    const { ref, buildId, buildSpec } = build;
    await bench.provider.destroy(ref.sandboxId);
    await expect(bench.activities().installApp({ ...ref, buildId, buildSpec })).rejects.toMatchObject({
      code: 'sandbox_lost',
    });
  });
}

test('with a provider that builds none it is answered with the command to give', async () => {
  const local = await SandboxTestBench.start();
  try {
    const folder = await mkdtemp(join(tmpdir(), 'dockerfile-local-'));
    await writeFile(join(folder, 'Dockerfile'), 'FROM php\nEXPOSE 8080\nCMD ["php", "-S", "0.0.0.0:8080"]');
    const { ref, buildId, projectId } = await local.create(LIMITS);
    const source = await local.uploadFolder(folder, buildId);
    await local.activities().fetchSource({ ...ref, projectId, source });
    await expect(local.activities().detectBuild({ ...ref, buildId, overrides: {} })).rejects.toMatchObject({
      code: 'dockerfile_unsupported',
      remedy: expect.stringContaining('--start "php -S 0.0.0.0:8080" --port 8080'),
    });
    await rm(folder, { recursive: true });
  } finally {
    await local.stop();
  }
}, 60_000);
