import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NetworkPolicy, Sandbox } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';

const NONE: NetworkPolicy = { mode: 'none' };

export function networkSuite(bench: ConformanceBench): void {
  let sandbox: Sandbox;
  let port = 0;
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.end('reached');
  });
  beforeAll(async () => {
    server.listen(0, bench.harness.testHost === undefined ? '127.0.0.1' : '0.0.0.0');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    sandbox = await bench.shared();
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await sandbox.setNetwork(NONE);
  });
  const host = (): string => `${bench.harness.testHost ?? '127.0.0.1'}:${port}`;
  const fetchOne = (url: string) =>
    sandbox.exec(['curl', '-sS', '-f', '-g', '-m', '8', '--noproxy', '', url]);
  const reaches = async (): Promise<boolean> => (await fetchOne(`http://${host()}/`)).stdout === 'reached';
  const allowHost = (): NetworkPolicy => ({ mode: 'allow', hosts: [], privateHosts: [host()] });

  it('has no way out unless one is given', async () => {
    expect(await reaches()).toBe(false);
    const direct = await sandbox.exec(
      ['python3', '-c', 'import socket; socket.create_connection(("1.1.1.1", 53), 3)'],
      { timeoutMs: 20_000 },
    );
    expect(direct.exitCode).not.toBe(0);
    expect(asked).toBe(0);
  });

  it('opens a phase to its list alone and shuts it after, whatever happens within', async () => {
    if (bench.harness.reachesTestHost !== true || !bench.provider().capabilities.network.hosts) return;
    const { value, decisions } = await sandbox.withNetwork(allowHost(), async () => [
      await reaches(),
      (await fetchOne('http://not-on-the-list.example/')).exitCode === 0,
      (await fetchOne('http://169.254.169.254/latest/meta-data/')).exitCode === 0,
    ]);
    expect(value).toEqual([true, false, false]);
    if (bench.provider().capabilities.egressLog === 'complete') {
      expect(decisions).toContainEqual(
        expect.objectContaining({ port, allowed: true, at: expect.any(String) }),
      );
      expect(decisions).toContainEqual(
        expect.objectContaining({
          host: 'not-on-the-list.example',
          allowed: false,
          reason: expect.stringMatching(/.{5}/),
        }),
      );
    }
    expect(await reaches()).toBe(false);
    await expect(
      sandbox.withNetwork(allowHost(), () => Promise.reject(new TypeError('within'))),
    ).rejects.toThrow('within');
    expect(await reaches()).toBe(false);
  });

  it('never opens private addresses by a name or by *', async () => {
    const { network } = bench.provider().capabilities;
    if (bench.harness.reachesTestHost !== true || !network.privateAddressesRefused) return;
    const before = asked;
    const names = ['localhost', '127.0.0.1', '*', '[::1]', '169.254.169.254'];
    await sandbox.withNetwork({ mode: 'allow', hosts: names }, async () => {
      for (const name of ['127.0.0.1', 'localhost', '0.0.0.0', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])
        expect((await fetchOne(`http://${name}:${port}/`)).stdout).not.toBe('reached');
    });
    expect(asked).toBe(before);
  });

  it('changes what holds outside phases at once, and returns to it after a phase', async () => {
    const { network } = bench.provider().capabilities;
    if (!network.live) {
      await expect(sandbox.setNetwork(allowHost())).rejects.toMatchObject({
        code: 'sandbox_capability_missing',
      });
      return;
    }
    if (bench.harness.reachesTestHost !== true || !network.hosts) return;
    await sandbox.setNetwork(allowHost());
    expect(await reaches()).toBe(true);
    await sandbox.withNetwork(NONE, async () => expect(await reaches()).toBe(false));
    expect(await reaches()).toBe(true);
    const other = await (await bench.openAnother()).getOrStart(sandbox.id);
    await other.setNetwork(NONE);
    expect(await reaches()).toBe(false);
  });

  it('cuts connections that are open when the policy changes', async () => {
    const { network } = bench.provider().capabilities;
    if (bench.harness.reachesTestHost !== true || !network.live || !network.hosts) return;
    let reply: { write(text: string): void; destroyed: boolean } | undefined;
    const slow = createServer((_request, response) => {
      reply = response;
      response.write('begun\n');
    });
    slow.listen(0, bench.harness.testHost === undefined ? '127.0.0.1' : '0.0.0.0');
    await once(slow, 'listening');
    const to = `${bench.harness.testHost ?? '127.0.0.1'}:${(slow.address() as AddressInfo).port}`;
    await sandbox.setNetwork({ mode: 'allow', hosts: [], privateHosts: [to] });
    const running = sandbox.exec(['curl', '-sS', '-N', '-m', '50', '--noproxy', '', `http://${to}/`], {
      onOutput: (stream, chunk) => {
        if (stream === 'stdout' && chunk.toString().includes('begun')) void sandbox.setNetwork(NONE);
      },
    });
    const done = await running;
    expect(reply).toBeDefined();
    expect(done.durationMs).toBeLessThan(45_000);
    slow.closeAllConnections();
    slow.close();
  });

  it('keeps the latest decisions where it says so', async () => {
    const log = await sandbox.egressLog();
    if (bench.provider().capabilities.egressLog !== 'complete') return expect(log).toEqual([]);
    if (bench.harness.reachesTestHost !== true) return;
    await sandbox.withNetwork(allowHost(), reaches);
    const latest = (await sandbox.egressLog()).at(-1);
    expect(latest).toMatchObject({ port, allowed: true });
  });

  it('begins with the policy of its creation', async () => {
    if (bench.harness.reachesTestHost !== true || !bench.provider().capabilities.network.hosts) return;
    const open = await bench.create({ network: allowHost() });
    const got = await open.exec(['curl', '-sS', '-f', '-m', '8', '--noproxy', '', `http://${host()}/`]);
    expect(got.stdout).toBe('reached');
    await open.destroy();
  });

  it('refuses a list that is too long for it', async () => {
    const { maxHosts } = bench.provider().capabilities.network;
    if (maxHosts === null) return;
    const hosts = Array.from({ length: maxHosts + 1 }, (_, at) => `h${at}.example.org`);
    await expect(sandbox.withNetwork({ mode: 'allow', hosts }, async () => 'ran')).rejects.toMatchObject({
      code: 'sandbox_capability_missing',
    });
  });
}
