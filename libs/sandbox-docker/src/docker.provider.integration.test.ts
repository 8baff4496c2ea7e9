import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import type { Sandbox } from '@showrunner/sandbox';
import { describeDocker, SMALL } from './testing/docker-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

describeDocker('exec in a container', (bench) => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.create()));

  it('reports exit code, both streams, folder, environment, user', async () => {
    const done = await sandbox.exec('pwd; echo "$GREETING $HOME"; id -u; echo wrong >&2; exit 7', {
      cwd: '/tmp',
      env: { GREETING: 'a b' },
    });
    expect(done).toMatchObject({
      exitCode: 7,
      signal: null,
      stdout: '/tmp\na b /home/app\n1000\n',
      stderr: 'wrong\n',
    });
    expect(done).toMatchObject({ timedOut: false, outOfMemory: false, truncated: false });
  });

  it('takes an argv as it is, builtins of shells included', async () => {
    expect((await sandbox.exec(['printf', '%s|', 'a b', '$HOME', '; id'])).stdout).toBe('a b|$HOME|; id|');
    expect((await sandbox.exec(['exit', '3'])).exitCode).toBe(127);
  });

  it('reports a missing program, a missing folder and a signal as results', async () => {
    expect((await sandbox.exec(['no-such-program'])).exitCode).toBe(127);
    expect((await sandbox.exec('true', { cwd: '/nowhere' })).exitCode).toBe(125);
    expect(await sandbox.exec('kill -TERM $$')).toMatchObject({
      exitCode: null,
      signal: 'SIGTERM',
      stderr: '',
    });
  });

  it('feeds standard input from bytes and from a stream, read or not', async () => {
    expect((await sandbox.exec('cat', { stdin: Buffer.from('bytes') })).stdout).toBe('bytes');
    const stdin = Readable.from([Buffer.alloc(300_000)]);
    expect((await sandbox.exec('wc -c', { stdin })).stdout.trim()).toBe('300000');
    expect((await sandbox.exec('true', { stdin: Buffer.alloc(5_000_000) })).exitCode).toBe(0);
    expect((await sandbox.exec('cat')).stdout).toBe('');
  });

  it('streams output while the command runs', async () => {
    const seen: string[] = [];
    const stdin = Readable.from(
      (async function* () {
        await waitFor('the first line', () => seen.includes('stdout first\n'));
        yield 'second\n';
      })(),
    );
    const onOutput = (stream: string, chunk: Buffer) => seen.push(`${stream} ${chunk.toString()}`);
    const done = await sandbox.exec('echo first; read line; echo "$line"', { stdin, onOutput });
    expect(done.stdout).toBe('first\nsecond\n');
  });

  it('ends the whole tree at the time limit: double forks, new sessions, emptied environments', async () => {
    const done = await sandbox.exec(
      '(setsid sh -c "sleep 333 & exec env -i /bin/sleep 333" &); env -i /bin/sh -c "(sleep 333 &)"; sleep 333',
      { timeoutMs: 500 },
    );
    expect(done).toMatchObject({ timedOut: true, exitCode: null, signal: 'SIGKILL' });
    expect(done.durationMs).toBeLessThan(5000);
    expect((await sandbox.exec(['pgrep', '-x', 'sleep', '-c'])).stdout.trim()).toBe('1'); // the container's own
  });

  it('ends what a command leaves in the background, and does not wait for it', async () => {
    const done = await sandbox.exec('env -i setsid sleep 334 & echo started');
    expect(done).toMatchObject({ exitCode: 0, stdout: 'started\n' });
    expect(done.durationMs).toBeLessThan(5000);
    expect((await sandbox.exec(['pgrep', '-x', 'sleep', '-c'])).stdout.trim()).toBe('1');
  });

  it('ends the tree and rejects when the caller gives up', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const running = sandbox.exec('echo on; sleep 335', { signal, onOutput: () => controller.abort() });
    await expect(running).rejects.toMatchObject({ code: 'exec_aborted' });
    expect((await sandbox.exec(['pgrep', '-x', 'sleep', '-c'])).stdout.trim()).toBe('1');
    await expect(sandbox.exec('true', { signal })).rejects.toMatchObject({ code: 'exec_aborted' });
  });

  it('keeps head and tail of 300 MB of output, in little memory', async () => {
    const before = process.memoryUsage().rss;
    const done = await sandbox.exec('echo head; head -c 300000000 /dev/zero; echo tail', {
      maxOutputBytes: 4096,
    });
    expect(done.truncated).toBe(true);
    expect(done.stdout.startsWith('head\n')).toBe(true);
    expect(done.stdout.endsWith('tail\n')).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(160 * 1024 ** 2);
  });

  it('tells when memory ran out', async () => {
    const done = await sandbox.exec(['python3', '-c', 'a = b"x" * 400_000_000']);
    expect(done).toMatchObject({ signal: 'SIGKILL', outOfMemory: true });
  });

  it('outlives a fork bomb', async () => {
    // Its shell forks once, before there is a bomb, and waits without a fork: others it might not get.
    const done = await sandbox.exec('f() { f | f & }; f & exec sleep 300', { timeoutMs: 1500 });
    expect(done.timedOut).toBe(true);
    expect(await sandbox.exec('echo alive')).toMatchObject({ exitCode: 0, signal: null, stdout: 'alive\n' });
  });

  it('leaves no dead process of a fork bomb in the place of a living one', async () => {
    await sandbox.exec('f() { f | f & }; f & exec sleep 300', { timeoutMs: 1500 });
    // Most of the 128 that it may have, and a shell that cannot fork ends before it says so.
    const many = await sandbox.exec('i=0; while [ $i -lt 100 ]; do sleep 9 & i=$((i+1)); done; echo all');
    expect(many).toMatchObject({ exitCode: 0, stdout: 'all\n' });
  });

  it('is not root, has no capability, no network and nothing to write but its own', async () => {
    const facts = await sandbox.exec(
      'grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status; cut -d: -f1 /proc/net/dev; touch /etc/x /usr/x /x 2>&1; touch /app/x /home/app/x /tmp/x && echo kept; df /tmp /dev/shm | wc -l',
    );
    expect(facts.stdout).toMatch(/CapEff:\s+0000000000000000/);
    expect(facts.stdout).toMatch(/NoNewPrivs:\s+1/);
    expect(facts.stdout).toMatch(/^\s*lo$/m);
    expect(facts.stdout).not.toContain('eth0');
    expect(facts.stdout.match(/cannot touch|can't create|Read-only|denied/g)?.length).toBeGreaterThanOrEqual(
      3,
    );
    expect(facts.stdout).toContain('kept\n');
  });
});

describeDocker('processes and ports of a container', (bench) => {
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await bench.create()));

  it('start once, are seen by every handle, and end with their whole tree', async () => {
    const started = await sandbox.startProcess('app', 'echo up; (env -i setsid sleep 441 &); sleep 441', {
      cwd: '/tmp',
    });
    expect(started).toMatchObject({ name: 'app', running: true, exitCode: null });
    expect(await sandbox.startProcess('app', 'echo other')).toEqual(started);
    const other = await (await bench.open()).get(sandbox.id);
    expect(await other?.processStatus('app')).toEqual(started);
    await waitFor('its output', async () => (await other?.processLog('app')) === 'up\n');
    await other?.killProcess('app');
    expect(await sandbox.processStatus('app')).toMatchObject({ running: false, signal: 'SIGKILL' });
    expect((await sandbox.exec(['pgrep', '-x', 'sleep', '-c'])).stdout.trim()).toBe('1');
    await sandbox.killProcess('never-was');
    expect(await sandbox.processStatus('never-was')).toBeUndefined();
  });

  it('take input, report how they ended, and keep both streams', async () => {
    await sandbox.startProcess('short', 'read line; echo "got $line"; echo err >&2; exit 5');
    await sandbox.sendInput('short', 'this\n');
    const ended = await waitFor('its end', async () => {
      const status = await sandbox.processStatus('short');
      return status?.running === false && status;
    });
    expect(ended).toMatchObject({ exitCode: 5, signal: null });
    await waitFor('its log', async () => (await sandbox.processLog('short')) === 'got this\nerr\n');
    expect(await sandbox.processLog('short', 4)).toBe('err\n');
    await expect(sandbox.sendInput('short', 'x')).rejects.toMatchObject({ code: 'process_not_running' });
    await expect(sandbox.startProcess('../x', 'true')).rejects.toMatchObject({
      code: 'process_name_invalid',
    });
    expect((await sandbox.listProcesses()).map(({ name }) => name)).toEqual(['app', 'short']);
  });

  it('keep the first and the last MiB of a log', async () => {
    await sandbox.startProcess(
      'loud',
      'echo first; head -c 6000000 /dev/zero | tr "\\\\0" x; echo; echo last',
    );
    await waitFor('its end', async () => (await sandbox.processStatus('loud'))?.running === false);
    await waitFor('its log', async () => (await sandbox.processLog('loud')).endsWith('x\nlast\n'));
    const log = await sandbox.processLog('loud', 10_000_000);
    expect(log.startsWith('first\nxxx')).toBe(true);
    expect(log.length).toBeLessThan(4 * 1024 ** 2);
  });

  it('can be reached by TCP on either loopback address, half-closed streams included', async () => {
    for (const [index, address] of ['127.0.0.1', '::1'].entries()) {
      const port = 9100 + index;
      const server = `require('net').createServer({allowHalfOpen:true},s=>{const t=[];s.on('data',d=>t.push(d)).on('end',()=>s.end(Buffer.concat(t)))}).listen(${port},'${address}')`;
      await sandbox.startProcess(`tcp${index}`, `exec node -e "${server}"`);
      await waitFor('it to listen', async () =>
        (await sandbox.listeningPorts()).some((entry) => entry.port === port),
      );
      const stream = await sandbox.connect(port);
      const sent = Buffer.alloc(3_000_000, 'abcdefg');
      stream.end(sent);
      const chunks: Buffer[] = [];
      for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(sent)).toBe(true);
      await sandbox.killProcess(`tcp${index}`);
    }
    await expect(sandbox.connect(9100)).rejects.toMatchObject({ code: 'port_refused', retryable: true });
    await expect(sandbox.connect(70_000)).rejects.toMatchObject({ code: 'port_invalid' });
  });
});

describeDocker('network of a container', (bench) => {
  let sandbox: Sandbox;
  let site: Server;
  let port = 0;
  const get = (path = '/') =>
    sandbox.exec(['curl', '-sS', '-m', '10', `http://127.0.0.1:${port}${path}`], {
      env: { no_proxy: '', NO_PROXY: '' },
    });
  beforeAll(async () => {
    sandbox = await bench.create();
    site = createServer((_request, response) => response.end('hello from outside'));
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    port = (site.address() as AddressInfo).port;
  });
  afterAll(() => void site.close());

  it('is none outside a phase, and what the policy says within one', async () => {
    expect((await get()).exitCode).not.toBe(0);
    const privateHosts = [`127.0.0.1:${port}`];
    const { value, decisions } = await sandbox.withNetwork(
      { mode: 'allow', hosts: [], privateHosts },
      async () => {
        const refused = await sandbox.exec(['curl', '-sS', '-m', '10', 'http://example.com/']);
        return { allowed: (await get()).stdout, refused: refused.stdout };
      },
    );
    expect(value.allowed).toBe('hello from outside');
    expect(value.refused).toContain('not allowed');
    expect(decisions.map(({ host, allowed }) => [host, allowed])).toEqual([
      ['example.com', false],
      ['127.0.0.1', true],
    ]);
    expect((await get()).exitCode).not.toBe(0);
    expect((await sandbox.egressLog()).length).toBe(2);
  });

  it('changes while it runs, also by another process, and comes back after a stop', async () => {
    await sandbox.setNetwork({ mode: 'allow', hosts: [], privateHosts: [`127.0.0.1:${port}`] });
    expect((await get()).stdout).toBe('hello from outside');
    await sandbox.stop();
    await sandbox.start();
    expect((await get()).stdout).toBe('hello from outside');
    const other = await (await bench.open()).get(sandbox.id);
    await other?.setNetwork({ mode: 'none' });
    await waitFor('the change', async () => (await get()).exitCode !== 0);
  });
});

describeDocker('life of a container', (bench) => {
  it('keeps its files through stop and archive, and is adopted', async () => {
    const sandbox = await bench.create({ labels: { owner: 'me', kind: 'x' }, environment: { KEPT: 'yes' } });
    const { id } = sandbox;
    await sandbox.exec(
      'echo text > /app/file; ln -s /etc/passwd /app/link; mkdir -p /home/app/d; echo home > /home/app/d/f; chmod 640 /app/file',
    );
    await sandbox.startProcess('app', 'sleep 442');
    const look = async () =>
      (
        await sandbox.exec(
          'cat /app/file /home/app/d/f; readlink /app/link; stat -c %a-%u /app/file; echo $KEPT',
        )
      ).stdout;
    const kept = 'text\nhome\n/etc/passwd\n640-1000\nyes\n';
    await sandbox.stop();
    await sandbox.stop();
    expect((await sandbox.info()).status).toBe('stopped');
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_not_running' });
    await sandbox.start();
    await sandbox.start();
    expect(await look()).toBe(kept);
    expect(await sandbox.processStatus('app')).toMatchObject({ running: false });
    await sandbox.archive();
    await sandbox.archive();
    expect((await sandbox.info()).status).toBe('archived');
    expect((await sandbox.metrics()).diskBytes).toBeGreaterThan(0);
    await sandbox.setLabels({ owner: 'you' });
    expect((await bench.provider.list({ owner: 'you' })).map((info) => [info.id, info.status])).toEqual([
      [id, 'archived'],
    ]);
    const again = await bench.create({ id });
    expect(again.id).toBe(id);
    expect(await look()).toBe(kept);
    const [info] = await bench.provider.list({ owner: 'you' });
    expect(info).toMatchObject({ id, status: 'running', provider: 'docker' });
    expect(info?.limits.memoryBytes).toMatchObject({ requested: 256 * 1024 ** 2, enforced: 256 * 1024 ** 2 });
    expect(await bench.provider.list({ owner: 'me' })).toEqual([]);
    await sandbox.destroy();
    await sandbox.destroy();
    expect(await bench.provider.get(id)).toBeUndefined();
    expect((await sandbox.info()).status).toBe('destroyed');
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_lost' });
    await expect(bench.provider.getOrStart(id)).rejects.toMatchObject({ code: 'sandbox_not_found' });
  });

  it('is made once, however many ask at the same time', async () => {
    const providers = await Promise.all([bench.open(), bench.open(), bench.open()]);
    const id = 'same-one';
    const made = await Promise.all(
      providers.map((provider) => provider.create({ id, limits: SMALL, labels: { a: 'b' } })),
    );
    expect(new Set(made.map((sandbox) => sandbox.id))).toEqual(new Set([id]));
    expect((await bench.provider.list()).filter((info) => info.id === id)).toHaveLength(1);
    await bench.provider.destroy(id);
  });

  it('counts what it uses', async () => {
    const sandbox = await bench.create();
    await sandbox.exec(
      'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; head -c 5000000 /dev/zero > /app/big',
    );
    const metrics = await sandbox.metrics();
    expect(metrics.cpuSeconds).toBeGreaterThan(0.05);
    expect(metrics.memoryBytes).toBeGreaterThan(100_000);
    expect(metrics.processes).toBeGreaterThanOrEqual(1);
    expect(metrics.diskBytes).toBeGreaterThan(4_900_000);
    await sandbox.destroy();
  });

  it('is reported as lost when it dies', async () => {
    const sandbox = await bench.create();
    const waiting = sandbox.exec('sleep 300');
    waiting.catch(() => undefined);
    await waitFor('it to run', async () => (await sandbox.exec('pgrep -f "sleep 300"')).exitCode === 0);
    await sandbox.exec('kill -9 -1').catch(() => undefined);
    await expect(waiting).rejects.toMatchObject({ code: 'sandbox_lost' });
    expect((await sandbox.info()).status).toBe('failed');
    await expect(sandbox.start()).rejects.toMatchObject({ code: 'sandbox_lost' });
    const another = await bench.create({ id: sandbox.id });
    expect((await another.exec('echo new')).stdout).toBe('new\n');
    await another.destroy();
  });
});
