import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMALL, startSandboxPlatform } from '../testing/sandbox-platform';
import type { SandboxPlatform } from '../testing/sandbox-platform';

let platform: SandboxPlatform;
beforeAll(async () => {
  platform = await startSandboxPlatform();
}, 120_000);
afterAll(() => platform?.stop());

const create = async (json: object) => (await platform.call('/api/agents', { json })).json;
const run = (id: unknown, json: object = {}) =>
  platform.call(`/api/agents/${String(id)}/run`, { json: { limits: SMALL, ...json } });

describe('agents as records', () => {
  it('are stored, listed without their code, changed and deleted', async () => {
    const made = await platform.call('/api/agents', {
      json: {
        name: 'counter',
        code: 'print(1)',
        files: { 'lib/words.py': 'WORD = "hi"' },
        envNames: ['TOKEN'],
      },
    });
    expect(made.status).toBe(201);
    const { id, createdAt } = made.json;
    const summary = { id, name: 'counter', language: 'python', envNames: ['TOKEN'], createdAt };
    const whole = { ...summary, code: 'print(1)', files: { 'lib/words.py': 'WORD = "hi"' } };
    expect((await platform.call(`/api/agents/${String(id)}`)).json).toEqual({
      ...whole,
      updatedAt: expect.any(String),
    });
    const listed = (await platform.call('/api/agents')).json['data'] as object[];
    expect(listed).toEqual([{ ...summary, updatedAt: expect.any(String) }]);
    const changed = await platform.call(`/api/agents/${String(id)}`, {
      method: 'PATCH',
      json: { name: 'renamed', files: {} },
    });
    expect(changed.json).toMatchObject({ name: 'renamed', code: 'print(1)', files: {}, envNames: ['TOKEN'] });
    expect((await platform.call(`/api/agents/${String(id)}`, { method: 'DELETE' })).status).toBe(204);
    expect((await platform.call('/api/agents')).json['data']).toEqual([]);
  });

  it('are refused with what is wrong with them', async () => {
    for (const wrong of [
      { name: 'a' },
      { name: '', code: 'x' },
      { name: 'a', code: 'x', language: 'cobol' },
      { name: 'a', code: 'x', files: { '../up.py': '' } },
      { name: 'a', code: 'x', files: { '/etc/passwd': '' } },
      { name: 'a', code: 'x', files: { '.git/hooks/a': '' } },
      { name: 'a', code: 'x', envNames: ['NOT A NAME'] },
    ])
      expect([wrong, (await platform.call('/api/agents', { json: wrong })).status]).toEqual([wrong, 400]);
    const reserved = { name: 'a', code: 'x', files: { 'main.py': '' } };
    expect(await platform.call('/api/agents', { json: reserved })).toMatchObject({
      status: 422,
      json: { code: 'agent_file_reserved', remedy: expect.any(String) },
    });
    const { id } = await create({ name: 'a', code: 'x', language: 'shell', files: { 'main.py': '' } });
    const change = { method: 'PATCH', json: { language: 'python' } };
    expect((await platform.call(`/api/agents/${String(id)}`, change)).json['code']).toBe(
      'agent_file_reserved',
    );
  });

  it('are not found where there are none, or another has them', async () => {
    const { id } = await create({ name: 'mine', code: 'print(1)' });
    for (const [name, tenant] of [
      ['nobody', 'default'],
      [String(id), 'other'],
    ] as const) {
      const asks: [string, string, object?][] = [
        ['GET', `/api/agents/${name}`],
        ['PATCH', `/api/agents/${name}`, { name: 'x' }],
        ['DELETE', `/api/agents/${name}`],
        ['POST', `/api/agents/${name}/run`, {}],
      ];
      for (const [method, path, json] of asks)
        expect([method, await platform.call(path, { method, json, tenant })]).toMatchObject([
          method,
          { status: 404, json: { code: 'agent_not_found', remedy: expect.any(String) } },
        ]);
    }
    expect((await platform.call('/api/agents', { tenant: 'other' })).json['data']).toEqual([]);
  });

  it('are made once for requests with the same Idempotency-Key', async () => {
    const ask = () =>
      platform.call('/api/agents', {
        json: { name: 'once', code: 'x' },
        headers: { 'idempotency-key': 'agent-1' },
      });
    expect((await ask()).json).toEqual((await ask()).json);
  });

  it('are refused beyond as many as one may have', async () => {
    const own = platform.database.forTenant('full');
    await own.tenants.ensure('full');
    const row = { name: 'n', language: 'shell', code: 'true', files: {}, envNames: [] } as const;
    for (let at = 0; at < 1000; at += 1) await own.agents.create({ ...row, envNames: [], id: `full-${at}` });
    const more = await platform.call('/api/agents', { tenant: 'full', json: { name: 'n', code: 'x' } });
    expect(more).toMatchObject({
      status: 409,
      json: { code: 'agent_limit_reached', remedy: expect.any(String) },
    });
  }, 60_000);
});

describe('a run of an agent', () => {
  it('runs its code with its files, variables, words and input, in a sandbox that is gone afterwards', async () => {
    const { id } = await create({
      name: 'greeter',
      code: 'import os, sys\nfrom lib.words import WORD\nprint(WORD, os.environ["WHOM"], sys.argv[1], sys.stdin.read())\nsys.exit(3)',
      files: { 'lib/words.py': 'WORD = "hello"' },
      envNames: ['WHOM'],
    });
    expect(await run(id)).toMatchObject({
      status: 422,
      json: { code: 'agent_env_missing', detail: expect.stringContaining('WHOM') },
    });
    const { json } = await run(id, { environment: { WHOM: 'you' }, args: ['and me'], stdin: 'too' });
    expect(json).toEqual({ success: false, exit_code: 3, output: 'hello you and me too\n' });
    await platform.call(`/api/agents/${String(id)}`, {
      method: 'PATCH',
      json: { code: 'print(7)', envNames: [] },
    });
    expect((await run(id)).json).toEqual({ success: true, exit_code: 0, output: '7\n' });
    expect((await run(id, { timeoutMs: 1 })).json).toMatchObject({ success: false, exit_code: 124 });
    for (const deadline = Date.now() + 20_000; (await platform.provider.list()).length > 0;)
      expect(Date.now()).toBeLessThan(deadline);
  }, 60_000);

  it.each([
    [
      'javascript',
      'import { WORD } from "./word.mjs";\nconsole.log(WORD)',
      { 'word.mjs': 'export const WORD = "js";' },
      'js\n',
    ],
    [
      'typescript',
      'import { WORD } from "./word";\nconst shown: string = WORD;\nconsole.log(shown)',
      { 'word.ts': 'export const WORD: string = "ts";' },
      'ts\n',
    ],
    ['shell', '. ./word.sh; echo "$WORD"', { 'word.sh': 'WORD=sh' }, 'sh\n'],
  ])('speaks %s', async (language, code, files, output) => {
    const { id } = await create({ name: language, language, code, files });
    expect((await run(id)).json).toEqual({ success: true, exit_code: 0, output });
  });
});
