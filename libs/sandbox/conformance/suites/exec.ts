import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { Sandbox } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';
import { waitFor } from '../../src/testing/wait-for';

const MIB = 1024 ** 2;

export function execSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.shared()));
  /** Commands named `sleep <seconds>` that run inside. */
  const sleepers = async (seconds: number): Promise<number> => {
    const script = `for one in /proc/[0-9]*; do tr '\\0' ' ' < $one/cmdline; echo; done 2>/dev/null | grep -c '^sleep ${seconds} '`;
    return Number((await sandbox.exec(script)).stdout.trim());
  };

  it('runs a shell line in /app, or where and with what it is told', async () => {
    const done = await sandbox.exec('pwd; printf "%s\\n" "$WORD"; echo wrong >&2; exit 7', {
      cwd: '/tmp',
      env: { WORD: `it's "a b" $HOME \\n é` },
    });
    expect(done).toMatchObject({
      exitCode: 7,
      signal: null,
      stdout: `/tmp\nit's "a b" $HOME \\n é\n`,
      stderr: 'wrong\n',
      truncated: false,
      timedOut: false,
      outOfMemory: false,
    });
    expect(done.durationMs).toBeGreaterThanOrEqual(0);
    expect((await sandbox.exec('pwd')).stdout).toBe('/app\n');
    expect((await sandbox.exec('echo "${WORD-unset}"')).stdout).toBe('unset\n');
    expect((await sandbox.exec('id -u')).stdout).not.toBe('0\n');
  });

  it('takes an argv word by word', async () => {
    const words = ['a b', '$HOME', '; id', "'", '"', '', '*', '-n', 'new\nline', '`id`', '\\', 'ünï😀'];
    expect((await sandbox.exec(['printf', '%s|', ...words])).stdout).toBe(`${words.join('|')}|`);
  });

  it('tells of missing programs and folders, and of signals, as results', async () => {
    expect((await sandbox.exec(['no-such-program'])).exitCode).toBe(127);
    expect((await sandbox.exec('no-such-program')).exitCode).toBe(127);
    const nowhere = await sandbox.exec('true', { cwd: '/nowhere' });
    expect([nowhere.exitCode === 0, nowhere.timedOut]).toEqual([false, false]);
    expect(await sandbox.exec('kill -TERM $$')).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });

  it('feeds standard input, as bytes or as a stream, read or not', async () => {
    expect((await sandbox.exec('cat', { stdin: Buffer.from('bytes') })).stdout).toBe('bytes');
    expect((await sandbox.exec('cat')).stdout).toBe('');
    const stream = Readable.from(Array.from({ length: 30 }, () => Buffer.alloc(100_000, 'x')));
    expect((await sandbox.exec('wc -c', { stdin: stream })).stdout.trim()).toBe('3000000');
    expect((await sandbox.exec('true', { stdin: Buffer.alloc(3_000_000) })).exitCode).toBe(0);
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    expect(
      (
        await sandbox.exec('od -An -v -tu1 | tr -s " \\n" "\\n\\n" | grep -c .', { stdin: all })
      ).stdout.trim(),
    ).toBe('256');
  });

  it('gives output as it comes and as the bytes it is', async () => {
    const chunks: Buffer[] = [];
    const split: string[] = [];
    const running = sandbox.exec(
      String.raw`echo begun >&2; while [ ! -e /tmp/go ]; do sleep 0.05; done; printf 'a\000\377\303\251b'; printf '\303' ; sleep 0.2; printf '\251'`,
      {
        onOutput: (stream, chunk) =>
          stream === 'stdout' ? chunks.push(chunk) : split.push(chunk.toString()),
      },
    );
    await waitFor('the first output', () => split.join('') === 'begun\n');
    await sandbox.exec('touch /tmp/go');
    const done = await running;
    expect(Buffer.concat(chunks).toString('hex')).toBe('6100ffc3a962c3a9');
    expect(done.stdout).toBe('a\0\uFFFDébé');
    await sandbox.exec('rm /tmp/go');
  });

  it('keeps head and tail of long output, counts the rest and says so, in bounded memory', async () => {
    const before = process.memoryUsage().rss;
    let bytes = 0;
    const done = await sandbox.exec('head -c 67108864 /dev/zero | tr "\\0" x; echo END; echo fine >&2', {
      maxOutputBytes: 20_000,
      onOutput: (stream, chunk) => (bytes += stream === 'stdout' ? chunk.length : 0),
    });
    expect([done.truncated, done.stderr, bytes]).toEqual([true, 'fine\n', 64 * MIB + 4]);
    expect(done.stdout.length).toBeLessThan(21_000);
    expect(done.stdout).toMatch(/^xxx[^]*left out[^]*xEND\n$/);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MIB);
    const full = await sandbox.exec('head -c 1048576 /dev/zero');
    expect([full.truncated, full.stdout.length]).toEqual([false, MIB]);
  });

  it('waits with its output for a slow listener, who gets every byte in order', async () => {
    const last = 1_500_000;
    const hash = createHash('sha256');
    let bytes = 0;
    let resume = (): void => undefined;
    const held = new Promise<void>((resolve) => (resume = resolve));
    let isFirst = true;
    const running = sandbox.exec(`rm -f /tmp/said; seq 1 ${last}; touch /tmp/said`, {
      maxOutputBytes: 20_000,
      onOutput: async (_stream, chunk) => {
        hash.update(chunk);
        bytes += chunk.length;
        if (!isFirst) return delay(1);
        isFirst = false;
        return held;
      },
    });
    await waitFor('the first output', () => !isFirst);
    await delay(500);
    const early = bytes;
    await delay(1000);
    // What was read already may come; nothing more is.
    expect([bytes, early < 4 * MIB]).toEqual([early, true]);
    if (bench.harness.commandsWait) expect((await sandbox.exec('test -e /tmp/said')).exitCode).toBe(1);
    resume();
    expect(await running).toMatchObject({ exitCode: 0, timedOut: false, truncated: true });
    const all = createHash('sha256');
    for (let number = 1; number <= last; number++) all.update(`${number}\n`);
    expect(hash.digest('hex')).toBe(all.digest('hex'));
    expect((await sandbox.exec('test -e /tmp/said')).exitCode).toBe(0);
  });

  it('ends a command at its time limit and for its caller, although its listener never comes back', async () => {
    const never = new Promise<void>(() => undefined);
    const late = await sandbox.exec('yes 4304', { timeoutMs: 1500, onOutput: () => never });
    expect(late.timedOut).toBe(true);
    const giveUp = new AbortController();
    let heard = false;
    const running = sandbox.exec('yes 4304', {
      signal: giveUp.signal,
      onOutput: () => {
        heard = true;
        return never;
      },
    });
    running.catch(() => undefined);
    await waitFor('the first output', () => heard);
    giveUp.abort();
    await expect(running).rejects.toMatchObject({ code: 'exec_aborted' });
    const left = 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" " " | grep -c "yes 430[4]"';
    await waitFor('the end of both', async () => (await sandbox.exec(left)).stdout.trim() === '0');
  });

  it('ends what is late with everything it started, double forks included', async () => {
    const late = await sandbox.exec(
      'echo begun; (setsid sleep 4301 &) ; sh -c "sleep 4301 & sleep 4301"; true',
      { timeoutMs: 1500 },
    );
    expect(late).toMatchObject({ timedOut: true, stdout: 'begun\n' });
    expect(late.exitCode).not.toBe(0);
    expect(late.durationMs).toBeLessThan(30_000);
    expect(await sleepers(4301)).toBe(0);
  });

  it('ends a command whose caller gave up, at any time', async () => {
    const giveUp = new AbortController();
    const seen: string[] = [];
    const running = sandbox.exec('(setsid sleep 4302 &); echo begun; sleep 4302', {
      signal: giveUp.signal,
      onOutput: (_, chunk) => seen.push(chunk.toString()),
    });
    running.catch(() => undefined);
    await waitFor('the start', () => seen.length > 0);
    giveUp.abort();
    await expect(running).rejects.toMatchObject({ code: 'exec_aborted' });
    await expect(sandbox.exec('sleep 4302', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'exec_aborted',
    });
    for (const afterMs of [0, 1, 5, 20])
      await expect(
        sandbox.exec('sleep 4302', { signal: AbortSignal.timeout(afterMs) }),
      ).rejects.toMatchObject({ code: 'exec_aborted' });
    await waitFor('the end of all', async () => (await sleepers(4302)) === 0);
  });

  it('leaves nothing of a command that has ended in the background', async () => {
    const done = await sandbox.exec('sleep 4303 & (setsid sleep 4303 &); echo ended');
    expect(done).toMatchObject({ exitCode: 0, stdout: 'ended\n' });
    expect(await sleepers(4303)).toBe(0);
  });

  it('runs several commands at once', async () => {
    const meet = (own: string, other: string) =>
      sandbox.exec(`touch /tmp/${own}; while [ ! -e /tmp/${other} ]; do sleep 0.05; done; echo met`, {
        timeoutMs: 30_000,
      });
    const both = await Promise.all([meet('one', 'two'), meet('two', 'one')]);
    expect(both.map(({ stdout }) => stdout)).toEqual(['met\n', 'met\n']);
    const many = await Promise.all(Array.from({ length: 6 }, (_, at) => sandbox.exec(`echo ${at}`)));
    expect(many.map(({ stdout }) => stdout.trim())).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('refuses what is no command, and tells when memory ran out', async () => {
    for (const command of [[], ['a\0b']] as string[][])
      await expect(sandbox.exec(command)).rejects.toMatchObject({ retryable: false });
    const { capabilities } = bench.provider();
    const { memoryBytes } = (await sandbox.info()).limits;
    if (!capabilities.outOfMemoryReported || memoryBytes.enforced === null) return;
    const hog = await sandbox.exec([
      'python3',
      '-c',
      `b = bytearray(${memoryBytes.enforced * 2})\nfor i in range(0, len(b), 4096): b[i] = 1`,
    ]);
    expect(hog.outOfMemory).toBe(true);
    expect(hog.exitCode).not.toBe(0);
    expect(await sandbox.exec('echo usable')).toMatchObject({ stdout: 'usable\n', outOfMemory: false });
  });
}
