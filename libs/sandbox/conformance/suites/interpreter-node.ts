import { afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';

/** What contexts of JavaScript and TypeScript do of their own; what is the server's is proven with those of Python. */
export function nodeInterpreterSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.shared()));
  afterEach(async () => {
    for (const { contextId } of await sandbox.interpreter.listContexts())
      await sandbox.interpreter.removeContext(contextId);
  });
  const run = (code: string, options = {}) =>
    sandbox.interpreter.run(code, { language: 'typescript', ...options });
  const result = async (code: string, options = {}) => {
    const { error, result: shown } = await run(code, options);
    return error?.traceback ?? shown;
  };

  it('keeps what is declared and imported, and awaits at top level', async () => {
    expect(
      await run("import os, { type CpuInfo } from 'node:os';\nlet x: number = 20;\nenum Color { Red = 'r' }"),
    ).toMatchObject({ result: null, error: null, fresh: true });
    expect(await run('x += await Promise.resolve(1); x')).toMatchObject({ result: '21', fresh: false });
    expect(await result('let x = 5; [x, Color.Red, typeof os.cpus]')).toBe("[ 5, 'r', 'function' ]");
    expect(
      await result('interface P { a?: P }\nclass Box<T> { constructor(readonly of: T) {} }\nnew Box<P>({})'),
    ).toBe('Box { of: {} }');
    expect(await result('undefined')).toBeNull();
    expect(await result('{ a: 1 }')).toBe('{ a: 1 }');
    await sandbox.files.write('/app/typed.ts', 'export const two: number = 2;');
    expect(await result("import { two } from './typed'; two")).toBe('2');
    expect(await result('typeof x', { language: 'javascript' })).toBe("'undefined'");
    expect(
      (await sandbox.interpreter.listContexts()).map(({ contextId, language }) => [contextId, language]),
    ).toEqual(
      expect.arrayContaining([
        ['ts-default', 'typescript'],
        ['js-default', 'javascript'],
      ]),
    );
  });

  it('tells what is thrown by the lines of the code, and of nothing else', async () => {
    const raised = await run(
      'type N = number;\nfunction f(n: N): never {\n  throw new TypeError(`no ${n}`);\n}\nf(3)',
    );
    expect(raised.error).toEqual({
      name: 'TypeError',
      value: 'no 3',
      traceback: expect.stringMatching(
        /^TypeError: no 3\n\s+at f \(run-1\.ts:3:9\)\n\s+at run-1\.ts:5:\d+\n$/,
      ),
    });
    expect((await run('let a: number = 1;\nlet b = ;')).error).toMatchObject({
      name: 'SyntaxError',
      traceback: expect.stringMatching(/^run-2\.ts:2\nlet b = ;\n/),
    });
    expect((await run('\nawait Promise.reject(new RangeError("late"))')).error?.traceback).toContain(
      'run-3.ts:2',
    );
    expect((await run("import { nothing } from 'fs'", { language: 'javascript' })).error?.value).toMatch(
      /nothing/,
    );
  });

  it('interrupts code that gives no way, before and behind an await, and keeps the variables', async () => {
    await run('let x = 5');
    for (const late of ['while (true);', 'await 0; while (true);', 'await new Promise(() => {})']) {
      const done = await run(`console.log('begun'); ${late}`, { timeoutMs: 1500 });
      expect(done).toMatchObject({ timedOut: true, stdout: 'begun\n', error: { name: 'Interrupted' } });
    }
    expect(await run('x')).toMatchObject({ result: '5', fresh: false });
  });

  it('outlives what fails behind an execution, and tells of its own death', async () => {
    const late = await run(
      "setTimeout(() => { throw new Error('late') }); await new Promise((go) => setTimeout(go, 100)); 1",
    );
    expect(late).toMatchObject({ result: '1', stderr: expect.stringContaining('Error: late') });
    const dead = await run(
      "require('child_process').spawn('sleep', ['30'], { detached: true, stdio: 'ignore' }).unref();\nprocess.stdout.write('last words'); process.exit(3)",
    );
    expect(dead).toMatchObject({
      stdout: 'last words',
      error: { name: 'ContextDied', value: expect.stringMatching(/exit code 3/) },
    });
    expect(await run('1')).toMatchObject({ result: '1', fresh: true });
  });

  it('bounds output and results, and has a context for one language', async () => {
    const flood = await run(
      "for (let at = 0; at < 40; at += 1) process.stdout.write('x'.repeat(65536)); 'y'.repeat(1e7)",
    );
    expect(flood.error).toBeNull();
    expect([flood.truncated, (flood.result ?? '').length < 100_000, flood.stdout.length > 500_000]).toEqual([
      true,
      true,
      true,
    ]);
    const context = await sandbox.interpreter.createContext({ language: 'javascript', cwd: '/tmp' });
    expect(context.language).toBe('javascript');
    expect(await result('process.cwd()', { ...context, language: undefined })).toBe("'/tmp'");
    await expect(run('1', context)).resolves.toMatchObject({ result: '1' });
    await expect(run('1', { contextId: context.contextId })).rejects.toMatchObject({
      code: 'context_language_differs',
    });
    await expect(run('1', { contextId: 'ts-0123456789ab' })).rejects.toMatchObject({
      code: 'context_not_found',
    });
  });
}
