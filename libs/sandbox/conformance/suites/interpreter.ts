import { afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';
import { waitFor } from '../../src/testing/wait-for';

export function interpreterSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.shared()));
  afterEach(async () => {
    for (const { contextId } of await sandbox.interpreter.listContexts())
      await sandbox.interpreter.removeContext(contextId);
  });
  const run = (code: string, options = {}) => sandbox.interpreter.run(code, options);
  const result = async (code: string, options = {}) => (await run(code, options)).result;

  it('keeps variables, imports and definitions, and answers the last expression', async () => {
    expect(await run('import math\nx = 20\ndef half(n):\n  return n / 2')).toMatchObject({
      result: null,
      error: null,
      fresh: true,
      timedOut: false,
      truncated: false,
    });
    expect(await run('x += 1\nhalf(x) + math.floor(1.5)')).toMatchObject({ result: '11.5', fresh: false });
    expect(await result("'a\\nb'")).toBe(String.raw`'a\nb'`);
    expect(await result('x')).toBe('21');
    expect(await result('None')).toBeNull();
    expect(await result('x;')).toBe('21');
    expect(await result('')).toBeNull();
    expect(await result('import pickle\nclass A: pass\npickle.loads(pickle.dumps(A())).__class__ is A')).toBe(
      'True',
    );
    expect(await result('"ünï😀".upper()')).toBe("'ÜNÏ😀'");
  });

  it('answers what code raises, with a traceback of the code alone', async () => {
    const raised = await run('def f(n):\n  return 1 / n\nprint("before")\nf(0)');
    expect(raised).toMatchObject({
      stdout: 'before\n',
      result: null,
      error: { name: 'ZeroDivisionError', value: 'division by zero' },
    });
    expect(raised.error?.traceback).toMatch(
      /line 4.*\n\s+f\(0\)[^]*line 2, in f\n\s+return 1 \/ n[^]*ZeroDivisionError: division by zero\n$/,
    );
    expect(raised.error?.traceback).not.toContain('exec(');
    expect((await run('x ===')).error).toMatchObject({ name: 'SyntaxError' });
    expect((await run('import sys; sys.exit(3)')).error).toMatchObject({ name: 'SystemExit', value: '3' });
    expect(
      (await run('class E(Exception):\n  def __str__(self): raise ValueError\nraise E')).error?.name,
    ).toBe('E');
    expect((await run('class R:\n  def __repr__(self): raise ValueError("no")\nR()')).error?.name).toBe(
      'ValueError',
    );
    expect((await run('def g(): g()\ng()')).error?.name).toBe('RecursionError');
    expect(await result('f(2)')).toBe('0.5');
  });

  it('splits and streams what code and its children print', async () => {
    const seen: string[] = [];
    const running = run(
      'import sys, subprocess, time, os\nprint("one")\nprint("wrong", file=sys.stderr)\nsubprocess.run(["sh", "-c", "echo child; echo bad >&2"])\nwhile not os.path.exists("/tmp/seen"): time.sleep(0.01)\nprint("end", end="")',
      { onOutput: (stream: string, chunk: Buffer) => seen.push(`${stream}:${chunk.toString()}`) },
    );
    await waitFor('the output', () => seen.join().includes('child') && seen.join().includes('stderr:'));
    await sandbox.exec('touch /tmp/seen');
    expect(await running).toMatchObject({ stdout: 'one\nchild\nend', stderr: 'wrong\nbad\n', result: null });
    await sandbox.exec('rm /tmp/seen');
  });

  it('bounds output and results, and says so', async () => {
    let bytes = 0;
    const flood = await run('import os\nfor _ in range(400): os.write(1, b"x" * 65536)\n"done"', {
      onOutput: (_stream: string, chunk: Buffer) => (bytes += chunk.length),
    });
    expect([flood.truncated, flood.result, bytes]).toEqual([true, "'done'", 400 * 65536]);
    expect(flood.stdout.length).toBeLessThan(1.1 * 1024 ** 2);
    const long = await run('"y" * 10_000_000');
    expect([long.truncated, (long.result ?? '').length < 100_000]).toEqual([true, true]);
    expect((await run('raise ValueError("z" * 10_000_000)')).error?.value.length).toBeLessThan(100_000);
  });

  it('keeps contexts apart, each with its folder and environment', async () => {
    const one = await sandbox.interpreter.createContext({ cwd: '/tmp', env: { WORD: "it's $HOME" } });
    const two = await sandbox.interpreter.createContext();
    expect(one.contextId).not.toBe(two.contextId);
    await run('x = 1', one);
    expect((await run('x', two)).error?.name).toBe('NameError');
    expect(await result('import os; os.getcwd(), os.environ["WORD"], x', one)).toBe(
      `('/tmp', "it's $HOME", 1)`,
    );
    expect(await result('import os; os.getcwd(), "WORD" in os.environ', two)).toBe("('/app', False)");
    const listed = await sandbox.interpreter.listContexts();
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(
      expect.arrayContaining([
        { ...one, running: true },
        { ...two, running: true },
      ]),
    );
    await sandbox.interpreter.restartContext(one.contextId);
    expect(await run('"x" in globals()', one)).toMatchObject({ result: 'False', fresh: true });
    expect(await result('os.getcwd()', one).then(() => 'ran')).toBe('ran');
    await sandbox.interpreter.removeContext(one.contextId);
    await sandbox.interpreter.removeContext(one.contextId);
    await expect(run('1', one)).rejects.toMatchObject({ code: 'context_not_found' });
    await expect(sandbox.interpreter.restartContext(one.contextId)).rejects.toMatchObject({
      code: 'context_not_found',
    });
    await expect(sandbox.interpreter.createContext({ cwd: '/nowhere' })).rejects.toMatchObject({
      code: 'file_not_found',
    });
    await expect(run('1', { contextId: '../x' })).rejects.toMatchObject({ code: 'context_id_invalid' });
  });

  it('lets modules of the folder be imported, and none of them stand in its own way', async () => {
    await sandbox.files.write('/app/interp/mine.py', 'value = 42');
    await sandbox.files.write('/app/interp/json.py', 'raise RuntimeError("hostile")');
    const context = await sandbox.interpreter.createContext({ cwd: '/app/interp' });
    expect(await run('import mine\nmine.value', context)).toMatchObject({ result: '42', error: null });
    await sandbox.files.remove('/app/interp');
  });

  it('interrupts what is late and keeps the variables', async () => {
    await run('x = 5');
    for (const late of [
      'while True: pass',
      'import time; time.sleep(60)',
      'import os; os.system("sleep 60")\ntime.sleep(60)',
    ]) {
      const done = await run(`print("begun")\n${late}`, { timeoutMs: 700 });
      expect(done).toMatchObject({ timedOut: true, stdout: 'begun\n', error: { name: 'KeyboardInterrupt' } });
      expect(done.durationMs).toBeLessThan(20_000);
    }
    expect(await run('x')).toMatchObject({ result: '5', timedOut: false, fresh: false });
  });

  it('ends a context that cannot be interrupted, and says so', async () => {
    await run('x = 5');
    const stubborn = await run(
      'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass',
      { timeoutMs: 300 },
    );
    expect(stubborn).toMatchObject({ timedOut: true, error: { name: 'ContextDied' } });
    expect(await run('"x" in globals()')).toMatchObject({ result: 'False', fresh: true });
  });

  it('interrupts code whose caller gave up', async () => {
    await run('x = 5');
    const giveUp = new AbortController();
    const seen: string[] = [];
    const running = run('import time\nprint("begun", flush=True)\ntime.sleep(60)', {
      signal: giveUp.signal,
      onOutput: (_: string, chunk: Buffer) => seen.push(chunk.toString()),
    });
    running.catch(() => undefined);
    await waitFor('the start', () => seen.length > 0);
    giveUp.abort();
    await expect(running).rejects.toMatchObject({ code: 'exec_aborted' });
    expect(await run('x', { timeoutMs: 20_000 })).toMatchObject({ result: '5', fresh: false });
  });

  it.each([
    ['an exit', 'import os; os._exit(3)', /exit code 3/],
    ['a signal', 'import os, signal; os.kill(os.getpid(), signal.SIGKILL)', /signal 9/],
    ['a fault of its own', 'import ctypes; ctypes.string_at(0)', /signal 11/],
  ])('tells of the death of a context by %s, and begins afresh', async (_title, code, how) => {
    await run('x = 5');
    const dead = await run(`import sys\nsys.stdout.write("last words")\n${code}`);
    expect(dead).toMatchObject({
      stdout: 'last words',
      result: null,
      error: { name: 'ContextDied', value: expect.stringMatching(how) },
    });
    expect(await run('"x" in globals()')).toMatchObject({ result: 'False', fresh: true, error: null });
  });

  it('tells of a context that took all memory', async () => {
    const info = await sandbox.info();
    if (info.limits.memoryBytes.enforced === null) return; // nothing would stop it
    const hog = await run(
      `keep = bytearray(${info.limits.memoryBytes.enforced} * 2)\nfor at in range(0, len(keep), 4096): keep[at] = 1`,
    );
    expect(['ContextDied', 'MemoryError']).toContain(hog.error?.name);
    expect(await result('1 + 1')).toBe('2');
  });

  it('survives code that forks, closes its streams or prints after its end', async () => {
    expect(await run('import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\n"once"')).toMatchObject({
      result: "'once'",
    });
    await run(
      'import threading, time\ndef late():\n  time.sleep(0.2)\n  print("LATE")\nthreading.Thread(target=late).start()',
    );
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await run('print("own")')).toMatchObject({ stdout: 'own\n' });
    await run('import sys, os\nsys.stdout.close()\nos.close(1)');
    expect(await result('2 + 2')).toBe('4');
  });

  it('runs one after the other in one context, at once in two', async () => {
    const order = await Promise.all(
      [1, 2, 3, 4].map((n) => run(`import time; n = ${n}; time.sleep(0.1); n`)),
    );
    expect(order.map((one) => one.result)).toEqual(['1', '2', '3', '4']);
    await Promise.all(order.map(() => run('total = globals().get("total", 0) + 1')));
    expect(await result('total')).toBe('4');
    const other = await sandbox.interpreter.createContext();
    const seen: string[] = [];
    const slow = run('import time; print("begun"); time.sleep(3); 1', {
      onOutput: (_: string, chunk: Buffer) => seen.push(chunk.toString()),
    });
    await waitFor('the start', () => seen.length > 0);
    const waiting = await run('2', { timeoutMs: 500 });
    expect(waiting).toMatchObject({ timedOut: true, result: null });
    expect(await result('3', { ...other, timeoutMs: 30_000 })).toBe('3');
    expect((await slow).result).toBe('1');
  });

  it('belongs to the sandbox: another process of the platform goes on in it', async () => {
    await run('x = 7');
    const other = await (await bench.openAnother()).getOrStart(sandbox.id);
    expect(await other.interpreter.run('x')).toMatchObject({ result: '7', fresh: false });
  });

  it('ends everything of a context that is removed', async () => {
    const context = await sandbox.interpreter.createContext();
    await run(
      'import subprocess; subprocess.Popen(["sh", "-c", "(setsid sleep 4242 &) ; sleep 4242"])',
      context,
    );
    const sleepers = async () =>
      (
        await sandbox.exec(
          `for one in /proc/[0-9]*; do tr '\\0' ' ' < $one/cmdline; echo; done 2>/dev/null | grep -c '^sleep 4242'`,
        )
      ).stdout.trim();
    await waitFor('both children', async () => (await sleepers()) === '2');
    await sandbox.interpreter.removeContext(context.contextId);
    expect(await sleepers()).toBe('0');
  });

  it('says when there is no Python', async () => {
    const hidden = Object.create(sandbox, {
      exec: {
        value: (command: string[], options: object) =>
          sandbox.exec(command, { ...options, env: { PATH: '/nowhere' } }),
      },
    }) as Sandbox;
    const { ExecInterpreter } = await import('../../src/interpreter/exec-interpreter');
    const without = new ExecInterpreter(hidden);
    await expect(without.run('1')).rejects.toMatchObject({
      code: 'interpreter_unavailable',
      remedy: expect.any(String),
    });
    await expect(without.createContext()).rejects.toMatchObject({ code: 'interpreter_unavailable' });
  });
}
