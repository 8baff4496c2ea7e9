import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import { listingOf } from '../listing';

const RUNTIMES = { node: '20.20.2', python: '3.11.2', go: null, systems: true, shared: true };
const COMPOSE = `services:
  web:
    build: ./site
    env_file: [.env.dev, { path: ../outside.env }, /etc/passwd]
    environment: { NOTES_DIR: /var/notes/shelf, CACHE: "sqlite:////var/cache/a.db", ELSEWHERE: /var/notesbook }
    volumes: ["./shelf:/var/notes", "cache:/var/cache"]
  db:
    image: postgres:16
    env_file: .env.dev.db
`;
const FILES = {
  'compose.yaml': COMPOSE,
  '.env.dev-sample': 'SECRET_OF_THE_SAMPLE=1',
  '.env.dev.db': 'POSTGRES_USER=shop_of_the_source',
  'site/app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  'site/requirements.txt': 'Flask==3.0.0\npsycopg2-binary\n',
};

describe('what a compose file gives an app', () => {
  test.each([undefined, 'site'])('files of variables are named, never read; subdir %s', async (subdir) => {
    const read: string[] = [];
    const listing = listingOf(FILES);
    const plan = await detect(
      { ...listing, read: (path) => (read.push(path), listing.read(path)) },
      { runtimes: RUNTIMES, subdir },
    );
    expect(plan).toMatchObject({
      dir: 'site',
      environmentFiles: ['.env.dev-sample'],
      services: [{ kind: 'postgresql', environmentFiles: ['.env.dev-sample', '.env.dev.db'] }],
    });
    expect(read.filter((path) => path.startsWith('.env.dev'))).toEqual([]);
    expect(JSON.stringify(plan)).not.toMatch(/SECRET_OF|shop_of|passwd|outside/);
  });

  test('places of mounted folders lead to folders of the sandbox', async () => {
    const plan = await detect(listingOf(FILES), { runtimes: RUNTIMES });
    expect(plan.env).toMatchObject({
      NOTES_DIR: '/app/shelf/shelf',
      CACHE: 'sqlite:////tmp/mounted/web-var-cache/a.db',
      ELSEWHERE: '/var/notesbook',
    });
    expect(plan.setup[0]).toBe('mkdir -p /app/shelf /tmp/mounted/web-var-cache');
  });
});
