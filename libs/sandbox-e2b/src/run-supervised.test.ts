import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessEvent, ProcessRpc, StartRequest } from './process-rpc';
import { runSupervised, StreamLost } from './run-supervised';

const REQUEST: StartRequest = { process: { cmd: 'x', args: [], envs: {} }, tag: 'mark', stdin: false };
const gone = Object.assign(new Error('not found'), { name: 'ConnectError', code: 5 });
const start: ProcessEvent = { case: 'start', value: { pid: 1 } };
const killed: ProcessEvent = {
  case: 'end',
  value: { exitCode: -1, exited: false, status: 'signal: killed' },
};

/** A daemon of our own; `signalled` resolves when it was asked to end the process. */
function daemon(
  stream: (end: AbortSignal, signalled: Promise<void>) => AsyncGenerator<ProcessEvent>,
  signalError?: Error,
) {
  let signal = () => undefined as void;
  const signalled = new Promise<void>((resolve) => (signal = resolve));
  const calls = { signals: 0, swept: [] as string[] };
  const rpc: ProcessRpc = {
    async *start(_request, options) {
      for await (const event of stream(options.signal!, signalled)) yield { event: { event } };
    },
    sendInput: async () => ({}),
    closeStdin: async () => ({}),
    async sendSignal() {
      calls.signals++;
      signal();
      if (signalError !== undefined) throw signalError;
    },
  };
  const sweep = async (mark: string) => void calls.swept.push(mark);
  return { calls, parts: { rpc, headers: {}, heartbeatSeconds: 0.05, sweep } };
}

async function* silent(end: AbortSignal): AsyncGenerator<ProcessEvent> {
  yield start;
  await new Promise((_resolve, reject) => end.addEventListener('abort', () => reject(end.reason as Error)));
}

describe('a supervised command', () => {
  it('ends in an error when nothing is heard of it for three beats', async () => {
    const { parts, calls } = daemon(silent);
    await expect(runSupervised(parts, REQUEST, {})).rejects.toBeInstanceOf(StreamLost);
    expect(calls.signals).toBe(1);
  });

  it('lives on while beats come', async () => {
    const { parts } = daemon(async function* () {
      yield start;
      for (let beat = 0; beat < 6; beat++) {
        await delay(40);
        yield { case: 'keepalive' };
      }
      yield { case: 'end', value: { exitCode: 0, exited: true, status: 'exit status 0' } };
    });
    expect(await runSupervised(parts, REQUEST, {})).toMatchObject({ exitCode: 0, timedOut: false });
  });

  it('is asked to end at its time limit', async () => {
    const { parts, calls } = daemon(async function* (_end, signalled) {
      yield start;
      await signalled;
      yield killed;
    });
    parts.heartbeatSeconds = 5;
    const done = await runSupervised(parts, REQUEST, { timeoutMs: 20 });
    expect(done).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL' });
    expect(calls).toEqual({ signals: 1, swept: [] });
  });

  it('is swept by its mark where its supervisor is gone, and given up', async () => {
    const { parts, calls } = daemon(silent, gone);
    parts.heartbeatSeconds = 5;
    const done = await runSupervised(parts, REQUEST, { timeoutMs: 20 });
    expect(done).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL' });
    expect(calls.swept).toEqual(['mark']);
  });

  it('whose stream ends without an end is lost', async () => {
    const { parts } = daemon(async function* () {
      yield start;
    });
    await expect(runSupervised(parts, REQUEST, {})).rejects.toBeInstanceOf(StreamLost);
  });

  it('splits output into streams as bytes, pieces of characters too', async () => {
    const bytes = Buffer.from('ü€');
    const { parts } = daemon(async function* () {
      yield start;
      for (const byte of bytes)
        yield { case: 'data', value: { output: { case: 'stdout', value: Uint8Array.of(byte) } } };
      yield { case: 'data', value: { output: { case: 'stderr', value: Buffer.from('e') } } };
      yield { case: 'end', value: { exitCode: 0, exited: true, status: 'exit status 0' } };
    });
    const done = await runSupervised(parts, REQUEST, {});
    expect([done.stdout.text(), done.stderr.text()]).toEqual(['ü€', 'e']);
  });
});
