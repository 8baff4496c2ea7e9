import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { storageKeys, type BuildSpec, type Source } from '@showrunner/contracts';
import { SandboxTestBench, type BenchBuild } from './sandbox-test-bench';

let bench: SandboxTestBench;
beforeAll(async () => {
  bench = await SandboxTestBench.start();
}, 90_000);
afterAll(() => bench.stop());
afterEach(async () => {
  for (const { key } of await bench.store.list('installs/')) await bench.store.delete(key);
});

type Files = Record<string, string>;
const LIST = String.raw`find . \( -path '*/node_modules*' -o -path '*/.venv*' -o -path './.showrunner*' \) ! -name __pycache__ ! -name '*.pyc' ! -path '*/node_modules/.cache*' \( -type l -printf '%y %p %l\n' -o -printf '%y %m %p\n' \) | LC_ALL=C sort`;
const EARLIER = 'Dependencies from an earlier install';
const manifest = (more: object = {}): string =>
  JSON.stringify({
    name: 'x',
    version: '1.0.0',
    scripts: { start: 'node server.js' },
    dependencies: { 'is-odd': '3.0.1' },
    ...more,
  });
/** As npm itself writes it, without the checksums' help: npm fetches by name and version from the registry. */
const ODD = {
  'is-odd': [
    '3.0.1',
    'sha512-CQpnWPrDwmP1+SMHXZhtLtJv90yiyVfluGsX5iNCVkrhQtU3TQHsUWPG9wkdk9Lgd5yNpAg9jQEo90CBaXgWMA==',
  ],
  'is-number': [
    '6.0.0',
    'sha512-Wu1VHeILBK8KAWJUAiSZQX94GmOE45Rg6/538fKwiloUu21KncEkYGPqob2oSZ5mUT73vLGrHQjKw3KMPwfDzg==',
  ],
} as const;
const packageLock = (more: object = {}): string =>
  JSON.stringify({
    name: 'x',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'x', version: '1.0.0', dependencies: { 'is-odd': '3.0.1' }, ...more },
      'node_modules/is-number': { version: ODD['is-number'][0], integrity: ODD['is-number'][1] },
      'node_modules/is-odd': {
        version: ODD['is-odd'][0],
        integrity: ODD['is-odd'][1],
        dependencies: { 'is-number': '^6.0.0' },
      },
    },
  });
const FLASK = 'from flask import Flask\napp = Flask(__name__)\n';
const NPM: Files = { 'package.json': manifest(), 'package-lock.json': packageLock(), 'server.js': '' };

interface Installed {
  build: BenchBuild & { buildSpec: BuildSpec };
  log: string;
  /** Kind, permissions, path and target or size of everything that the install made. */
  tree: string;
}

const UPLOAD: Source = { kind: 'archive', storageKey: 'x', fileName: 'x.tgz', bytes: 0, sha256: '' };
const repository = (url: string, branch?: string): Source => ({ kind: 'git', url, branch });
type Options = NonNullable<Parameters<SandboxTestBench['activities']>[2]>;

/** From files to an installed app in a sandbox of its own. */
async function install(
  files: Files,
  change: Partial<BuildSpec> = {},
  source: Source = UPLOAD,
  options: Options = {},
): Promise<Installed> {
  const build = await bench.create(undefined, source);
  for (const [path, text] of Object.entries(files)) await build.sandbox.writeFile(`/app/${path}`, text);
  const activities = bench.activities({}, [], options);
  const detected = await activities.detectBuild({ ...build.ref, buildId: build.buildId, overrides: {} });
  const buildSpec = { ...detected, setup: [], ...change };
  await activities.installApp({ ...build.ref, buildId: build.buildId, buildSpec });
  const listed = await build.sandbox.exec(LIST, { maxOutputBytes: 16 * 1024 ** 2 });
  const log = (await bench.store.read(storageKeys.buildLog(build.buildId))).toString();
  return { build: { ...build, buildSpec }, log, tree: listed.stdout };
}
const entries = async (): Promise<string[]> =>
  (await bench.store.list('installs/')).map(({ key }) => key).filter((key) => key.endsWith('entry.json'));
const packs = async (): Promise<string[]> =>
  (await bench.store.list('installs/')).map(({ key }) => key).filter((key) => key.includes('.tar.'));

describe('a second install', () => {
  test.each<[string, Files]>([
    ['npm', NPM],
    ['npm without a lock file', { 'package.json': manifest(), 'server.js': '' }],
    ['pnpm', { 'package.json': manifest({ packageManager: 'pnpm@10.20.0' }), 'server.js': '' }],
    ['yarn 1', { 'package.json': manifest(), 'yarn.lock': '# yarn lockfile v1\n', 'server.js': '' }],
    ['yarn 4', { 'package.json': manifest({ packageManager: 'yarn@4.9.4' }), 'server.js': '' }],
    [
      'pip',
      {
        'requirements.txt': 'itsdangerous==2.2.0\nflask==3.1.0\n',
        'app.py': FLASK,
      },
    ],
  ])(
    'of %s makes what the first made',
    async (_name, files) => {
      const cold = await install(files);
      expect(cold.log).toContain('Kept for next time');
      const warm = await install(files);
      expect(warm.log).toContain(EARLIER);
      expect(warm.tree).toBe(cold.tree);
      expect(cold.tree.split('\n').length).toBeGreaterThan(5);
      for (const { build } of [cold, warm]) await bench.provider.destroy(build.ref.sandboxId);
    },
    180_000,
  );

  test.each<[string, object, Files]>([
    ['npm', {}, { 'package-lock.json': packageLock({ hasInstallScript: true }) }],
    ['pnpm', { packageManager: 'pnpm@10.20.0' }, {}],
    ['yarn 1', {}, { 'yarn.lock': '# yarn lockfile v1\n' }],
    ['yarn 4', { packageManager: 'yarn@4.9.4' }, {}],
  ])(
    "by %s runs the project's own scripts again",
    async (_name, fields, others) => {
      const scripts = { start: 'node server.js', postinstall: 'date +%N > stamp' };
      const files = { 'package.json': manifest({ ...fields, scripts }), 'server.js': '', ...others };
      const cold = await install(files);
      expect(cold.log).toContain('for this source alone');
      const warm = await install(files);
      expect(warm.log).toContain(EARLIER);
      expect(warm.log).not.toContain('installing anew');
      expect((await warm.build.sandbox.readFile('/app/stamp')).toString()).toMatch(/^\d+\n$/);
    },
    120_000,
  );
});

describe('what one project installs does not change what another gets', () => {
  const SCRIPTED = {
    'package.json': manifest({ scripts: { start: 'node server.js', postinstall: 'node plant.js' } }),
    'package-lock.json': packageLock({ hasInstallScript: true }),
    'server.js': '',
  };
  const PLANTING = {
    ...SCRIPTED,
    'plant.js': "require('node:fs').writeFileSync('node_modules/is-odd/index.js', 'planted')",
  };
  const HARMLESS = { ...SCRIPTED, 'plant.js': '' };

  test.each<[string, Source, Source]>([
    ['of two uploads', UPLOAD, UPLOAD],
    [
      'of two repositories',
      repository('https://example.org/evil.git'),
      repository('https://example.org/a.git'),
    ],
    [
      'of two branches',
      repository('https://example.org/a.git', 'evil'),
      repository('https://example.org/a.git'),
    ],
    ['of a repository and an upload', repository('https://example.org/a.git'), UPLOAD],
  ])(
    'by a script that plants something, %s with the same manifests',
    async (_which, its, ours) => {
      const evil = await install(PLANTING, {}, its);
      const planted = '/app/node_modules/is-odd/index.js';
      expect((await evil.build.sandbox.readFile(planted)).toString()).toBe('planted');
      expect(evil.log).toContain('Kept for next time');
      const victim = await install(HARMLESS, {}, ours);
      expect(victim.log).not.toContain(EARLIER);
      expect((await victim.build.sandbox.readFile(planted)).toString()).not.toBe('planted');
    },
    120_000,
  );

  test('by a file that Python loads in place of its own module', async () => {
    const files = { 'requirements.txt': 'itsdangerous==2.2.0\n', 'app.py': FLASK };
    const planting =
      "import os, sys\nsys.path.pop(0)\ndel sys.modules['logging']\nimport logging\nos.makedirs('/app/.venv/planted', exist_ok=True)\n";
    const evil = await install({ ...files, 'logging.py': planting });
    expect(evil.tree).toContain('planted');
    expect(evil.log).toContain('for this source alone');
    const victim = await install(files);
    expect(victim.log).not.toContain(EARLIER);
    expect(victim.tree).not.toContain('planted');
  }, 180_000);

  test('by an install whose lock file turned out not to match', async () => {
    // Without an entry for a package of the tree: found out by npm alone.
    const lock = JSON.parse(packageLock()) as { packages: Record<string, unknown> };
    delete lock.packages['node_modules/is-number'];
    const cold = await install({ ...NPM, 'package-lock.json': JSON.stringify(lock) });
    expect(cold.log).toContain('another command than planned');
    expect(await entries()).toEqual([]);
  }, 60_000);

  test('with folders of its own where an install puts its results', async () => {
    const evil = await install({ ...NPM, 'node_modules/is-odd/planted.js': 'planted' });
    expect(evil.log).toContain('brings node_modules of its own');
    expect(await entries()).toEqual([]);
  }, 60_000);

  test('by a second try in a sandbox that project code may have changed: nothing is kept of it', async () => {
    await install(NPM, {}, UPLOAD, { attempt: () => 2 });
    expect(await entries()).toEqual([]);
  }, 60_000);

  test('by what it is: plain installs with a lock file are shared between sources', async () => {
    await install(NPM, {}, repository('https://example.org/a.git'));
    const other = await install({ ...NPM, 'server.js': '// another app' }, {}, UPLOAD);
    expect(other.log).toContain(EARLIER);
  }, 60_000);
});

describe('where the warm way does not lead on, the cold one is taken', () => {
  test.each<[string, (path: string) => Promise<unknown>]>([
    ['a pack that is cut off', (path) => truncate(path, 2000)],
    ['an empty pack', (path) => truncate(path, 0)],
    ['a pack that is gone', (path) => bench.store.delete(path.slice(path.indexOf('installs/')))],
  ])(
    '%s',
    async (_what, spoil) => {
      const cold = await install(NPM);
      const [pack = ''] = await packs();
      await spoil(join(bench.objects, pack));
      const again = await install(NPM);
      expect(again.log).not.toContain(EARLIER);
      expect(again.log).toContain('Kept for next time');
      expect(again.tree).toBe(cold.tree);
      expect((await packs()).includes(pack)).toBe(false);
      expect((await install(NPM)).log).toContain(EARLIER);
    },
    120_000,
  );

  test('a top-up that fails', async () => {
    const once =
      "const fs = require('node:fs'); const at = 'node_modules/.once'; if (fs.existsSync(at)) process.exit(1); fs.writeFileSync(at, '');";
    const files = {
      'package.json': manifest({ scripts: { start: 'node server.js', postinstall: 'node once.js' } }),
      'package-lock.json': packageLock({ hasInstallScript: true }),
      'once.js': once,
      'server.js': '',
    };
    const cold = await install(files);
    expect(cold.log).toContain('Kept for next time');
    const again = await install(files);
    expect(again.log).toContain('installing anew');
    expect(again.tree).toBe(cold.tree);
  }, 120_000);

  test('an install that is too large', async () => {
    const large = 'npm ci && head -c 3000000 /dev/urandom > node_modules/large';
    const cold = await install(NPM, { install: large }, UPLOAD, { maxKeptInstallBytes: 1_000_000 });
    expect(cold.log).toContain('not kept for next time');
    expect(await packs()).toEqual([]);
    const left = await cold.build.sandbox.exec(['ls', '-A', '/home/app']);
    expect(left.stdout).not.toContain('install');
  }, 60_000);
});

test('where kept installs are off, none is kept and none is taken', async () => {
  await install(NPM);
  const off = await install(NPM, {}, UPLOAD, { installCache: 'off' });
  expect(off.log).not.toContain(EARLIER);
  for (const { key } of await bench.store.list('installs/')) await bench.store.delete(key);
  await install(NPM, {}, UPLOAD, { installCache: 'off' });
  expect(await entries()).toEqual([]);
}, 60_000);

test('an expired install is done anew', async () => {
  await install(NPM);
  const [key = ''] = await entries();
  const entry = JSON.parse((await bench.store.read(key)).toString()) as { usedAt: number };
  await bench.store.put(key, JSON.stringify({ ...entry, usedAt: entry.usedAt - 15 * 24 * 3_600_000 }));
  const again = await install(NPM);
  expect(again.log).not.toContain(EARLIER);
  expect(again.log).toContain('Kept for next time');
}, 60_000);

test('builds of the same key at once each succeed, and leave one entry', async () => {
  const all = await Promise.all([install(NPM), install(NPM), install(NPM)]);
  expect(new Set(all.map(({ tree }) => tree)).size).toBe(1);
  expect(await entries()).toHaveLength(1);
  expect((await install(NPM)).log).toContain(EARLIER);
}, 180_000);
