import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Build } from '@showrunner/contracts';
import { ApiClient } from '@showrunner/api-client';
import { detect } from './detect.command';
import { Interrupts } from './interrupts';

const PLAN = { framework: 'vite', frameworkVersion: null, dir: '', others: [], setup: [], reasons: [] };
const options = { env: [] };
const out: string[] = [];
let server: Server;
let api: ApiClient;
let requests: string[];
/** What the build is when it is looked at; the last stays. */
let looks: Partial<Build>[];

beforeEach(async () => {
  requests = [];
  out.length = 0;
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const route = `${request.method} ${(request.url ?? '').replace('/api', '')}`;
      const body = Buffer.concat(chunks).toString();
      requests.push(route === 'POST /projects/p1/detect' ? `${route} ${body}` : route);
      const answer = (status: number, value: unknown): void =>
        void response
          .writeHead(status, { 'content-type': 'application/json' })
          .end(value === null ? undefined : JSON.stringify(value));
      if (route === 'POST /projects') answer(201, { id: 'p1' });
      else if (route.endsWith('/detect')) answer(202, { id: 'b1', state: 'queued', plan: null });
      else if (route === 'GET /builds/b1')
        answer(200, { id: 'b1', ...(looks.length > 1 ? looks.shift() : looks[0]) });
      else answer(204, null);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  api = new ApiClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    apiKey: 'sk_test',
    patienceMs: 500,
  });
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const run = (more: object = {}): Promise<number> =>
  detect(
    () => Promise.resolve(api),
    'https://example.test/a.git',
    { ...options, ...more },
    new Interrupts(() => undefined),
  );

test('waits for the plan, prints it, and leaves no project', async () => {
  looks = [
    { state: 'building', plan: null },
    { state: 'detected', plan: PLAN as never },
  ];
  expect(await run({ json: true, port: '4000' })).toBe(0);
  expect(JSON.parse(out.join(''))).toEqual(PLAN);
  expect(requests).toEqual([
    'POST /projects',
    'POST /projects/p1/detect {"overrides":{"port":4000}}',
    'GET /builds/b1',
    'GET /builds/b1',
    'DELETE /projects/p1',
  ]);
});

test('says why there is no plan, and leaves no project', async () => {
  const failure = {
    code: 'nothing_to_run',
    message: 'There is nothing to run.',
    remedy: 'Try --start.',
    stage: 'detect',
  };
  looks = [{ state: 'failed', plan: null, failure, message: failure.message }];
  await expect(run()).rejects.toMatchObject({ code: 'nothing_to_run', remedy: 'Try --start.' });
  expect(requests.at(-1)).toBe('DELETE /projects/p1');
});

test('refuses wrong options before anything is asked', async () => {
  await expect(run({ port: 'x' })).rejects.toMatchObject({ code: 'bad_port' });
  await expect(run({ subdir: '../x' })).rejects.toMatchObject({ code: 'bad_subdir' });
  await expect(run({ provider: 'moon' })).rejects.toMatchObject({ code: 'unknown_provider' });
  expect(requests).toEqual([]);
});
