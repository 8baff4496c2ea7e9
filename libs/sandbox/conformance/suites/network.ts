import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { NetworkPolicy, Sandbox } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';
import { itWithTestHost } from '../it-where';
import { waitFor } from '../../src/testing/wait-for';

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
  const reachable = bench.harness.reachesTestHost === true;
  const itReaching = itWithTestHost(bench.harness);
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

  itReaching('opens a phase to its list alone and shuts it after, whatever happens within', async () => {
    if (!bench.provider().capabilities.network.hosts) return;
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

  itReaching('never opens private addresses by a name or by *', async () => {
    const { network } = bench.provider().capabilities;
    if (!network.privateAddressesRefused) return;
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
    if (!reachable || !network.hosts) {
      await sandbox.setNetwork(NONE);
      expect(await reaches()).toBe(false);
      return;
    }
    await sandbox.setNetwork(allowHost());
    expect(await reaches()).toBe(true);
    await sandbox.withNetwork(NONE, async () => expect(await reaches()).toBe(false));
    expect(await reaches()).toBe(true);
    const other = await (await bench.openAnother()).getOrStart(sandbox.id);
    await other.setNetwork(NONE);
    expect(await reaches()).toBe(false);
  });

  itReaching('cuts connections that are open when the policy changes', async () => {
    const { network } = bench.provider().capabilities;
    if (!network.live || !network.hosts) return;
    let atServer: Socket | undefined;
    const slow = createServer((request, response) => {
      atServer = request.socket;
      response.write('begun\n');
    });
    slow.listen(0, bench.harness.testHost === undefined ? '127.0.0.1' : '0.0.0.0');
    await once(slow, 'listening');
    const to = `${bench.harness.testHost ?? '127.0.0.1'}:${(slow.address() as AddressInfo).port}`;
    try {
      await sandbox.setNetwork({ mode: 'allow', hosts: [], privateHosts: [to] });
      let heard = '';
      const running = sandbox.exec(['curl', '-sS', '-N', '-m', '50', '--noproxy', '', `http://${to}/`], {
        onOutput: (_, chunk) => (heard += chunk.toString()),
      });
      running.catch(() => undefined);
      await waitFor('the first bytes', () => heard.includes('begun'));
      expect(atServer?.destroyed).toBe(false);
      await sandbox.setNetwork(NONE);
      await waitFor("the end of the connection on the server's side", () => atServer?.destroyed === true);
      const done = await running;
      expect(done.exitCode).not.toBe(0);
      expect(done.durationMs).toBeLessThan(45_000);
    } finally {
      slow.closeAllConnections();
      slow.close();
    }
  });

  it('keeps the latest decisions where it says so', async () => {
    const log = await sandbox.egressLog();
    if (bench.provider().capabilities.egressLog !== 'complete') return expect(log).toEqual([]);
    await sandbox.withNetwork(allowHost(), () => fetchOne('http://not-on-the-list.example/'));
    expect((await sandbox.egressLog()).at(-1)).toMatchObject({
      host: 'not-on-the-list.example',
      allowed: false,
    });
    if (!reachable) return;
    await sandbox.withNetwork(allowHost(), reaches);
    expect((await sandbox.egressLog()).at(-1)).toMatchObject({ port, allowed: true });
  });

  itReaching('begins with the policy of its creation', async () => {
    if (!bench.provider().capabilities.network.hosts) return;
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
