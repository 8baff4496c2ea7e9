import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StreamMessage } from '@showrunner/contracts';
import { OWN_PERMISSIONS } from '@showrunner/contracts';
import { PERMISSIONS_HEADER, TENANT_HEADER } from '@showrunner/service';
import { TEST_HEADERS } from '@showrunner/service/testing';
import { WebSocket } from 'ws';
import { SMALL, startSandboxPlatform } from '../testing/sandbox-platform';
import type { SandboxPlatform } from '../testing/sandbox-platform';

let platform: SandboxPlatform;
let id: string;
beforeAll(async () => {
  platform = await startSandboxPlatform();
  ({ id } = await platform.create());
}, 120_000);
afterAll(() => platform?.stop());

async function open(
  path = `/api/sandboxes/${id}/stream`,
  headers: Record<string, string> = {},
): Promise<WebSocket> {
  const socket = new WebSocket(`${platform.service.url.replace('http', 'ws')}${path}`, {
    headers: { ...TEST_HEADERS, ...headers },
  });
  await once(socket, 'open');
  return socket;
}
/** Sends a request and collects its messages up to `execution_complete`. */
async function run(socket: WebSocket, request: object): Promise<StreamMessage[]> {
  const messages: StreamMessage[] = [];
  const done = new Promise<void>((resolve, reject) => {
    socket.on('message', function take(data: Buffer) {
      const message = JSON.parse(data.toString()) as StreamMessage;
      messages.push(message);
      if (message.type !== 'execution_complete') return;
      socket.off('message', take);
      resolve();
    });
    socket.once('close', (code, reason) => reject(new Error(`${code} ${reason.toString()}`)));
  });
  socket.send(JSON.stringify(request));
  await done;
  return messages;
}
const refusedWith = async (path: string, headers: Record<string, string>): Promise<number> => {
  const socket = new WebSocket(`${platform.service.url.replace('http', 'ws')}${path}`, { headers });
  socket.on('error', () => undefined);
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
  return response.statusCode;
};

describe('the stream of a sandbox', () => {
  it('sends exactly the messages of the requirement, one execution after the other', async () => {
    const socket = await open();
    expect(
      await run(socket, { type: 'exec', command: 'echo out; sleep 0.2; echo err >&2; sleep 0.2; exit 3' }),
    ).toEqual([
      { type: 'log', stream: 'stdout', content: 'out\n' },
      { type: 'log', stream: 'stderr', content: 'err\n' },
      { type: 'execution_complete', exit_code: 3, result: 'out\n' },
    ]);
    await run(socket, { type: 'code', code: 'x = 20' });
    const printed = await run(socket, { type: 'code', code: 'print("é" * 3)\nx + 22' });
    expect(printed.pop()).toEqual({ type: 'execution_complete', exit_code: 0, result: '42' });
    // Python writes when it likes to.
    expect(printed.map((one) => ('content' in one ? one.content : '')).join('')).toBe('ééé\n');
    const raised = await run(socket, { type: 'code', code: '1 / 0' });
    expect(raised.at(-1)).toEqual({ type: 'execution_complete', exit_code: 1, result: '' });
    expect(JSON.stringify(raised)).toContain('ZeroDivisionError');
    const late = await run(socket, { type: 'exec', command: 'sleep 60', timeoutMs: 200 });
    expect(late.at(-1)).toMatchObject({ exit_code: 124 });
    socket.close();
  });

  it('feeds what reads standard input', async () => {
    const socket = await open();
    const done = run(socket, { type: 'exec', command: 'read a; echo "got $a"; cat', stdin: true });
    await delay(200);
    socket.send(JSON.stringify({ type: 'stdin', data: 'one\n' }));
    socket.send(JSON.stringify({ type: 'stdin', data: 'rest', end: true }));
    const text = (await done).map((message) => ('content' in message ? message.content : '')).join('');
    expect(text).toBe('got one\nrest');
    socket.close();
  });

  it('ends what runs when the client goes', async () => {
    const socket = await open();
    socket.send(JSON.stringify({ type: 'exec', command: 'touch /tmp/streamed; sleep 88' }));
    const alive = async (): Promise<string> => {
      const command = 'ls /tmp/streamed; cat /proc/[0-9]*/cmdline | tr "\\0" " "';
      const { json } = await platform.call(`/api/sandboxes/${id}/exec`, { json: { command } });
      return String(json['stdout']);
    };
    while (!(await alive()).includes('sleep 88')) await delay(50);
    socket.terminate();
    for (const deadline = Date.now() + 10_000; (await alive()).includes('sleep 88'); await delay(50))
      expect(Date.now()).toBeLessThan(deadline);
  });

  it.each([
    ['a command', 8_000_000, { type: 'exec', command: 'seq 1 8000000; touch /tmp/said-exec' }],
    [
      'code',
      3_000_000,
      {
        type: 'code',
        code: 'for number in range(1, 3000001): print(number)\nopen("/tmp/said-code", "w").close()',
      },
    ],
  ])(
    'has %s wait for a client that does not read, and leaves nothing out',
    async (_what, last, request) => {
      const socket = await open();
      socket.pause();
      socket.send(JSON.stringify(request));
      await delay(2_000);
      // It has not come to its end: what it still has to say is held by nobody.
      const said = async (): Promise<boolean> =>
        (await platform.call(`/api/sandboxes/${id}/files/stat?path=/tmp/said-${request.type}`)).status ===
        200;
      expect(await said()).toBe(false);
      let next = 1;
      let rest = '';
      const done = new Promise<StreamMessage>((resolve) => {
        socket.on('message', (data: Buffer) => {
          const message = JSON.parse(data.toString()) as StreamMessage;
          if (message.type !== 'log') return resolve(message);
          const lines = `${rest}${message.content}`.split('\n');
          rest = lines.pop() ?? '';
          // Each number once, in order; the first that is not stops the count.
          for (const line of lines) if (line === String(next)) next += 1;
        });
      });
      socket.resume();
      expect(await done).toMatchObject({ type: 'execution_complete', exit_code: 0 });
      expect([next, rest, await said()]).toEqual([last + 1, '', true]);
      socket.close();
    },
    90_000,
  );

  it('ends a command at its time limit, and with its client, although nobody reads', async () => {
    const running = async (): Promise<boolean> => {
      const { json } = await platform.call(`/api/sandboxes/${id}/exec`, {
        json: { command: 'cat /proc/[0-9]*/cmdline | tr "\\0" " "' },
      });
      return String(json['stdout']).includes('yes unread');
    };
    const ended = async (): Promise<void> => {
      for (const deadline = Date.now() + 15_000; await running(); await delay(100))
        expect(Date.now()).toBeLessThan(deadline);
    };
    for (const end of ['limit', 'client'] as const) {
      const socket = await open();
      socket.pause();
      const limit = end === 'limit' ? { timeoutMs: 1_500 } : {};
      socket.send(JSON.stringify({ type: 'exec', command: 'yes unread', ...limit }));
      for (const deadline = Date.now() + 10_000; !(await running()); await delay(50))
        expect(Date.now()).toBeLessThan(deadline);
      if (end === 'client') socket.terminate();
      await ended();
      socket.terminate();
    }
  }, 60_000);

  it('is closed with a reason for what is no request, and refused without credentials, sandbox or tenant', async () => {
    for (const [message, code] of [
      ['{', 'bad_json'],
      [JSON.stringify({ type: 'exec' }), 'invalid_input'],
      [JSON.stringify({ type: 'stdin', data: 'x' }), 'no_input'],
    ] as const) {
      const socket = await open();
      socket.send(message);
      const [status, reason] = (await once(socket, 'close')) as [number, Buffer];
      expect([status, reason.toString()]).toEqual([4000, expect.stringContaining(code)]);
    }
    const token = TEST_HEADERS;
    expect(await refusedWith(`/api/sandboxes/${id}/stream`, {})).toBe(401);
    expect(await refusedWith(`/api/sandboxes/nothing/stream`, token)).toBe(404);
    expect(await refusedWith(`/api/elsewhere`, token)).toBe(404);
    expect(await refusedWith(`/api/sandboxes/${id}/stream`, { ...token, [TENANT_HEADER]: 'other' })).toBe(
      404,
    );
  });
});

describe('a stream with a sandbox of its own', () => {
  const OWN = '/api/sandboxes/stream';
  const made = async (label: string): Promise<string[]> => {
    const { json } = await platform.call(`/api/sandboxes?labels=stream:${label}`);
    return (json['data'] as { status: string }[]).map(({ status }) => status);
  };
  const until = async (label: string, status: string): Promise<void> => {
    for (const deadline = Date.now() + 20_000; (await made(label)).join() !== status; await delay(50))
      expect([Date.now() < deadline, await made(label)]).toEqual([true, expect.anything()]);
  };
  const settings = (label: string) => ({ type: 'create', limits: SMALL, labels: { stream: label } });

  it('makes it for its first message, streams what runs in it, and removes it when it closes', async () => {
    const socket = await open(OWN);
    const told = once(socket, 'message');
    socket.send(JSON.stringify({ ...settings('asked'), environment: { WORD: 'hi' } }));
    const [first] = (await told) as [Buffer];
    expect(JSON.parse(first.toString())).toEqual({ type: 'sandbox', sandboxId: expect.any(String) });
    expect(await run(socket, { type: 'exec', command: 'echo $WORD > /tmp/a; echo $WORD' })).toEqual([
      { type: 'log', stream: 'stdout', content: 'hi\n' },
      { type: 'execution_complete', exit_code: 0, result: 'hi\n' },
    ]);
    // The same sandbox, from message to message.
    expect((await run(socket, { type: 'code', code: 'open("/tmp/a").read()' })).at(-1)).toMatchObject({
      result: "'hi\\n'",
    });
    socket.close();
    await until('asked', 'destroyed');
  }, 60_000);

  it('needs no message but the command, and takes its input before it runs', async () => {
    const socket = await open(OWN);
    const done = run(socket, { type: 'exec', command: 'cat; exit 3', stdin: true });
    socket.send(JSON.stringify({ type: 'stdin', data: 'early', end: true }));
    expect(await done).toEqual([
      { type: 'log', stream: 'stdout', content: 'early' },
      { type: 'execution_complete', exit_code: 3, result: 'early' },
    ]);
    socket.close();
  }, 60_000);

  it('leaves nothing when its client dies: while it waits, while it is made, while something runs', async () => {
    for (const when of ['queued', 'creating', 'running']) {
      const socket = await open(OWN);
      socket.send(JSON.stringify(settings(when)));
      if (when === 'running') {
        await once(socket, 'message');
        socket.send(JSON.stringify({ type: 'exec', command: 'sleep 77' }));
      } else if (when === 'creating') while ((await made(when)).length === 0) await delay(5);
      socket.terminate();
      for (const deadline = Date.now() + 20_000; ; await delay(50)) {
        const states = await made(when);
        if (states.every((one) => one === 'destroyed') && (when === 'queued' || states.length === 1)) break;
        expect(Date.now()).toBeLessThan(deadline);
      }
    }
    for (const deadline = Date.now() + 20_000; (await platform.provider.list()).length > 1; await delay(50))
      expect(Date.now()).toBeLessThan(deadline);
  }, 90_000);

  it('has a sandbox that ends by itself should nobody be left to end it', async () => {
    const socket = await open(OWN);
    const told = once(socket, 'message');
    socket.send(JSON.stringify(settings('lease')));
    const { sandboxId } = JSON.parse(String((await told)[0])) as { sandboxId: string };
    const { json } = await platform.call(`/api/sandboxes/${sandboxId}`);
    expect(json).toMatchObject({ ephemeral: true, lease: { idleTimeoutMs: 120_000 } });
    socket.close();
    await until('lease', 'destroyed');
  }, 60_000);

  it('is closed with a reason for what is no request and what is refused, and without credentials', async () => {
    for (const [message, code] of [
      ['{', 'bad_json'],
      [JSON.stringify({ type: 'exec' }), 'invalid_input'],
      [JSON.stringify({ type: 'stdin', data: 'x' }), 'no_input'],
      [JSON.stringify({ type: 'create', limits: { memoryBytes: 1 } }), 'limits_too_small'],
      [JSON.stringify({ type: 'create', ephemeral: false }), 'invalid_input'],
    ] as const) {
      const socket = await open(OWN);
      socket.send(message);
      const [status, reason] = (await once(socket, 'close')) as [number, Buffer];
      expect([status, reason.toString()]).toEqual([4000, expect.stringContaining(code)]);
    }
    expect(await refusedWith(OWN, {})).toBe(401);
    expect(await refusedWith(OWN, { ...TEST_HEADERS, [PERMISSIONS_HEADER]: 'read' })).toBe(403);
    await platform.database.tenants.ensure('small');
    await platform.database.tenants.setLimits('small', { budgetUsd: 1e-12, creationsPerMinute: 1 });
    const asks = await Promise.all(
      [1, 2].map(async () => {
        const socket = await open(OWN, {
          [TENANT_HEADER]: 'small',
          [PERMISSIONS_HEADER]: OWN_PERMISSIONS.join(','),
        });
        const closed = once(socket, 'close') as Promise<[number, Buffer]>;
        socket.send(JSON.stringify({ type: 'exec', command: 'true' }));
        const ended = await Promise.race([closed, once(socket, 'message').then(() => undefined)]);
        socket.terminate();
        return ended?.[1].toString() ?? 'ran';
      }),
    );
    expect(asks.some((one) => one.startsWith('sandbox_rate_limited') || one.startsWith('budget'))).toBe(true);
  }, 60_000);
});

describe('a call of an agent', () => {
  const execute = (json: object, agent = 'agent-7') =>
    platform.call(`/api/agents/${agent}/execute`, { json: { limits: SMALL, ...json } });
  const left = async (): Promise<string[]> => {
    const { json } = await platform.call('/api/sandboxes?labels=agent:agent-7');
    return (json['data'] as { status: string }[])
      .map(({ status }) => status)
      .filter((one) => one !== 'destroyed');
  };

  it('answers exactly the fields of the requirement, for code and for commands', async () => {
    expect((await execute({ code: 'print(6 * 7)' })).json).toEqual({
      success: true,
      exit_code: 0,
      output: '42\n',
    });
    expect((await execute({ command: 'echo a; echo b >&2; exit 4' })).json).toEqual({
      success: false,
      exit_code: 4,
      output: expect.stringMatching(/^(a\nb|b\na)\n$/),
    });
    expect((await execute({ language: 'javascript', code: 'console.log(1 + 1)' })).json).toMatchObject({
      output: '2\n',
    });
    expect((await execute({ command: 'sleep 30', timeoutMs: 300 })).json).toMatchObject({ exit_code: 124 });
  }, 60_000);

  it('refuses what is neither', async () => {
    expect(await execute({})).toMatchObject({ status: 400 });
    expect(await execute({ code: 'x', command: 'y' })).toMatchObject({ status: 400 });
    expect(await execute({ command: 'x' }, 'no agent')).toMatchObject({ status: 400 });
  });

  it('runs once for requests with the same Idempotency-Key', async () => {
    const ask = (command: string) =>
      platform.call('/api/agents/agent-7/execute', {
        json: { command, limits: SMALL },
        headers: { 'idempotency-key': 'execute-1' },
      });
    const command = 'cat /proc/sys/kernel/random/uuid; sleep 1';
    const first = ask(command);
    for (const deadline = Date.now() + 20_000; !(await left()).includes('running'); await delay(50))
      expect(Date.now()).toBeLessThan(deadline);
    expect(await ask(command)).toMatchObject({
      status: 409,
      json: { code: 'idempotency_key_in_progress', remedy: expect.any(String) },
    });
    const { json } = await first;
    expect(json).toMatchObject({ success: true, output: expect.stringMatching(/^[0-9a-f-]{36}\n$/) });
    expect((await ask(command)).json).toEqual(json);
    expect(await ask('true')).toMatchObject({ status: 422, json: { code: 'idempotency_key_reused' } });
  }, 60_000);

  it('leaves no sandbox, also when the client goes in the middle', async () => {
    const gone = new AbortController();
    const asked = fetch(`${platform.service.url}/api/agents/agent-7/execute`, {
      method: 'POST',
      headers: { ...TEST_HEADERS, 'content-type': 'application/json' },
      body: JSON.stringify({ command: 'sleep 50', limits: SMALL }),
      signal: gone.signal,
    }).catch(() => undefined);
    for (const deadline = Date.now() + 20_000; !(await left()).includes('running'); await delay(50))
      expect(Date.now()).toBeLessThan(deadline);
    gone.abort();
    await asked;
    for (const deadline = Date.now() + 20_000; (await left()).length > 0; await delay(100))
      expect(Date.now()).toBeLessThan(deadline);
    expect((await platform.provider.list()).map((info) => info.id)).toEqual([id]);
  }, 60_000);
});
