import { expect, it } from '@jest/globals';
import { describeE2b, E2B_LIMITS } from './testing/e2b-fixture';

describeE2b('commands in E2B', (bench) => {
  it('runs a command: split output, exit code, folder, variables, input', async () => {
    const sandbox = await bench.provider.create({
      id: 'first',
      limits: E2B_LIMITS,
      labels: { of: 'me' },
      environment: { FROM_BOX: 'of the\nbox', BOTH: 'box' },
    });
    const script = 'echo "$PWD $FROM_BOX $BOTH $HOME"; echo wrong >&2; exit 7';
    const done = await sandbox.exec(script, { env: { BOTH: 'exec' } });
    expect(done).toMatchObject({ exitCode: 7, signal: null, timedOut: false, truncated: false });
    expect(done).toMatchObject({ stdout: '/app of the\nbox exec /home/app\n', stderr: 'wrong\n' });
    const bytes = Buffer.alloc(700_000, 255);
    const seen: Buffer[] = [];
    const options = {
      stdin: bytes,
      cwd: '/tmp',
      onOutput: (_: string, chunk: Buffer) => void seen.push(chunk),
    };
    expect(await sandbox.exec(['cat'], options)).toMatchObject({ exitCode: 0 });
    expect(Buffer.concat(seen).equals(bytes)).toBe(true);
    expect(await sandbox.exec('kill -9 $$')).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(await sandbox.exec(['no-such-program'])).toMatchObject({ exitCode: 127 });
    expect(await sandbox.exec('true', { cwd: '/no/such' })).toMatchObject({ exitCode: 125 });
    expect(await sandbox.exec('echo never read | true', { stdin: Buffer.alloc(500_000) })).toMatchObject({
      exitCode: 0,
    });
  });

  it('keeps head and tail of what is too much, and runs no sudo', async () => {
    const sandbox = await bench.create('bounded');
    const flood = await sandbox.exec('echo first; head -c 3000000 /dev/zero; echo; echo last', {
      maxOutputBytes: 1000,
    });
    expect(flood.truncated).toBe(true);
    expect(flood.stdout.length).toBeLessThan(1200);
    expect(flood.stdout).toMatch(/^first/);
    expect(flood.stdout).toMatch(/last\n$/);
    expect((await sandbox.exec('grep NoNewPrivs /proc/self/status')).stdout).toMatch(/1\n$/);
    expect((await sandbox.exec('ulimit -u || ulimit -p')).stdout.trim()).toBe(
      String(E2B_LIMITS.maxProcesses),
    );
  });

  it('is not cut by the 60 s of the SDK: it asks for no deadline', async () => {
    const sandbox = await bench.create('no-deadline');
    const asked: (string | undefined)[] = [];
    const note = (request: { url?: string; headers: Record<string, unknown> }) => {
      if (request.url?.endsWith('/Start') === true)
        asked.push(request.headers['connect-timeout-ms'] as string | undefined);
    };
    bench.server.onRequest = note;
    await sandbox.exec('true');
    await sandbox.startProcess('long', 'sleep 100');
    bench.server.onRequest = undefined;
    expect(asked).toEqual([undefined, undefined]);
  });

  it('ends the whole tree at its time limit, at an abort and at the end of the command', async () => {
    const sandbox = await bench.create('trees');
    const left = () => sandbox.exec('pgrep -fc "sleep 7[7]7" || true').then(({ stdout }) => stdout.trim());
    const doubleFork = '(setsid env -i sleep 777 >/dev/null 2>&1 & ) ; (setsid sleep 777 & ) ;';
    const limited = await sandbox.exec(`${doubleFork} echo begun; sleep 777`, { timeoutMs: 500 });
    expect(limited).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL', stdout: 'begun\n' });
    expect(limited.durationMs).toBeLessThan(5000);
    expect(await left()).toBe('0');

    const caller = new AbortController();
    const running = sandbox.exec(`${doubleFork} echo begun; sleep 777`, {
      signal: caller.signal,
      onOutput: () => caller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'exec_aborted' });
    expect(await left()).toBe('0');

    expect(await sandbox.exec(`${doubleFork} exit 3`)).toMatchObject({ exitCode: 3 });
    expect(await left()).toBe('0');
    await expect(sandbox.exec('true', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'exec_aborted',
    });
  });

  it('ends a tree whose supervisor was killed from inside', async () => {
    const sandbox = await bench.create('no-supervisor');
    const done = await sandbox.exec('kill -9 $PPID; sleep 778 & sleep 778', { timeoutMs: 700 });
    expect(done).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect((await sandbox.exec('pgrep -fc "sleep 77[8]" || true')).stdout.trim()).toBe('0');
  });

  it('refuses words and variables that cannot be passed', async () => {
    const sandbox = await bench.create('refusals');
    await expect(sandbox.exec(['a\0b'])).rejects.toMatchObject({ code: 'sandbox_command_invalid' });
    await expect(sandbox.exec([])).rejects.toMatchObject({ code: 'sandbox_command_invalid' });
    await expect(sandbox.exec('true', { env: { 'A=B': '' } })).rejects.toMatchObject({
      code: 'sandbox_env_invalid',
    });
  });
});
