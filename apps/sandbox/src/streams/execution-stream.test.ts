import { EventEmitter } from 'node:events';
import type { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { Sandbox } from '@showrunner/sandbox';
import fc from 'fast-check';
import type { WebSocket } from 'ws';
import { ExecutionStream } from './execution-stream';

/** The client's side of a WebSocket, without a network. */
class Client extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  bufferedAmount = 0;
  readonly sent: string[] = [];
  readonly closed: string[] = [];
  send(text: string, done?: () => void): void {
    this.sent.push(text);
    done?.();
  }
  close(_code: number, reason: string): void {
    this.closed.push(reason);
  }
  ping(): void {}
  terminate(): void {
    this.emit('close');
  }
  say(message: unknown): void {
    this.emit('message', Buffer.isBuffer(message) ? message : Buffer.from(JSON.stringify(message)));
  }
}

/** Commands that run until their client goes; `input` is what the last one reads. */
function serve() {
  const client = new Client();
  const inputs: PassThrough[] = [];
  const sandbox = {
    exec: (_command: unknown, { stdin, signal }: { stdin?: PassThrough; signal: AbortSignal }) => {
      if (stdin !== undefined) inputs.push(stdin);
      return new Promise((resolve) =>
        signal.addEventListener('abort', () => resolve({ exitCode: 0, stdout: '' })),
      );
    },
  } as unknown as Sandbox;
  const done = new ExecutionStream(client as unknown as WebSocket, sandbox).serve();
  return { client, inputs, done };
}

describe('the stream of a sandbox', () => {
  it('fault 1: input behind the end of input is refused, and is no error of the process', async () => {
    const { client, inputs, done } = serve();
    client.say({ type: 'exec', command: 'cat', stdin: true });
    client.say({ type: 'stdin', data: 'one', end: true });
    client.say({ type: 'stdin', data: 'two' });
    expect(client.closed).toEqual([expect.stringContaining('no_input')]);
    client.terminate();
    await done;
    expect(inputs).toHaveLength(1);
  });

  it('fault 1: input that a command does not take any more is lost, as with a pipe', async () => {
    const { client, inputs, done } = serve();
    client.say({ type: 'exec', command: 'true', stdin: true });
    inputs[0]?.destroy(new Error('the command has ended'));
    await new Promise(setImmediate);
    client.say({ type: 'stdin', data: 'late' });
    client.terminate();
    await done;
  });

  it('fault 1: no frame ends anything but its own stream', async () => {
    const text = fc.oneof(
      fc.string().map((one) => Buffer.from(one)),
      fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((one) => Buffer.from(one)),
    );
    const near = fc
      .record(
        {
          type: fc.constantFrom('exec', 'stdin', 'code', 'close', ''),
          command: fc.oneof(fc.string(), fc.array(fc.string()), fc.constant(null)),
          stdin: fc.oneof(fc.boolean(), fc.string()),
          data: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ud800')),
          end: fc.boolean(),
          timeoutMs: fc.oneof(fc.double(), fc.integer()),
        },
        { requiredKeys: [] },
      )
      .map((message) => Buffer.from(JSON.stringify(message)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(text, near), { maxLength: 12 }), async (messages) => {
        const { client, done } = serve();
        for (const message of messages) client.say(message);
        client.terminate();
        await done;
        for (const reason of client.closed) expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
      }),
      { numRuns: 300 },
    );
  });
});
