import { expect, it } from '@jest/globals';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';
import { describeE2b } from './testing/e2b-fixture';

describeE2b('named processes in E2B', (bench) => {
  it('outlives its caller, is found by another, takes input and ends with its tree', async () => {
    const sandbox = await bench.create('outlives');
    const started = await sandbox.startProcess(
      'echo',
      'echo ready; (setsid sleep 779 &); while read line; do echo "got $line"; done',
      {
        env: { NAME: 'x' },
      },
    );
    expect(started).toMatchObject({ name: 'echo', running: true, exitCode: null, signal: null });
    expect(Math.abs(Date.now() - Date.parse(started.startedAt))).toBeLessThan(60_000);

    const elsewhere = (await bench.another().get('outlives'))!;
    await elsewhere.sendInput('echo', 'hello\n');
    await waitFor('its answer', async () => (await elsewhere.processLog('echo')).includes('got hello'));
    expect(await elsewhere.startProcess('echo', 'exit 1')).toMatchObject({
      running: true,
      startedAt: started.startedAt,
    });
    expect(await elsewhere.listProcesses()).toEqual([started]);

    await elsewhere.killProcess('echo');
    expect(await sandbox.processStatus('echo')).toMatchObject({
      running: false,
      exitCode: null,
      signal: 'SIGKILL',
    });
    expect((await sandbox.exec('pgrep -fc "sleep 77[9]" || true')).stdout.trim()).toBe('0');
    await expect(sandbox.sendInput('echo', 'x')).rejects.toMatchObject({ code: 'process_not_running' });
    expect(await sandbox.processLog('echo')).toBe('ready\ngot hello\n');
  });

  it('tells how it ended, keeps the beginning and the end of its log, and can be started again', async () => {
    const sandbox = await bench.create('ends');
    await sandbox.startProcess(
      'flood',
      'echo first; head -c 5000000 /dev/zero | tr "\\0" x; echo; echo last; exit 4',
    );
    await waitFor('its end', async () => (await sandbox.processStatus('flood'))?.running === false);
    expect(await sandbox.processStatus('flood')).toMatchObject({ exitCode: 4, signal: null });
    const log = await sandbox.processLog('flood', 10_000_000);
    expect(log).toMatch(/^first\n/);
    expect(log).toMatch(/last\n$/);
    expect(log.length).toBeLessThanOrEqual(3 * 1024 ** 2);
    expect(await sandbox.processLog('flood', 5)).toBe('last\n');
    await sandbox.startProcess('flood', 'echo again');
    await waitFor('its second end', async () => (await sandbox.processStatus('flood'))?.running === false);
    expect(await sandbox.processLog('flood')).toBe('again\n');
  });

  it('knows a process whose supervisor was killed, and ends what is left of it', async () => {
    const sandbox = await bench.create('orphan');
    await sandbox.startProcess('web', 'sleep 780');
    await sandbox.exec('pkill -9 -o -f "process /home/app/.showrunner web"');
    await waitFor('its end', async () => (await sandbox.processStatus('web'))?.running === false);
    expect(await sandbox.processStatus('web')).toMatchObject({ running: false, signal: 'SIGKILL' });
    await sandbox.killProcess('web');
    expect((await sandbox.exec('pgrep -fc "sleep 78[0]" || true')).stdout.trim()).toBe('0');
  });

  it('refuses bad names, knows nothing of others, and says why one could not start', async () => {
    const sandbox = await bench.create('names');
    await expect(sandbox.startProcess('../x', 'true')).rejects.toMatchObject({
      code: 'process_name_invalid',
    });
    expect(await sandbox.processStatus('nobody')).toBeUndefined();
    expect(await sandbox.processLog('nobody')).toBe('');
    expect(await sandbox.listProcesses()).toEqual([]);
    await sandbox.killProcess('nobody');
    const nowhere = sandbox.startProcess('web', 'true', { cwd: '/no/such' });
    await expect(nowhere).rejects.toMatchObject({
      code: 'process_start_failed',
      message: expect.stringContaining('/no/such'),
    });
  });
});
