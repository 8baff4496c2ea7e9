import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Sandbox } from '@showrunner/sandbox';
import { runBundled } from './testing/run-bundled';
import { describeSandbox, SMALL, tracesOf } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

const NONE = { mode: 'none' as const };

describeSandbox('the policy of network outside phases', (bench) => {
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer((_request, response) => response.end('host says hello'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => void (server.closeAllConnections(), server.close()));

  const open = () => ({ mode: 'allow' as const, hosts: [], privateHosts: [`localhost:${port}`] });
  const shut = { mode: 'allow' as const, hosts: ['example.test'] };
  const fetch = ['curl', '-sS', '-m', '5', '--noproxy', '', '-w', ' %{http_code}'];
  const ask = (sandbox: Sandbox, url = `http://localhost:${port}/`) => sandbox.exec([...fetch, url]);
  const proxies = () =>
    readdirSync('/proc').filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`${bench.home}/`) && isEgressProxy(pid);
      } catch {
        return false; // ended meanwhile
      }
    });
  const isEgressProxy = (pid: string) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('gate.mjs\0');

  it('changes at once, for every handle, and leaves a record', async () => {
    const sandbox = await bench.create('live');
    const other = await bench.provider.get('live');
    expect((await ask(sandbox)).exitCode).not.toBe(0);
    await sandbox.setNetwork(open());
    expect((await ask(sandbox)).stdout).toBe('host says hello 200');
    expect((await other?.exec('echo $http_proxy'))?.stdout).toBe('http://127.0.0.1:3128\n');
    expect((await ask(sandbox, 'http://example.com/')).stdout).toMatch(/ 403$/);
    expect(await sandbox.listeningPorts()).toEqual([]);
    await other?.setNetwork(shut);
    expect((await ask(sandbox)).stdout).toMatch(/ 403$/);
    await other?.setNetwork(NONE);
    expect((await ask(sandbox)).exitCode).not.toBe(0);
    expect((await sandbox.exec('echo $http_proxy')).stdout).toBe('\n');
    expect((await sandbox.exec(['curl', '-sS', '-m', '2', 'http://127.0.0.1:3128/'])).exitCode).toBe(7);
    expect(proxies()).toEqual([]);
    const log = await sandbox.egressLog();
    expect(log.map(({ host, allowed }) => [host, allowed])).toEqual([
      ['localhost', true],
      ['example.com', false],
      ['localhost', false],
    ]);
    const { networkReceivedBytes, networkSentBytes } = await sandbox.metrics();
    expect(networkReceivedBytes).toBeGreaterThan('host says hello'.length);
    expect(networkSentBytes).toBeGreaterThan(50);
    await sandbox.destroy();
  });

  it('cuts what flows and is no longer allowed, and nothing else', async () => {
    const sandbox = await bench.create('cut', { memoryBytes: 512 * 1024 ** 2 });
    await sandbox.setNetwork(open());
    const client = `const s=require('net').connect(3128,'127.0.0.1',()=>s.write('CONNECT localhost:${port} HTTP/1.1\\r\\n\\r\\n'));s.on('data',d=>console.log(String(d).slice(0,12))).on('error',()=>{}).on('close',()=>console.log('cut'))`;
    await sandbox.startProcess('tunnel', `exec node -e "${client}"`);
    await waitFor('the tunnel', async () => (await sandbox.processLog('tunnel')).includes('200'));
    await sandbox.setNetwork({ ...open(), hosts: ['example.test'] });
    expect((await ask(sandbox)).stdout).toBe('host says hello 200');
    expect(await sandbox.processLog('tunnel')).not.toContain('cut');
    await sandbox.setNetwork(shut);
    await waitFor('the cut', async () => (await sandbox.processLog('tunnel')).includes('cut'));
    await sandbox.destroy();
  });

  it('gives way to a phase, and holds again after it', async () => {
    const sandbox = await bench.create('phases');
    await sandbox.setNetwork(open());
    const inNone = await sandbox.withNetwork(NONE, () => ask(sandbox));
    expect(inNone.value.exitCode).not.toBe(0);
    const inShut = await sandbox.withNetwork(shut, () => ask(sandbox));
    expect(inShut.value.stdout).toMatch(/ 403$/);
    expect(inShut.decisions).toMatchObject([{ host: 'localhost', allowed: false }]);
    await sandbox.withNetwork(shut, async () => {
      await expect(sandbox.withNetwork(NONE, async () => 1)).rejects.toMatchObject({
        code: 'network_phase_open',
      });
    });
    expect((await ask(sandbox)).stdout).toBe('host says hello 200');
    expect((await sandbox.egressLog()).map(({ allowed }) => allowed)).toEqual([false, true]);
    await sandbox.destroy();
  });

  it('holds from the creation on, outlives its caller, and comes back with a start', async () => {
    await runBundled(
      `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(bench.home)} });
       await provider.create({ id: 'lasting', limits: ${JSON.stringify(SMALL)}, labels: {}, network: ${JSON.stringify(open())} });
       console.log('made');
       setInterval(() => undefined, 1000);`,
      { until: 'made' },
    );
    const sandbox = await bench.provider.getOrStart('lasting');
    expect((await ask(sandbox)).stdout).toBe('host says hello 200');
    await sandbox.stop();
    expect(proxies()).toEqual([]);
    await sandbox.setNetwork(shut);
    expect(proxies()).toEqual([]);
    await sandbox.start();
    expect((await ask(sandbox)).stdout).toMatch(/ 403$/);
    await sandbox.setNetwork(open());
    await sandbox.archive();
    await sandbox.start();
    expect((await ask(sandbox)).stdout).toBe('host says hello 200');
    await sandbox.destroy();
    await waitFor('all to end', () => tracesOf(bench.home).processes.length === 0);
    expect(tracesOf(bench.home).groups.filter((group) => group.includes('lasting'))).toEqual([]);
  });

  it('is held by an egress proxy that is nobody on the host, apart from the sandbox and within limits', async () => {
    const sandbox = await bench.create('gated');
    await sandbox.setNetwork(open());
    const [pid = ''] = proxies();
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const meta = JSON.parse(readFileSync(join(bench.home, 'gated/meta.json'), 'utf8')) as {
      hostUid: number;
      gateUid: number;
    };
    expect(meta.gateUid).not.toBe(meta.hostUid);
    expect(status).toMatch(new RegExp(`Uid:\t${meta.gateUid}\t${meta.gateUid}\t${meta.gateUid}\t`));
    expect(status).toMatch(/Groups:\s*\n/);
    for (const set of ['CapPrm', 'CapEff', 'CapAmb']) expect(status).toMatch(new RegExp(`${set}:\\t0{16}`));
    expect(status).toContain('NoNewPrivs:\t1');
    expect(readFileSync(`/proc/${pid}/cgroup`, 'utf8')).toMatch(/showrunner\/gated-[0-9a-f]{8}\.gate/);
    // An egress proxy that is killed leaves the sandbox without a way out, until a policy is set again.
    process.kill(Number(pid), 'SIGKILL');
    await waitFor('its end', () => !existsSync(`/proc/${pid}`));
    expect((await ask(sandbox)).exitCode).not.toBe(0);
    await sandbox.setNetwork(open());
    expect((await ask(sandbox)).stdout).toBe('host says hello 200');
    await sandbox.exec('pkill -9 -x sleep');
    await waitFor('egress proxy and shim to end', () => tracesOf(bench.home).processes.length === 0);
    await sandbox.destroy();
  });

  it('is refused when it is none, and bounded in what it records', async () => {
    const bad = { mode: 'allow' as const, hosts: ['http://example.com'] };
    await expect(
      bench.provider.create({ id: 'bad', limits: SMALL, labels: {}, network: bad }),
    ).rejects.toMatchObject({ code: 'network_host_invalid' });
    const sandbox = await bench.create('flood');
    await expect(sandbox.setNetwork(bad)).rejects.toMatchObject({ code: 'network_host_invalid' });
    await sandbox.setNetwork(shut);
    const flood = `const net=require('net');let left=6000;const one=()=>{if(left--<=0)return;const s=net.connect(3128,'127.0.0.1',()=>s.write('CONNECT '+'x'.repeat(200)+left+'.test:443 HTTP/1.1\\r\\n\\r\\n'));s.on('error',()=>{}).on('data',()=>s.destroy()).on('close',one)};for(let i=0;i<50;i++)one()`;
    expect((await sandbox.exec(['node', '-e', flood], { timeoutMs: 25_000 })).exitCode).toBe(0);
    const log = await sandbox.egressLog();
    expect(log.length).toBeGreaterThan(1000);
    expect(log.length).toBeLessThan(6000);
    expect(log.every(({ allowed }) => !allowed)).toBe(true);
    await sandbox.destroy();
  });
});
