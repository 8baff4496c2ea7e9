import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { Sandbox } from '@showrunner/sandbox';
import { describeSandbox } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

describeSandbox('exec in a local sandbox', (bench) => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.create('exec')));
  afterAll(() => sandbox.destroy());

  it('reports exit code, both streams, folder and environment', async () => {
    const done = await sandbox.exec('pwd; echo "$GREETING"; echo wrong >&2; exit 7', {
      cwd: '/tmp',
      env: { GREETING: 'a b' },
    });
    expect(done).toMatchObject({
      exitCode: 7,
      signal: null,
      stdout: '/tmp\na b\n',
      stderr: 'wrong\n',
      truncated: false,
    });
    expect(done).toMatchObject({ timedOut: false, outOfMemory: false });
  });

  it('takes an argv as it is', async () => {
    expect((await sandbox.exec(['printf', '%s|', 'a b', '$HOME', '; id'])).stdout).toBe('a b|$HOME|; id|');
  });

  it('reports a missing program, a missing folder and a signal as results', async () => {
    expect((await sandbox.exec(['no-such-program'])).exitCode).toBe(127);
    expect((await sandbox.exec('true', { cwd: '/nowhere' })).exitCode).toBe(125);
    expect(await sandbox.exec('kill -TERM $$')).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });

  it('feeds standard input from bytes and from a stream, read or not', async () => {
    expect((await sandbox.exec('cat', { stdin: Buffer.from('bytes') })).stdout).toBe('bytes');
    expect(
      (await sandbox.exec('wc -c', { stdin: Readable.from([Buffer.alloc(300_000)]) })).stdout.trim(),
    ).toBe('300000');
    expect((await sandbox.exec('true', { stdin: Buffer.alloc(5_000_000) })).exitCode).toBe(0);
  });

  it('decodes output that is not UTF-8 without failing', async () => {
    expect((await sandbox.exec(String.raw`printf 'a\377b'`)).stdout).toBe('a\uFFFDb');
  });

  it('streams output while the command runs', async () => {
    const seen: string[] = [];
    const running = sandbox.exec('echo first; read line; echo "$line"', {
      stdin: Readable.from(
        (async function* () {
          await waitFor('the first line', () => seen.includes('stdout first\n'));
          yield 'second\n';
        })(),
      ),
      onOutput: (stream, chunk) => seen.push(`${stream} ${chunk.toString()}`),
    });
    expect((await running).stdout).toBe('first\nsecond\n');
  });

  it('ends the whole tree at the time limit, double forks included', async () => {
    const done = await sandbox.exec('(setsid sh -c "sleep 333 & sleep 333" &); sleep 333', {
      timeoutMs: 300,
    });
    expect(done).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL' });
    expect(done.durationMs).toBeLessThan(3000);
    expect((await sandbox.exec('pgrep -f "sleep 333" -c', {})).stdout.trim()).toBe('1'); // the pgrep's own shell
  });

  it('ends what a command leaves in the background, and does not wait for it', async () => {
    const done = await sandbox.exec('setsid sleep 334 & echo started');
    expect(done).toMatchObject({ exitCode: 0, stdout: 'started\n' });
    expect(done.durationMs).toBeLessThan(3000);
    expect((await sandbox.exec(['pgrep', '-x', 'sleep', '-c'])).stdout.trim()).toBe('1'); // the sandbox's own
  });

  it('ends the tree and rejects when the caller gives up', async () => {
    const controller = new AbortController();
    const running = sandbox.exec('echo on; sleep 335', {
      signal: controller.signal,
      onOutput: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'exec_aborted' });
    expect((await sandbox.exec(['pgrep', '-x', 'sleep', '-c'])).stdout.trim()).toBe('1');
    await expect(sandbox.exec('true', { signal: controller.signal })).rejects.toMatchObject({
      code: 'exec_aborted',
    });
  });

  it('keeps head and tail of 2 GB of output, in little memory', async () => {
    const before = process.memoryUsage().rss;
    const done = await sandbox.exec('echo head; head -c 2147483648 /dev/zero; echo tail', {
      maxOutputBytes: 4096,
    });
    expect(done.truncated).toBe(true);
    expect(done.stdout.startsWith('head\n')).toBe(true);
    expect(done.stdout.endsWith('tail\n')).toBe(true);
    expect(done.stdout).toContain(`[... ${2147483648 + 10 - 4096} bytes left out ...]`);
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * 1024 ** 2);
  });

  it('refuses variables that are none', async () => {
    await expect(sandbox.exec('true', { env: { 'A=B': 'x' } })).rejects.toMatchObject({
      code: 'sandbox_env_invalid',
    });
    await expect(sandbox.exec([])).rejects.toMatchObject({ code: 'sandbox_command_invalid' });
  });

  it('does not let variables act on programs of the host', async () => {
    const done = await sandbox.exec('echo "$LD_PRELOAD"', {
      env: { LD_PRELOAD: '/app/evil.so', PATH: '/app:/usr/bin' },
    });
    expect(done.stdout).toBe('/app/evil.so\n');
    expect(done.stderr).not.toContain('nsenter');
  });

  it('moves files in and out, and stays within what the sandbox may do', async () => {
    const bytes = Buffer.from([0, 255, 10, 13, 0]);
    await sandbox.writeFile('/app/deep/er/file name.bin', bytes);
    expect(await sandbox.readFile('/app/deep/er/file name.bin')).toEqual(bytes);
    await expect(sandbox.readFile('/app/none')).rejects.toMatchObject({ code: 'file_not_found' });
    await expect(sandbox.readFile('/app')).rejects.toMatchObject({ code: 'file_not_found' });
    await expect(sandbox.readFile('/app/deep/er/file name.bin', 4)).rejects.toMatchObject({
      code: 'file_too_large',
    });
    await expect(sandbox.writeFile('/usr/bin/x', 'x')).rejects.toMatchObject({ code: 'file_not_writable' });
    await expect(sandbox.writeFile('relative', 'x')).rejects.toMatchObject({ code: 'file_path_invalid' });
    await sandbox.exec('ln -s /etc/shadow /app/link');
    await expect(sandbox.readFile('/app/link')).rejects.toMatchObject({ code: 'file_not_found' });
  });
});
