import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { ApiClient } from '@showrunner/api-client';
import { createAgent, deleteAgent, listAgents, runAgent } from './agent.commands';

const asked: { line: string; body: unknown }[] = [];
let printed = '';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'showrunner-agents-'));
  await writeFile(path.join(folder, 'greet.py'), 'print(1)');
  await writeFile(path.join(folder, 'words.txt'), 'hi');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  asked.length = 0;
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
});
afterEach(() => void jest.restoreAllMocks());

const api = (answer: object | null) =>
  new ApiClient({
    ...{ baseUrl: 'http://127.0.0.1:4400/api', apiKey: 'sk_x' },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const text = await request.text();
      const line = `${request.method} ${new URL(request.url).pathname}`;
      asked.push({ line, body: text === '' ? undefined : JSON.parse(text) });
      return answer === null ? new Response(null, { status: 204 }) : Response.json(answer);
    },
  });
const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'none',
    (error: { code: string; remedy: string }) => `${error.code}: ${error.remedy}`,
  );

it('stores a file with what lies beside it, and says the id', async () => {
  const file = path.join(folder, 'greet.py');
  const options = { file: [path.join(folder, 'words.txt')], needs: ['WHOM'] };
  expect(await createAgent(api({ id: 'a1' }), file, options)).toBe(0);
  expect(printed).toBe('a1\n');
  const body = { name: 'greet.py', language: 'python', code: 'print(1)' };
  expect(asked).toEqual([
    { line: 'POST /api/agents', body: { ...body, files: { 'words.txt': 'hi' }, envNames: ['WHOM'] } },
  ]);
});

it('refuses a file that is not there, a language that nobody knows and a time that is none', async () => {
  const none = { file: [], needs: [] };
  const words = path.join(folder, 'words.txt');
  expect(await refusal(createAgent(api({}), path.join(folder, 'no.py'), none))).toMatch(/^source_missing: /);
  expect(await refusal(createAgent(api({}), words, none))).toMatch(/^invalid_input: .*--language/);
  for (const timeout of ['soon', '0', '-1', '241'])
    expect(await refusal(runAgent(api({}), 'a1', [], { env: [], timeout }))).toMatch(/^invalid_input: /);
  expect(await refusal(runAgent(api({}), 'a1', [], { env: ['WHOM'] }))).toMatch(/^bad_env: /);
  expect(asked).toEqual([]);
});

it('runs one, prints what it prints and ends as it ends', async () => {
  const answer = { success: false, exit_code: 3, output: 'hello you\n' };
  expect(await runAgent(api(answer), 'a1', ['x'], { env: ['WHOM=you'], timeout: '1.5' })).toBe(3);
  expect(printed).toBe('hello you\n');
  const body = { environment: { WHOM: 'you' }, args: ['x'], internet: false, timeoutMs: 1500 };
  expect(asked).toEqual([{ line: 'POST /api/agents/a1/run', body }]);
});

it('lists and deletes them', async () => {
  const row = { id: 'a1', name: 'greet', language: 'python', envNames: ['WHOM'], updatedAt: 'today' };
  expect(await listAgents(api({ data: [row], nextCursor: null }), {})).toBe(0);
  expect(printed).toContain('a1  python     today  greet WHOM=…');
  expect(await listAgents(api({ data: [], nextCursor: null }), {})).toBe(0);
  expect(printed).toContain('No agents yet');
  expect(await deleteAgent(api(null), 'a1')).toBe(0);
  expect(asked.at(-1)?.line).toBe('DELETE /api/agents/a1');
});
