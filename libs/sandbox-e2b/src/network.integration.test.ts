import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket } from 'ws';
import type { Sandbox } from '@showrunner/sandbox';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';
import { decodeFacts, identityFilter } from './box-metadata';
import { E2bApi } from './e2b-api';
import { readConnection } from './e2b-connection';
import { E2bSandbox } from './e2b.sandbox';
import { describeE2b, E2B_LIMITS, TEST_KEY } from './testing/e2b-fixture';

const reachable: Record<string, string> = {};

describeE2b(
  'the network of E2B sandboxes',
  (bench) => {
    let listener: Server;
    beforeAll(async () => {
      listener = createServer((_request, response) => response.end('reached'));
      await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
      const { port } = listener.address() as AddressInfo;
      reachable['registry.example'] = `127.0.0.1:${port}`;
    });
    afterAll(() => void listener.close());

    const reaches = async (sandbox: Sandbox) => {
      const done = await sandbox.exec(
        `curl -sf --noproxy '' --max-time 5 http://${reachable['registry.example']!}/`,
      );
      return done.stdout === 'reached';
    };
    const rules = (id: string) => bench.boxOf(id).network;
    const registry = { mode: 'allow' as const, hosts: ['registry.example'] };

    it('lets nothing out but what a phase allows, while it lasts', async () => {
      const sandbox = await bench.create('phases');
      expect(await reaches(sandbox)).toBe(false);
      const { value, decisions } = await sandbox.withNetwork(registry, async () => {
        expect(rules('phases').allowOut).toEqual(['registry.example']);
        return reaches(sandbox);
      });
      expect({ value, decisions }).toEqual({ value: true, decisions: [] });
      expect(await reaches(sandbox)).toBe(false);
      expect(rules('phases')).toMatchObject({ denyOut: ['0.0.0.0/0'] });
      await expect(
        sandbox.withNetwork(registry, async () => {
          throw new Error('in the phase');
        }),
      ).rejects.toThrow('in the phase');
      expect(rules('phases').allowOut).toBeUndefined();
    });

    it('adds up phases that are open at once', async () => {
      const sandbox = await bench.create('both');
      await sandbox.withNetwork(registry, () =>
        sandbox.withNetwork({ mode: 'allow', hosts: ['*.other.example'] }, async () => {
          expect(rules('both').allowOut).toEqual(['registry.example', '*.other.example']);
        }),
      );
      expect(rules('both').allowOut).toBeUndefined();
    });

    it('changes the policy outside phases, live, and returns to it', async () => {
      const sandbox = await bench.create('live');
      await sandbox.setNetwork(registry);
      expect(await reaches(sandbox)).toBe(true);
      const elsewhere = (await bench.another().get('live'))!;
      await elsewhere.withNetwork({ mode: 'none' }, async () => expect(await reaches(sandbox)).toBe(false));
      expect(await reaches(sandbox)).toBe(true);
      await sandbox.stop();
      await sandbox.start();
      expect(rules('live').allowOut).toEqual(['registry.example']);
      await sandbox.setNetwork({ mode: 'none' });
      expect(await reaches(sandbox)).toBe(false);
    });

    it('closes what a caller left open that died in its phase', async () => {
      const died = await bench.create('died');
      void died.withNetwork(registry, () => new Promise(() => undefined));
      await waitFor('the phase', () => rules('died').allowOut !== undefined);
      const elsewhere = (await bench.another().get('died'))!;
      await elsewhere.withNetwork(registry, async () => undefined);
      expect(rules('died').allowOut).toBeUndefined();

      void (await bench.another().get('died'))!.withNetwork(registry, () => new Promise(() => undefined));
      await waitFor('the second phase', () => rules('died').allowOut !== undefined);
      await bench.another().create({ id: 'died', limits: E2B_LIMITS, labels: {} });
      expect(rules('died').allowOut).toBeUndefined();
    });

    it('refuses what E2B would let through wider than asked', async () => {
      const sandbox = await bench.create('narrow');
      const before = bench.server.requests.length;
      for (const policy of [
        { mode: 'allow' as const, hosts: ['registry.example:8080'] },
        { mode: 'allow' as const, hosts: ['93.184.216.34'] },
        { mode: 'allow' as const, hosts: ['registry.example'], privateHosts: ['10.0.0.1:80'] },
      ]) {
        await expect(sandbox.setNetwork(policy)).rejects.toMatchObject({
          code: 'sandbox_capability_missing',
        });
        await expect(sandbox.withNetwork(policy, async () => 1)).rejects.toMatchObject({
          code: 'sandbox_capability_missing',
        });
      }
      expect(bench.server.requests.length).toBe(before);
    });

    it('says that the plan refuses a policy, and changes nothing', async () => {
      const sandbox = await bench.create('tier');
      const put = { method: 'PUT', path: /\/network$/ };
      bench.server.faults.add({ ...put, fault: { kind: 'reply', status: 403, message: 'not in your tier' } });
      let ran = false;
      const phase = sandbox.withNetwork(registry, async () => void (ran = true));
      await expect(phase).rejects.toMatchObject({
        code: 'sandbox_capability_missing',
        message: expect.stringContaining('tier'),
      });
      expect(ran).toBe(false);
      expect(rules('tier').allowOut).toBeUndefined();
      bench.server.faults.add({ ...put, times: 9, fault: { kind: 'reply', status: 500 } });
      await expect(sandbox.setNetwork(registry)).rejects.toMatchObject({ code: 'sandbox_unavailable' });
    });

    it('fails the caller when a phase cannot be closed', async () => {
      const sandbox = await bench.create('open');
      const phase = sandbox.withNetwork(registry, async () => {
        bench.server.faults.add({
          method: 'PUT',
          path: /\/network$/,
          times: 9,
          fault: { kind: 'reply', status: 500 },
        });
      });
      await expect(phase).rejects.toMatchObject({ code: 'sandbox_unavailable' });
    });

    it('serves a port by route, to who has the token alone, WebSockets too', async () => {
      const sandbox = await bench.create('preview');
      const app =
        "const s=require('http').createServer((q,r)=>r.end('app '+q.method+' '+q.url)).listen(3000);s.on('upgrade',(q,c)=>{const k=require('crypto').createHash('sha1').update(q.headers['sec-websocket-key']+'258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');c.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: '+k+'\\r\\n\\r\\n');c.write(Buffer.from([0x81,2,104,105]))})";
      await sandbox.writeFile('/app/server.cjs', app);
      await sandbox.startProcess('web', 'node server.cjs');
      await waitFor('the app', async () =>
        (await sandbox.listeningPorts()).some(({ port }) => port === 3000),
      );

      const routes = await Promise.all([
        sandbox.route(3000),
        bench
          .another()
          .get('preview')
          .then((other) => other!.route(3000)),
      ]);
      for (const route of routes) {
        if (route.kind !== 'origin') throw new Error('not an origin');
        const answer = await fetch(new URL('/page?x=1', route.url), {
          method: 'POST',
          headers: route.headers,
        });
        expect(await answer.text()).toBe('app POST /page?x=1');
        const { 'e2b-traffic-access-token': _token, ...tokenless } = route.headers;
        expect((await fetch(route.url, { headers: tokenless })).status).toBe(403);
        const socket = new WebSocket(route.url.href.replace('http', 'ws'), { headers: route.headers });
        const said = await new Promise((resolve, reject) => {
          socket.once('message', (data: Buffer) => resolve(data.toString()));
          socket.once('error', reject);
        });
        socket.terminate();
        expect(said).toBe('hi');
      }
      const [route] = routes;
      if (route?.kind === 'origin') {
        const many = Array.from({ length: 20 }, (_, index) =>
          fetch(new URL(`/${index}`, route.url), { headers: route.headers }),
        );
        const texts = await Promise.all((await Promise.all(many)).map((answer) => answer.text()));
        expect(texts).toEqual(Array.from({ length: 20 }, (_, index) => `app GET /${index}`));
      }
      const closed = await sandbox.route(3999);
      if (closed.kind === 'origin')
        expect((await fetch(closed.url, { headers: closed.headers })).status).toBe(502);
    });

    it('serves a port by the host rule below the domain that the server tells', async () => {
      const connection = {
        ...readConnection({ apiKey: TEST_KEY, serverUrl: bench.server.url, installation: 'test' }),
        sandboxUrl: undefined,
      };
      const api = new E2bApi(connection);
      const [box] = await api.list(identityFilter('test', 'preview'));
      const facts = decodeFacts(box!.metadata)!;
      const sandbox = new E2bSandbox({ api, connection, facts, box: box!, destroy: async () => undefined });
      const route = await sandbox.route(3000);
      if (route.kind !== 'origin') throw new Error('not an origin');
      expect(route.url.href).toBe(`http://3000-${box!.boxId}.${bench.server.domain}/`);
      // Names below `localhost` are not looked up everywhere: the visitor goes to the server by its address.
      const headers = { ...route.headers, host: route.url.host };
      const { port } = new URL(bench.server.url);
      const body = await new Promise<string>((resolve, reject) => {
        httpRequest({ host: '127.0.0.1', port, path: '/by-host', headers }, (answer) =>
          answer.on('data', (chunk: Buffer) => resolve(chunk.toString())),
        )
          .once('error', reject)
          .end();
      });
      expect(body).toBe('app GET /by-host');
    });
  },
  { reachable },
);
