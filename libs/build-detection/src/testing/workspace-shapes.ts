import { expect } from '@jest/globals';
import { TOOLS, VITE, at, manifest, type Shape } from './shape';

const NEXT = { scripts: { dev: 'next dev' }, dependencies: { next: '15.0.0' } };

/** Sources that hold several packages: which one is the app, and what it needs of the others. */
export const WORKSPACE_SHAPES: Shape[] = [
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
    buildSpec: {
      dir: 'apps/web',
      install: `${TOOLS} pnpm@10.20.0 && cd /app && pnpm install --no-frozen-lockfile`,
      others: ['apps/docs'],
      setup: ['cd /app/packages/ui && pnpm run build'],
      start: 'npm run dev',
    },
    told: { folder: /"web" is what people call a front end.*Others: apps\/docs/, setup: /packages\/ui/ },
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
    buildSpec: { dir: 'apps/admin', install: 'cd /app && npm ci' },
  },
  {
    name: 'front end and API in two folders',
    files: {
      ...at('client', manifest(VITE)),
      ...at('server', manifest({ scripts: { start: 'node server.js' }, dependencies: { express: '4' } })),
    },
    buildSpec: { dir: 'client', framework: 'vite' },
  },
  {
    name: 'one app in a sub-folder',
    files: { 'README.md': '# x', ...at('app', manifest(VITE)) },
    buildSpec: { dir: 'app' },
  },
  {
    name: 'a yarn workspace with a glob of braces',
    files: {
      ...manifest({ workspaces: { packages: ['{apps,packages}/*', '!apps/old'] } }),
      'yarn.lock': '# yarn lockfile v1',
      ...at('apps/old', manifest(NEXT)),
      ...at('apps/shop', manifest(NEXT)),
      ...at('packages/ui', manifest({ name: 'ui' })),
    },
    buildSpec: {
      dir: 'apps/shop',
      framework: 'next',
      frameworkVersion: '15.0.0',
      packageManager: 'yarn',
      others: [],
    },
  },
  {
    name: 'a lerna repository',
    files: {
      ...manifest({ devDependencies: { lerna: '8' } }),
      'lerna.json': '{"packages": ["modules/**"]}',
      ...at('modules/deep/app', manifest(VITE)),
    },
    buildSpec: { dir: 'modules/deep/app', install: 'cd /app && npm install --no-package-lock' },
  },
  {
    name: 'an app at the root that uses packages of its own',
    files: {
      ...manifest({ ...NEXT, workspaces: ['packages/*'] }),
      ...at('packages/docs', manifest(VITE)),
    },
    buildSpec: { dir: '', framework: 'next' },
  },
  {
    name: 'a root that only hands over to its workspace',
    files: {
      ...manifest({
        scripts: { dev: 'turbo run dev' },
        devDependencies: { turbo: '2', vite: '6' },
        workspaces: ['packages/*'],
      }),
      ...at('packages/site', manifest(VITE)),
    },
    buildSpec: { dir: 'packages/site' },
  },
  {
    name: 'a documentation site beside the app',
    files: {
      ...manifest({ workspaces: ['*'] }),
      ...at(
        'docs',
        manifest({ scripts: { start: 'docusaurus start' }, dependencies: { '@docusaurus/core': '3' } }),
      ),
      ...at('editor', manifest(VITE)),
    },
    buildSpec: { dir: 'editor', others: ['docs'] },
    told: { folder: /because it uses vite/ },
  },
  {
    name: 'a package whose entry is its source needs no build',
    files: {
      ...manifest({ workspaces: ['*'] }),
      ...at('web', manifest({ ...VITE, dependencies: { lib: '*' } })),
      ...at('lib', manifest({ name: 'lib', main: './index.ts', scripts: { build: 'tsc' } })),
    },
    buildSpec: { dir: 'web', setup: [] },
  },
  {
    name: 'packages that import each other in a circle',
    files: {
      ...manifest({ workspaces: ['*'] }),
      ...at('web', manifest({ ...VITE, name: 'web', dependencies: { a: '*' } })),
      ...at('a', manifest({ name: 'a', scripts: { build: 'tsc' }, dependencies: { b: '*' } })),
      ...at('b', manifest({ name: 'b', scripts: { build: 'tsc' }, dependencies: { a: '*' } })),
    },
    buildSpec: { setup: ['cd /app/b && npm run build', 'cd /app/a && npm run build'] },
  },
  {
    name: 'a folder that a shell would misread',
    files: {
      ...manifest({ workspaces: ['apps/*'] }),
      ...at('apps/web', manifest({ ...VITE, dependencies: { x: '*' } })),
      ...at("apps/a';touch x;'", manifest({ name: 'x', scripts: { build: 'tsc' } })),
    },
    buildSpec: { setup: ["cd '/app/apps/a'\\'';touch x;'\\''' && npm run build"] },
  },
  {
    name: 'a back end in Python and a front end',
    files: {
      ...at('backend', { 'requirements.txt': 'fastapi', 'main.py': 'app = FastAPI()' }),
      ...at('frontend', manifest(VITE)),
    },
    buildSpec: {
      dir: 'frontend',
      others: ['backend'],
      processes: [
        expect.objectContaining({
          name: 'backend',
          dir: 'backend',
          port: 8000,
          env: expect.objectContaining({ PORT: '8000' }),
        }),
      ] as never,
    },
    told: {
      folder: /only one with the name of a front end.*Others: backend/,
      start:
        /backend \(fastapi\) is started before it as "backend".*name is that of a back end; port 8000 is expected/,
    },
  },
  {
    name: 'a Django site in a folder of its own',
    files: { 'README.md': '', ...at('mysite', { 'manage.py': '', 'requirements.txt': 'django' }) },
    buildSpec: { framework: 'django', start: expect.stringContaining('manage.py runserver') as never },
  },
  {
    name: 'an app that leaves its tools to the root of the workspace',
    files: {
      ...manifest({ workspaces: ['shop', 'examples/*'], devDependencies: { vite: '5.0.1' } }),
      ...at('shop', manifest({ scripts: { start: 'yarn && vite --port 3001' } })),
      ...at('examples/a', manifest(NEXT)),
    },
    buildSpec: {
      dir: 'shop',
      framework: 'vite',
      frameworkVersion: null,
      port: 3001,
      start: 'PATH="$PWD/node_modules/.bin:$PATH"; vite --port 3001',
    },
    told: { framework: /root of the workspace brings/ },
  },
  {
    name: 'an app before its playground and its documentation',
    files: {
      ...manifest({ scripts: { dev: 'turbo-run dev' } }),
      'pnpm-workspace.yaml': 'packages:\n  - apps/*\n  - docs\n  - playground\ncatalog:\n  vite: ^6\n',
      ...at('apps/web-one', manifest({ scripts: { dev: 'pnpm vite --mode development' } })),
      ...at('playground', manifest({ ...VITE, devDependencies: { vite: 'catalog:' } })),
      ...at(
        'docs',
        manifest({ scripts: { dev: 'vitepress dev' }, devDependencies: { vitepress: 'catalog:' } }),
      ),
    },
    buildSpec: { dir: 'apps/web-one', others: ['playground', 'docs'] },
    told: { folder: /its name says so/ },
  },
  {
    name: 'a script that builds its workspace first is no install',
    files: manifest({
      scripts: { dev: 'yarn build:workspace && next dev -p 3005' },
      dependencies: { next: '14' },
    }),
    buildSpec: { start: 'npm run dev', port: 3005 },
  },
  {
    name: 'a server in Go with a front end of its own',
    files: {
      'go.mod': 'module x',
      'main.go': 'package main\nimport "net/http"\nfunc init() { flags.Int("port", 8082, "port") }',
      ...at('web', manifest(VITE)),
    },
    options: { runtimes: { node: '20.19.0', python: '3.11.0', go: '1.22.2' } },
    buildSpec: { dir: '', framework: 'go', port: 8082, others: ['web'] },
    told: { unmet: /web is a front end of its own/ },
  },
];
