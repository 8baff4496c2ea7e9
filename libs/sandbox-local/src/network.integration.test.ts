import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '@showrunner/sandbox';
import { describeSandbox } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

const get = (url: string) => ['curl', '-sS', '-g', '-m', '5', url];

describeSandbox('the network of a local sandbox', (bench) => {
  let sandbox: Sandbox;
  const host = createServer((request, response) => response.end(`host saw ${request.headers.host}`));
  let port = 0;
  beforeAll(async () => {
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    port = (host.address() as AddressInfo).port;
    sandbox = await bench.create('network', { maxProcesses: 128 });
  });
  afterAll(async () => {
    await sandbox.destroy();
    host.close();
  });

  it('does not exist outside a phase', async () => {
    expect((await sandbox.exec(get(`http://localhost:${port}/`))).exitCode).not.toBe(0);
    expect((await sandbox.exec('env')).stdout).not.toMatch(/proxy/i);
  });

  it('is open within a phase to the listed host alone, and shut after it', async () => {
    const policy = { mode: 'allow' as const, hosts: [], privateHosts: [`localhost:${port}`] };
    const { value, decisions } = await sandbox.withNetwork(policy, async () => [
      await sandbox.exec(['curl', '-sS', '-m', '5', '--noproxy', '', `http://localhost:${port}/`]),
      await sandbox.exec(['curl', '-sS', '-m', '5', '--noproxy', '', '-p', `http://localhost:${port}/`]), // CONNECT
      await sandbox.exec([
        'curl',
        '-sS',
        '-m',
        '5',
        '--noproxy',
        '',
        '-w',
        '%{http_code}',
        '-o',
        '/dev/null',
        'http://example.com/',
      ]),
      await sandbox.exec(get('https://example.com/')),
    ]);
    expect(value.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 56]);
    expect(value[0]?.stdout).toBe(`host saw localhost:${port}`);
    expect(value[1]?.stdout).toBe(`host saw localhost:${port}`);
    expect(value[2]?.stdout).toBe('403');
    expect(decisions.map(({ host, port: to, allowed, reason }) => [host, to, allowed, reason])).toEqual([
      ['localhost', port, true, 'operator exception'],
      ['localhost', port, true, 'operator exception'],
      ['example.com', 80, false, 'not on the list'],
      ['example.com', 443, false, 'not on the list'],
    ]);
    expect((await sandbox.exec(['curl', '-sS', '-m', '2', 'http://127.0.0.1:3128/'])).exitCode).toBe(7);
    expect(await sandbox.listeningPorts()).toEqual([]);
  });

  it('lets no listed name lead to a private address or to cloud metadata', async () => {
    const hosts = [
      'localhost',
      '127.0.0.1',
      '169.254.169.254',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f.1',
      '100.100.100.200',
      '*',
    ];
    const urls = [
      'localhost',
      '127.0.0.1',
      '169.254.169.254',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0x7f.1',
      '100.100.100.200',
      '10.0.0.1',
    ];
    const { value, decisions } = await sandbox.withNetwork({ mode: 'allow', hosts }, async () => {
      const codes: string[] = [];
      for (const url of urls)
        codes.push(
          (
            await sandbox.exec([
              'curl',
              '-s',
              '-g',
              '-m',
              '5',
              '--noproxy',
              '',
              '-w',
              '%{http_code}',
              '-o',
              '/dev/null',
              `http://${url}/`,
            ])
          ).stdout,
        );
      return codes;
    });
    expect(value).toEqual(urls.map(() => '403'));
    expect(decisions.filter(({ allowed }) => allowed)).toEqual([]);
    expect(decisions.map(({ reason }) => reason).join('\n')).toMatch(/loopback[^]*metadata[^]*private/);
  });

  it('judges each request of one connection, and every odd one', async () => {
    const script = `
      const net = require('net');
      const ask = (text) => new Promise((done) => {
        let got = '';
        const s = net.connect(3128, '127.0.0.1', () => s.write(text));
        s.setTimeout(4000, () => s.destroy());
        s.on('data', (d) => (got += d)).on('error', () => {}).on('close', () => done(got));
      });
      (async () => {
        const good = 'localhost:${port}';
        for (const text of [
          'GET http://' + good + '/ HTTP/1.1\\r\\nHost: x\\r\\n\\r\\nGET http://evil.test/ HTTP/1.1\\r\\nHost: ' + good + '\\r\\nConnection: close\\r\\n\\r\\n',
          'CONNECT ' + good + '@evil.test:443 HTTP/1.1\\r\\n\\r\\n',
          'CONNECT evil.test:443#' + good + ' HTTP/1.1\\r\\nHost: ' + good + '\\r\\n\\r\\n',
          'GET http://' + good + '@evil.test/ HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n',
          'GET / HTTP/1.1\\r\\nHost: ' + good + '\\r\\nConnection: close\\r\\n\\r\\n',
          'GET ftp://' + good + '/ HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n',
        ]) console.log((await ask(text)).split('\\r\\n').filter((l) => l.includes('HTTP/1.1')).map((l) => l.replace(/.*HTTP/, 'HTTP')).join(' + '));
      })();`;
    const policy = { mode: 'allow' as const, hosts: [], privateHosts: [`localhost:${port}`] };
    const { value } = await sandbox.withNetwork(policy, () => sandbox.exec(['node', '-e', script]));
    expect(value.stdout.trim().split('\n')).toEqual([
      'HTTP/1.1 200 OK + HTTP/1.1 403 Forbidden',
      'HTTP/1.1 400 Bad Request',
      '', // cut off by the parser
      'HTTP/1.1 400 Bad Request',
      'HTTP/1.1 400 Bad Request',
      'HTTP/1.1 400 Bad Request',
    ]);
  });

  it('closes with its phase, whatever holds a connection, and opens again', async () => {
    const policy = { mode: 'allow' as const, hosts: [], privateHosts: [`localhost:${port}`] };
    await sandbox.withNetwork(policy, async () => {
      await sandbox.startProcess(
        'holder',
        `node -e "const s=require('net').connect(3128,'127.0.0.1',()=>s.write('CONNECT localhost:${port} HTTP/1.1\\r\\n\\r\\n'));s.on('data',d=>console.log(String(d).slice(0,12))).on('error',()=>{}).on('close',()=>console.log('cut'))"`,
      );
      await waitFor('the tunnel', async () => (await sandbox.processLog('holder')).includes('HTTP/1.1 200'));
    });
    await waitFor('the cut', async () => (await sandbox.processLog('holder')).includes('cut'));
    const again = await sandbox.withNetwork(policy, () => sandbox.exec('true'));
    expect(again.value.exitCode).toBe(0);
  });

  it('refuses a second phase beside the first, and a policy that is none', async () => {
    const policy = { mode: 'allow' as const, hosts: ['example.com'] };
    await sandbox.withNetwork(policy, async () => {
      await expect(sandbox.withNetwork(policy, async () => 1)).rejects.toMatchObject({
        code: 'network_phase_open',
      });
    });
    const bad = { mode: 'allow' as const, hosts: ['http://example.com'] };
    await expect(sandbox.withNetwork(bad, async () => 1)).rejects.toMatchObject({
      code: 'network_host_invalid',
    });
    await expect(sandbox.withNetwork(policy, () => Promise.reject(new TypeError('mine')))).rejects.toThrow(
      'mine',
    );
  });
});
