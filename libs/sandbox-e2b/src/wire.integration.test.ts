import { describe, expect, it } from '@jest/globals';
import * as secondWire from 'e2b';
import * as firstWire from 'e2b-wire-1';
import { describeE2b, E2B_LIMITS, TEST_KEY } from './testing/e2b-fixture';

/** Nobody has told the server which SDK this is: it has to be right for both. */
const SDKS = [
  ['2.51, wire v2', secondWire, 'POST /v2/sandboxes'],
  ['2.50, wire v1', firstWire as unknown as typeof secondWire, 'POST /sandboxes'],
] as const;

describeE2b('the loopback server', (bench) => {
  it.each(SDKS)(
    'serves the SDK %s as its own users use it',
    async (_version, { Sandbox, CommandExitError }, creation) => {
      const options = {
        apiKey: TEST_KEY,
        apiUrl: bench.server.url,
        sandboxUrl: bench.server.url,
        domain: 'ignored',
        debug: false,
      };
      const before = bench.server.requests.length;
      const box = await Sandbox.create('base', {
        ...options,
        timeoutMs: 60_000,
        metadata: { who: 'sdk & co' },
        envs: { GIVEN: 'yes' },
      });
      expect(bench.server.requests.slice(before)).toContain(creation);

      expect(await box.commands.run('echo "out $GIVEN"; echo err >&2')).toMatchObject({
        stdout: 'out yes\n',
        stderr: 'err\n',
        exitCode: 0,
      });
      const failed = await box.commands.run('exit 7').catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(CommandExitError);
      expect(failed).toMatchObject({ exitCode: 7 });
      await expect(box.commands.run('sleep 60', { timeoutMs: 300 })).rejects.toThrow(/deadline/i);

      const reader = await box.commands.run('read line; echo "got $line"; sleep 60', {
        background: true,
        stdin: true,
        timeoutMs: 0,
      });
      const heard: string[] = [];
      const listening = await box.commands.connect(reader.pid, {
        timeoutMs: 0,
        onStdout: (text) => void heard.push(text),
      });
      await box.commands.sendStdin(reader.pid, 'in\n');
      expect((await box.commands.list()).map(({ pid }) => pid)).toContain(reader.pid);
      while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
      expect(heard.join('')).toBe('got in\n');
      expect(await box.commands.kill(reader.pid)).toBe(true);
      await expect(listening.wait()).rejects.toMatchObject({ exitCode: -1 });
      expect(await box.commands.kill(999_999)).toBe(false);

      await box.files.write('notes/a.txt', 'text');
      await box.files.write([{ path: '/app/b.bin', data: new Blob([new Uint8Array([0, 255])]) }]);
      expect(await box.files.read('notes/a.txt')).toBe('text');
      expect([...(await box.files.read('/app/b.bin', { format: 'bytes' }))]).toEqual([0, 255]);
      await expect(box.files.read('/app/none')).rejects.toThrow(/does not exist/);
      expect((await box.files.list('/home/app/notes')).map(({ name, type }) => [name, type])).toEqual([
        ['a.txt', 'file'],
      ]);
      expect(await box.files.exists('/app/none')).toBe(false);
      await box.files.makeDir('/app/folder');
      await box.files.rename('/app/b.bin', '/app/folder/c.bin');
      expect(await box.files.getInfo('/app/folder/c.bin')).toMatchObject({ size: 2, type: 'file' });
      await box.files.remove('/app/folder');
      expect(await box.files.exists('/app/folder')).toBe(false);

      expect(await box.getInfo()).toMatchObject({ state: 'running', metadata: { who: 'sdk & co' } });
      expect(await box.isRunning()).toBe(true);
      expect(box.getHost(3000)).toBe(`3000-${box.sandboxId}.${bench.server.domain}`);
      await box.setTimeout(90_000);
      const paging = Sandbox.list({
        ...options,
        query: { metadata: { who: 'sdk & co' }, state: ['running', 'paused'] },
      });
      expect((await paging.nextItems()).map(({ sandboxId }) => sandboxId)).toEqual([box.sandboxId]);
      await box.pause();
      expect(await Sandbox.getInfo(box.sandboxId, options)).toMatchObject({ state: 'paused' });
      const again = await Sandbox.connect(box.sandboxId, { ...options, timeoutMs: 60_000 });
      expect(await again.files.read('notes/a.txt')).toBe('text');
      expect(await again.kill()).toBe(true);
      expect(await again.kill()).toBe(false);
      await expect(again.commands.run('true')).rejects.toThrow(/not running|timeout|not found/i);
      await expect(Sandbox.getInfo(box.sandboxId, options)).rejects.toThrow(/not found/);
      await expect(Sandbox.create({ ...options, apiKey: 'e2b_wrong' })).rejects.toThrow(/Unauthorized/);
    },
  );
});

describe('the provider on servers of one wire', () => {
  describeE2b(
    'a server of the first wire alone',
    (bench) => {
      it('is found out once, and then spoken to in its wire', async () => {
        const sandbox = await bench.create('older');
        expect(await sandbox.exec('echo hi')).toMatchObject({ stdout: 'hi\n' });
        await sandbox.stop();
        await sandbox.start();
        expect(await sandbox.exec('echo back')).toMatchObject({ stdout: 'back\n' });
        const posts = bench.server.requests.filter((line) => /^POST .*(sandboxes|connect)$/.test(line));
        expect(posts.filter((line) => line.startsWith('POST /v2'))).toEqual(['POST /v2/sandboxes']);
        // Access to the daemon is guarded although the first wire leaves it open unless it is asked for.
        expect(bench.boxOf('older').token).toBeDefined();
        expect(await bench.another().get('nobody')).toBeUndefined();
      });

      it('is told as missing what it does not know', async () => {
        const provider = bench.another({ wire: 'v2' });
        await expect(provider.create({ id: 'newer', limits: E2B_LIMITS, labels: {} })).rejects.toMatchObject({
          code: 'sandbox_start_failed',
        });
      });
    },
    { wire: 'v1' },
  );

  describeE2b(
    'a server of the second wire alone',
    (bench) => {
      it('is never asked in the first', async () => {
        const sandbox = await bench.create('newer');
        await sandbox.stop();
        await sandbox.start();
        expect(await sandbox.exec('echo hi')).toMatchObject({ stdout: 'hi\n' });
        expect(
          bench.server.requests.filter((line) => /^POST \/sandboxes(\/[^/]+\/connect)?$/.test(line)),
        ).toEqual([]);
      });
    },
    { wire: 'v2' },
  );
});
