import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import { listingOf } from '../listing';
import { VITE, manifest, type Files } from '../testing/shape';

const RUNTIMES = { node: '20.20.2', python: '3.11.2', go: null, shared: true, systems: true };
const detected = (files: Files, can = true) =>
  detect(listingOf({ ...manifest(VITE), ...files }), {
    runtimes: { ...RUNTIMES, systems: can, shared: can },
  });
const COMPOSE = `services:
  db:
    image: postgres:16
    environment:
      - POSTGRES_USER=\${DB_USER:-shop}
      - POSTGRES_DB=orders
    ports: ["127.0.0.1:6543:5432"]
    volumes: ["/:/host", "./db:/docker-entrypoint-initdb.d"]
    privileged: true
  cache: { image: "redis:7-alpine" }
`;

describe('what an app needs beside it', () => {
  test('a compose file names databases, users and ports; nothing else of it is followed', async () => {
    const found = await detected({ 'compose.yaml': COMPOSE });
    expect(found.services).toEqual([
      { kind: 'postgresql', port: 6543, user: 'shop', database: 'orders' },
      { kind: 'redis', port: 6379, user: '', database: '' },
    ]);
    expect(found.system).toMatchObject({
      suite: 'trixie',
      packages: expect.arrayContaining(['postgresql', 'redis-server']),
    });
    // The host's Node is not on a Debian system: another of its line is fetched.
    expect(found.toolchain).toEqual({ name: 'node', version: '20.20.2', from: 'npm' });
    const { reasons, ...plan } = found;
    expect(JSON.stringify(plan)).not.toMatch(/\/host|privileged|initdb\.d/);
    expect(reasons).toContainEqual({
      what: 'ignored',
      because: expect.stringContaining('privileged, volumes of the host (db)'),
    });
    expect(found.reasons.map((one) => one.because).join(' ')).toMatch(
      /compose\.yaml names postgresql \(db\)/,
    );
  });

  test('what services of a compose file share by `<<` is theirs: one mapping or several, at the service and within its variables', async () => {
    const found = await detected({
      'compose.yaml': `x-names: &names { POSTGRES_USER: shop }
x-more: &more { POSTGRES_DB: orders, POSTGRES_USER: other }
x-base: &base { image: "postgres:16", restart: always }
services:
  db:
    <<: *base
    environment: { <<: [*names, *more] }
  app:
    <<: *base
    image: "redis:7"
`,
    });
    expect(found.services).toEqual([
      { kind: 'postgresql', port: 5432, user: 'shop', database: 'orders' },
      { kind: 'redis', port: 6379, user: '', database: '' },
    ]);
  });

  test.each<[string, string, object, Record<string, string>]>([
    [
      'a string',
      'DATABASE_URL=postgresql://me:pw@localhost:5432/shop?schema=public',
      { kind: 'postgresql', port: 5432, user: 'me', database: 'shop' },
      { DATABASE_URL: 'postgresql://me:pw@127.0.0.1:5432/shop?schema=public' },
    ],
    [
      'quoted, by a container',
      'DB="postgres://u@postgres/x"',
      { kind: 'postgresql', port: 5432, user: 'u', database: 'x' },
      { DB: 'postgres://u@127.0.0.1:5432/x' },
    ],
    [
      'of SQLAlchemy',
      'U=postgresql+asyncpg://a:b@localhost:5555/c',
      { kind: 'postgresql', port: 5555, user: 'a', database: 'c' },
      { U: 'postgresql+asyncpg://a:b@127.0.0.1:5555/c' },
    ],
    [
      'Redis',
      'REDIS_URL=redis://localhost:6380/2',
      { kind: 'redis', port: 6380, user: '', database: '' },
      { REDIS_URL: 'redis://127.0.0.1:6380/2' },
    ],
  ])('a connection string of .env.example: %s', async (_name, line, service, env) => {
    const found = await detected({ '.env.example': `# x\n${line}\n` });
    expect(found.services).toEqual([service]);
    expect(found.env).toMatchObject(env);
  });

  test('strings of other hosts, other databases, and names that are no names', async () => {
    const found = await detected({
      '.env.example': 'A=postgres://u@db.example.org/x\nB=mongodb://localhost/x\nC=https://localhost:5432\n',
      'docker-compose.yml': 'services: { m: { image: "mongo:7" } }',
    });
    expect(found.services).toBeUndefined();
    expect(found.reasons).toContainEqual({ what: 'unmet', because: expect.stringContaining('mongo:7') });
    const odd = await detected({
      'compose.yml':
        'services: { db: { image: postgres, environment: { POSTGRES_USER: "a; rm -rf /", POSTGRES_DB: "$(x)" } } }',
    });
    expect(odd.services).toEqual([
      { kind: 'postgresql', port: 5432, user: 'postgres', database: 'postgres' },
    ]);
  });

  test('where no Debian system can be had, it is told as before', async () => {
    const found = await detected({ 'compose.yaml': COMPOSE }, false);
    expect(found.services).toBeUndefined();
    expect(found.reasons.some(({ what }) => what === 'unmet')).toBe(true);
  });
});

test('what the .env of a source holds is neither read nor told: only its example is', async () => {
  const secret = 'sk_live_of_the_source';
  const found = await detect(
    listingOf({
      'package.json': '{ "scripts": { "start": "node index.js" }, "dependencies": { "express": "4" } }',
      '.env': `STRIPE_KEY=${secret}\nPOSTGRES_DB=${secret}\nDATABASE_URL=postgres://a:${secret}@db/${secret}\n`,
      '.env.example': 'POSTGRES_DB=shop\n',
      'compose.yml':
        'services: { db: { image: "postgres:17", environment: { POSTGRES_DB: "${POSTGRES_DB}" } } }',
    }),
    { runtimes: { node: '20.19.0', python: '3.11.0', go: null, systems: true, shared: true } },
  );
  expect(JSON.stringify(found)).not.toContain(secret);
  expect(found.services).toEqual([{ kind: 'postgresql', port: 5432, user: 'postgres', database: 'shop' }]);
});
