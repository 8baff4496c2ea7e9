import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '@showrunner/sandbox';
import { openSocket } from './shim/shim-client';
import { describeSandbox } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

describeSandbox('named processes of a local sandbox', (bench) => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.create('processes')));
  afterAll(() => sandbox.destroy());

  it('start once, are seen by every handle, and end with their whole tree', async () => {
    const started = await sandbox.startProcess('app', 'echo up; (setsid sleep 441 &); sleep 441', {
      env: { A: '1' },
      cwd: '/tmp',
    });
    expect(started).toMatchObject({ name: 'app', running: true, exitCode: null });
    expect(await sandbox.startProcess('app', 'echo other')).toEqual(started);
    const other = await bench.provider.get('processes');
    expect(await other?.processStatus('app')).toEqual(started);
    await waitFor('its output', async () => (await other?.processLog('app')) === 'up\n');
    await other?.killProcess('app');
    expect(await sandbox.processStatus('app')).toMatchObject({ running: false, signal: 'SIGKILL' });
    expect((await sandbox.exec(['pgrep', '-x', 'sleep', '-c'])).stdout.trim()).toBe('1'); // the sandbox's own
    await sandbox.killProcess('app');
    await sandbox.killProcess('never-was');
    expect(await sandbox.processStatus('never-was')).toBeUndefined();
  });

  it('are killed also in the moment of their start', async () => {
    for (let round = 0; round < 10; round++) {
      await sandbox.startProcess('brief', 'sleep 442');
      await sandbox.killProcess('brief');
      expect(await sandbox.processStatus('brief')).toMatchObject({ running: false, signal: 'SIGKILL' });
    }
  });

  it('report how they ended, with both streams in the log', async () => {
    await sandbox.startProcess('short', 'echo out; echo err >&2; exit 5');
    const ended = await waitFor('its end', async () => {
      const status = await sandbox.processStatus('short');
      return status?.running === false && status;
    });
    expect(ended).toMatchObject({ exitCode: 5, signal: null });
    expect(await sandbox.processLog('short')).toBe('out\nerr\n');
    expect(await sandbox.processLog('short', 4)).toBe('err\n');
    await sandbox.startProcess('short', 'echo second');
    await waitFor('the second start', async () => (await sandbox.processLog('short')) === 'second\n');
  });

  it('may listen on a port that hosts keep for root, and leave those of this host as they are', async () => {
    const setting = '/proc/sys/net/ipv4/ip_unprivileged_port_start';
    const ours = readFileSync(setting, 'utf8');
    await sandbox.startProcess('eighty', `exec node -e "require('http').createServer().listen(80)"`);
    await waitFor('it to listen', async () =>
      (await sandbox.listeningPorts()).some(({ port }) => port === 80),
    );
    expect(readFileSync(setting, 'utf8')).toBe(ours);
    expect((await sandbox.exec(`echo 1 > ${setting}`)).exitCode).not.toBe(0);
    await sandbox.killProcess('eighty');
  });

  it('can be reached by TCP on either loopback address, half-closed streams included', async () => {
    for (const [index, address] of ['127.0.0.1', '::1', '0.0.0.0'].entries()) {
      const port = 9100 + index;
      const server = `require('net').createServer({allowHalfOpen:true},s=>{let t='';s.on('data',d=>t+=d).on('end',()=>s.end('got '+t))}).listen(${port},'${address}')`;
      await sandbox.startProcess(`tcp${index}`, `exec node -e "${server}"`);
      await waitFor('it to listen', async () =>
        (await sandbox.listeningPorts()).some((entry) => entry.port === port),
      );
      expect(await sandbox.listeningPorts()).toContainEqual({ port, address });
      const stream = await sandbox.connect(port);
      stream.end('hello');
      const [reply] = (await once(stream, 'data')) as [Buffer];
      expect(reply.toString()).toBe('got hello');
      stream.destroy();
      await sandbox.killProcess(`tcp${index}`);
    }
    await expect(sandbox.connect(9100)).rejects.toMatchObject({ code: 'port_refused', retryable: true });
    await expect(sandbox.connect(70_000)).rejects.toMatchObject({ code: 'port_invalid' });
    await expect(sandbox.startProcess('../x', 'true')).rejects.toMatchObject({
      code: 'process_name_invalid',
    });
  });

  it('go on when a caller of their shim dies before it has read the answer', async () => {
    const started = await sandbox.startProcess('steady', 'sleep 442');
    for (let round = 0; round < 5; round++) {
      const caller = await openSocket(join(bench.home, 'processes'), 'control.sock');
      caller.write('no request\n'.repeat(1000));
      await once(caller, 'readable');
      caller.destroy();
    }
    // A shim that had died would be replaced, and its processes ended.
    expect(await sandbox.startProcess('steady', 'echo another')).toEqual(started);
    await sandbox.killProcess('steady');
  });

  it('are ended and reported when their shim is killed, and a new shim serves', async () => {
    await sandbox.startProcess('orphan', 'sleep 442');
    const shim = execFileSync('pgrep', ['-f', `keeper.mjs.*`], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
    const ours = shim.filter((pid) =>
      execFileSync('readlink', [`/proc/${pid}/cwd`], { encoding: 'utf8' }).startsWith(
        `${bench.home}/processes`,
      ),
    );
    expect(ours).toHaveLength(1);
    for (const pid of ours) process.kill(pid, 'SIGKILL');
    const again = await waitFor('a new shim', () =>
      sandbox.startProcess('orphan', 'echo again; sleep 443').catch(() => undefined),
    );
    expect(again.running).toBe(true);
    await waitFor('its output', async () => (await sandbox.processLog('orphan')) === 'again\n');
    expect((await sandbox.exec(['pgrep', '-f', 'sleep 442'])).exitCode).toBe(1);
  });
});
