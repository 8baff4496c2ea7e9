import { describe, expect, test } from '@jest/globals';
import type { BuildSpec } from '@showrunner/contracts';
import { detect } from '../detect';
import { listingOf } from '../listing';
import { VITE, at, json, manifest, type Files } from '../testing/shape';

const detected = (files: Files): Promise<BuildSpec> => detect(listingOf(files));
const said = ({ reasons }: BuildSpec, what: string): string =>
  reasons
    .filter((one) => one.what === what)
    .map(({ because }) => because)
    .join(' ');
const EXPRESS = { scripts: { start: 'node index.js' }, dependencies: { express: '^4.0.0' } };

describe('what runs beside the app', () => {
  test('services of a compose file that are built from the source, with ports and variables as they have to be in one sandbox', async () => {
    const found = await detected({
      'docker-compose.yml': `x-common: &common
  restart: always
services:
  web:
    <<: *common
    build: ./front
    ports: ["8080:5173"]
    environment: { VITE_API: "http://localhost:4000", INNER: "http://api:3000/v1" }
  api:
    build: { context: ./back }
    ports: [{ published: 4000, target: 3000 }]
    environment: [PATH=/evil, "LD_PRELOAD=/app/x.so", "WEB_HOST=web", "SECRET=\${SECRET:-made}", "EMPTY="]
`,
      ...at('front', { ...manifest(VITE), 'index.html': '' }),
      ...at('back', { 'requirements.txt': 'fastapi', 'main.py': 'app = FastAPI()' }),
    });
    expect(found).toMatchObject({
      dir: 'front',
      env: { VITE_API: 'http://localhost:4000', INNER: 'http://127.0.0.1:4000/v1' },
      processes: [
        {
          name: 'api',
          dir: 'back',
          port: 4000,
          start: expect.stringContaining('uvicorn'),
          env: { PORT: '4000', WEB_HOST: '127.0.0.1', SECRET: 'made' },
        },
      ],
    });
    const [api] = found.processes ?? [];
    expect(api?.env['PATH']).toContain('/app/.venv/bin');
    expect(api?.env).not.toHaveProperty('LD_PRELOAD');
    expect(api?.env).not.toHaveProperty('EMPTY');
    expect(said(found, 'start')).toMatch(/docker-compose\.yml builds "api" from it; port 4000/);
  });

  test.each([
    '/etc',
    '../other',
    './a/../../b',
    'https://example.org/x.git',
    'git@example.org:x/y',
    '~/x',
    '${HOME}/x',
    'C:\\\\x',
  ])('a part that is built from %s is not the source', async (context) => {
    const found = await detected({
      ...manifest(VITE),
      'compose.yml': `services: { api: { build: { context: ${json(context)} } } }`,
      ...at('other', manifest(EXPRESS)),
    });
    expect(found.processes).toBeUndefined();
  });

  test('the compose file that needs no name is taken, and a port of root is replaced where the start is told its port', async () => {
    const found = await detected({
      'docker-compose.images.yml': 'services: { a: { image: x } }',
      'docker-compose.yml': 'services: { web: { build: . }, other: { build: other } }',
      'requirements.txt': 'flask',
      'app.py': 'app = Flask(__name__)\nif __name__ == "__main__":\n    app.run(host="0.0.0.0", port=80)\n',
      ...at('other', manifest(EXPRESS)),
    });
    expect(found).toMatchObject({ port: 8080, processes: [{ name: 'other' }] });
    expect(said(found, 'port')).toMatch(/Port 80 is for root only, so it is told 8080/);
  });

  test('what a compose file asks of the machine is told, and not followed', async () => {
    const found = await detected({
      ...manifest(VITE),
      'compose.yml': `services:
  a: { image: x, privileged: true, network_mode: host, pid: host, cap_add: [SYS_ADMIN], devices: ["/dev/kvm"] }
  b: { image: y, volumes: ["/var/run/docker.sock:/var/run/docker.sock"] }
  c: { image: z, volumes: [{ type: bind, source: ../.., target: /x }, "data:/data"] }
  d: { image: z, volumes: ["data:/data", "./site:/usr/share"] }
`,
    });
    expect(said(found, 'ignored')).toMatch(
      /privileged, network_mode: host, pid: host, devices, cap_add \(a\); volumes of the host \(b\); volumes of the host \(c\)\./,
    );
    expect(json(found)).not.toMatch(/docker\.sock|SYS_ADMIN|kvm/);
  });

  test('a page beside a server that has none of its own is the app, and the server runs beside it', async () => {
    const found = await detected({
      'requirements.txt': 'flask',
      'app.py': 'app = Flask(__name__)',
      ...at('frontend', { ...manifest(VITE), 'index.html': '' }),
    });
    expect(found).toMatchObject({ dir: 'frontend', processes: [{ name: 'server', dir: '', port: 5000 }] });
    const withPages = await detected({
      'requirements.txt': 'flask',
      'app.py': 'app = Flask(__name__)',
      'templates/home.html': '',
      ...at('frontend', { ...manifest(VITE), 'index.html': '' }),
    });
    expect(withPages).toMatchObject({ dir: '', framework: 'flask' });
  });

  test('a start that goes into folders has them installed, and gives no port of ours to all of them', async () => {
    const found = await detected({
      ...manifest({
        scripts: {
          dev: 'concurrently "npm:dev:*"',
          'dev:api': 'cd server && npm start',
          'dev:page': 'npm --prefix client start',
        },
        devDependencies: { concurrently: '^9' },
      }),
      ...at('server', manifest(EXPRESS)),
      ...at('client', manifest(VITE)),
      ...at('elsewhere', manifest(EXPRESS)),
    });
    expect(found.start).toBe('unset PORT; npm run dev');
    expect(found.processes?.map(({ dir, start, install }) => [dir, start, install?.includes('npm')])).toEqual(
      [
        ['server', null, true],
        ['client', null, true],
      ],
    );
    const installed = await detected({
      ...manifest({
        scripts: { dev: 'npm --prefix client start', postinstall: 'npm --prefix client install' },
      }),
      ...at('client', manifest(VITE)),
    });
    expect(installed.processes).toBeUndefined();
  });

  test('a back end of a workspace, and the other processes of a Procfile', async () => {
    const found = await detected({
      ...manifest({ workspaces: ['apps/*'] }),
      ...at('apps/web', manifest(VITE)),
      ...at('apps/api', manifest(EXPRESS)),
    });
    expect(found).toMatchObject({
      dir: 'apps/web',
      processes: [{ name: 'api', dir: 'apps/api', install: null, start: 'npm run start' }],
    });
    expect(found.processes?.[0]?.env).not.toHaveProperty('PORT');
    const procfile = await detected({
      ...manifest(EXPRESS),
      Procfile: 'web: npm start\nrelease: npm run migrate\nWorker: node w.js\n: x\nbad name: y\n',
    });
    expect(procfile.processes).toMatchObject([{ name: 'worker', start: 'node w.js', port: null }]);
  });

  test('no content of scripts, compose files or Procfiles takes long', async () => {
    const started = performance.now();
    for (const text of [
      'npm '.repeat(2000),
      '& '.repeat(4000),
      'cd a '.repeat(2000),
      '//'.repeat(4000),
      'run-p '.repeat(1500),
    ])
      await detected({
        ...manifest({ scripts: { dev: `vite ${text}` }, devDependencies: { vite: '6' } }),
        Procfile: `a: ${text}`,
        'compose.yml': `services: { a: { build: b, environment: { X: ${json(text)} }, ports: [${json(text)}] } }`,
        ...at('b', manifest(EXPRESS)),
      });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
