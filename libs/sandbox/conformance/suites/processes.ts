import { afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';
import { waitFor } from '../../src/testing/wait-for';

export function processesSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.shared()));
  afterEach(async () => {
    for (const { name, running } of await sandbox.listProcesses())
      if (running) await sandbox.killProcess(name);
  });
  const logHas = (name: string, text: string): Promise<true> =>
    waitFor(`"${text}" in the log of ${name}`, async () => (await sandbox.processLog(name)).includes(text));

  it('starts a process once by its name, with its folder and environment', async () => {
    const command = 'echo "started in $PWD with $WORD"; echo wrong >&2; sleep 600';
    const first = await sandbox.startProcess('once', command, { cwd: '/tmp', env: { WORD: "it's" } });
    expect(first).toMatchObject({ name: 'once', running: true, exitCode: null, signal: null });
    expect(Math.abs(Date.now() - Date.parse(first.startedAt))).toBeLessThan(300_000);
    const again = await sandbox.startProcess('once', 'echo other');
    expect(again).toMatchObject({ running: true, startedAt: first.startedAt });
    await logHas('once', "started in /tmp with it's\n");
    await logHas('once', 'wrong\n');
    expect(await sandbox.processLog('once')).not.toContain('other');
  });

  it('tells how a process ended, and starts its name anew', async () => {
    await sandbox.startProcess('ends', 'echo one; exit 3');
    await waitFor('its end', async () => (await sandbox.processStatus('ends'))?.running === false);
    expect(await sandbox.processStatus('ends')).toMatchObject({
      name: 'ends',
      running: false,
      exitCode: 3,
      signal: null,
    });
    expect(await sandbox.processLog('ends')).toContain('one');
    await expect(sandbox.sendInput('ends', 'x')).rejects.toMatchObject({ code: 'process_not_running' });
    expect(await sandbox.startProcess('ends', 'echo two; sleep 600')).toMatchObject({ running: true });
    await logHas('ends', 'two');
    expect(await sandbox.processStatus('never')).toBeUndefined();
    await expect(sandbox.sendInput('never', 'x')).rejects.toMatchObject({ code: 'process_not_running' });
    await sandbox.killProcess('never');
    await expect(sandbox.startProcess('../x', 'true')).rejects.toMatchObject({
      code: 'process_name_invalid',
    });
  });

  it('lets a process that closes its output go on, and tells how it ended', async () => {
    await sandbox.startProcess('silent', 'exec >/dev/null 2>&1; sleep 1; exit 5');
    await waitFor('its end', async () => (await sandbox.processStatus('silent'))?.running === false);
    expect(await sandbox.processStatus('silent')).toMatchObject({ exitCode: 5, signal: null });
  });

  it('writes to standard input, text and bytes', async () => {
    await sandbox.startProcess('reader', 'while read -r line; do echo "got <$line>"; done');
    await sandbox.sendInput('reader', "it's $HOME é\n");
    await logHas('reader', "got <it's $HOME é>");
    await sandbox.sendInput('reader', Buffer.from('bytes\n'));
    await logHas('reader', 'got <bytes>');
  });

  it('ends the whole tree of a process', async () => {
    await sandbox.startProcess('tree', '(setsid sleep 4401 &); sh -c "sleep 4401 & sleep 4401"');
    const count = async () =>
      (
        await sandbox.exec(
          `for one in /proc/[0-9]*; do tr '\\0' ' ' < $one/cmdline; echo; done 2>/dev/null | grep -c '^sleep 4401 '`,
        )
      ).stdout.trim();
    await waitFor('the tree', async () => (await count()) === '3');
    await sandbox.killProcess('tree');
    expect(await count()).toBe('0');
    const status = await sandbox.processStatus('tree');
    expect(status).toMatchObject({ running: false });
    expect(status?.exitCode === 0).toBe(false);
    await sandbox.killProcess('tree');
  });

  it('keeps a bounded log: the first and the last of it', async () => {
    await sandbox.startProcess('chatty', 'echo FIRST; seq 1000000; echo LAST');
    await waitFor('its end', async () => (await sandbox.processStatus('chatty'))?.running === false);
    const tail = await waitFor('the last line', async () => {
      const log = await sandbox.processLog('chatty', 1000);
      return log.endsWith('LAST\n') && log;
    });
    expect(Buffer.byteLength(tail)).toBeLessThanOrEqual(1000);
    const all = await sandbox.processLog('chatty', 64 * 1024 ** 2);
    expect(all.startsWith('FIRST\n')).toBe(true);
    expect(all.length).toBeLessThan(4 * 1024 ** 2);
    expect((await sandbox.processLog('chatty')).length).toBeLessThan(1024 ** 2);
  });

  it('lists processes, and another process of the platform goes on with them', async () => {
    await sandbox.startProcess('lives', 'while read -r line; do echo "got $line"; done');
    const other = await (await bench.openAnother()).getOrStart(sandbox.id);
    const listed = await other.listProcesses();
    expect(listed).toContainEqual(expect.objectContaining({ name: 'lives', running: true }));
    await other.sendInput('lives', 'there\n');
    await logHas('lives', 'got there');
    expect(await other.startProcess('lives', 'false')).toMatchObject({ running: true });
    await other.killProcess('lives');
    expect(await sandbox.processStatus('lives')).toMatchObject({ running: false });
  });
}
