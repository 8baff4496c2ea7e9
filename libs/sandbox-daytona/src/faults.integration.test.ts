import { describe, expect, it } from '@jest/globals';
import type { Sandbox } from '@showrunner/sandbox';
import { describeDaytona, DAYTONA_LIMITS, SHORT } from './testing/daytona-fixture';

const QUIET = { labels: {} };

describeDaytona('Daytona refuses, fails and loses answers', (bench) => {
  const creation = (id: string) => ({ id, limits: DAYTONA_LIMITS, ...QUIET });
  const created = (id: string) => bench.provider.create(creation(id));

  describe('creation', () => {
    it('adopts the box of a creation whose answer was lost, instead of making another', async () => {
      bench.server.faults.add({ on: /^POST \/api\/sandbox$/, times: 1, loseAnswer: true });
      const sandbox = await created('lost-answer');
      expect((await sandbox.exec('echo ok')).stdout).toBe('ok\n');
      const boxes = [...bench.server.boxes.values()].filter(({ name }) => name === 'test-lost-answer');
      expect(boxes).toHaveLength(1);
      expect((await bench.provider.create(creation('lost-answer'))).id).toBe('lost-answer');
      expect([...bench.server.boxes.values()].filter(({ name }) => name === 'test-lost-answer')).toHaveLength(
        1,
      );
    });

    it('tries again when nothing arrived, or the server failed', async () => {
      bench.server.faults.add({ on: /^POST \/api\/sandbox$/, times: 1, loseRequest: true });
      bench.server.faults.add({ on: /^POST \/api\/sandbox$/, times: 1, reply: { status: 502 } });
      expect((await (await created('again')).info()).status).toBe('running');
    });

    it('waits as long as a 429 asks, and tells how long when that is too long', async () => {
      const headers = (seconds: string) => ({
        'Retry-After-sandbox-create': seconds,
        'X-RateLimit-Limit-sandbox-create': '300',
        'X-RateLimit-Remaining-sandbox-create': '0',
        'X-RateLimit-Reset-sandbox-create': seconds,
      });
      const on = /^POST \/api\/sandbox$/;
      bench.server.faults.add({ on, times: 1, reply: { status: 429, headers: headers('1') } });
      const started = Date.now();
      await created('limited');
      expect(Date.now() - started).toBeGreaterThanOrEqual(1000);
      bench.server.faults.add({ on, times: 9, reply: { status: 429, headers: headers('3600') } });
      await expect(created('limited-long')).rejects.toMatchObject({
        code: 'sandbox_rate_limited',
        retryable: true,
        details: { retryAfterMs: 3_600_000 },
      });
    });

    it('tells of a wrong key which setting to mend', async () => {
      const stranger = bench.another({ apiKey: 'dtn_wrong' });
      await expect(stranger.create(creation('stranger'))).rejects.toMatchObject({
        code: 'sandbox_auth',
        retryable: false,
        remedy: expect.stringMatching(/SANDBOX_API_KEY.*SANDBOX_SERVER_URL/),
      });
      await expect(stranger.list()).rejects.toMatchObject({ code: 'sandbox_auth' });
    });

    it.each([402, 403])('tells of a quota (%d)', async (status) => {
      const body = { path: '/', timestamp: new Date().toISOString(), statusCode: status, error: 'x' };
      const message = 'Organization is suspended: Depleted credits';
      bench.server.faults.add({
        on: /^POST \/api\/sandbox$/,
        times: 1,
        reply: { status, body: { ...body, message } },
      });
      await expect(created('broke')).rejects.toMatchObject({
        code: 'sandbox_quota',
        retryable: false,
        message: expect.stringContaining('Depleted credits'),
      });
    });

    it('tells that a server cannot be reached', async () => {
      const nobody = bench.another({ serverUrl: 'http://127.0.0.1:9/api' });
      await expect(nobody.get('x')).rejects.toMatchObject({
        code: 'sandbox_unavailable',
        retryable: true,
        remedy: expect.stringContaining('SANDBOX_SERVER_URL'),
      });
    });

    it('removes a box that ends in an error, and tells why', async () => {
      bench.server.timing.failToStart = true;
      await expect(created('ruin')).rejects.toMatchObject({
        code: 'sandbox_start_failed',
        message: expect.stringContaining('out of disk'),
      });
      bench.server.timing.failToStart = false;
      await Promise.all([...bench.server.boxes.values()].map((box) => box.settled()));
      expect(await bench.provider.get('ruin')).toBeUndefined();
      expect((await (await created('ruin')).info()).status).toBe('running');
    });

    it('gives up on a box that is stuck while it is created, and removes it', async () => {
      bench.server.timing.stuckIn.add('creating');
      const impatient = bench.another({ deadlines: { startMs: 1000, destroyMs: 3000 } });
      await expect(impatient.create(creation('stuck'))).rejects.toMatchObject({
        code: expect.stringMatching(/^sandbox_/),
        retryable: true,
      });
      bench.server.timing.stuckIn.clear();
    });

    it('goes on when looks at the state fail in between', async () => {
      bench.server.timing.startMs = 400;
      bench.server.faults.add({ on: /^GET \/api\/sandbox\//, times: 2, reply: { status: 503 } });
      expect((await (await created('flaky')).info()).status).toBe('running');
    });

    it('refuses a network policy that the tier does not allow, and says so', async () => {
      bench.server.tier.choosesNetwork = false;
      await expect(created('tier')).rejects.toMatchObject({
        code: 'sandbox_capability_missing',
        message: expect.stringContaining('not available on your tier'),
        remedy: expect.stringContaining('tier'),
      });
      expect([...bench.server.boxes.values()].filter(({ name }) => name === 'test-tier')).toHaveLength(0);
    });
  });

  describe('life', () => {
    it('stops by force what is stuck stopping', async () => {
      const provider = bench.another({ deadlines: { stopMs: 3000 } });
      const sandbox = await provider.create(creation('stuck-stop'));
      bench.server.timing.stuckIn.add('stopping');
      await sandbox.stop();
      expect((await sandbox.info()).status).toBe('stopped');
      expect(bench.server.timing.stuckIn.size).toBe(0);
    }, 90_000);

    it('says when it cannot stop or start something', async () => {
      const provider = bench.another(SHORT);
      const sandbox = await provider.create(creation('stuck-start'));
      await sandbox.stop();
      bench.server.timing.stuckIn.add('starting');
      await expect(sandbox.start()).rejects.toMatchObject({ code: 'sandbox_start_failed', retryable: true });
      expect((await sandbox.info()).status).toBe('creating');
    }, 90_000);

    it('destroys what refuses for a while, and sweeps what refused for too long', async () => {
      const provider = bench.another({ deadlines: { destroyMs: 1000 } });
      await provider.create(creation('stubborn'));
      const conflict = { status: 409 };
      bench.server.faults.add({ on: /^DELETE \/api\/sandbox\//, times: 2, reply: conflict });
      await provider.destroy('stubborn');
      expect(await provider.get('stubborn')).toBeUndefined();
      await provider.create(creation('doomed'));
      bench.server.faults.add({
        on: /^(DELETE|POST) \/api\/sandbox\/[^/]+(\/stop)?$/,
        times: 1000,
        reply: conflict,
      });
      await expect(provider.destroy('doomed')).rejects.toMatchObject({
        code: 'sandbox_unavailable',
        retryable: true,
      });
      bench.server.faults.clear();
      expect((await provider.get('doomed'))?.id).toBe('doomed');
      await provider.sweep();
      expect(await provider.get('doomed')).toBeUndefined();
    });

    it('lists 250 sandboxes of this installation alone', async () => {
      Object.assign(bench.server.timing, { hollow: true });
      const provider = bench.another({ installation: 'many' });
      await Promise.all(
        Array.from({ length: 250 }, (_, at) =>
          provider.create({ id: `b${at}`, limits: DAYTONA_LIMITS, labels: { half: String(at % 2) } }),
        ),
      );
      expect(new Set((await provider.list()).map(({ id }) => id)).size).toBe(250);
      expect(await provider.list({ half: '1' })).toHaveLength(125);
      expect((await bench.provider.list()).some(({ id }) => id.startsWith('b1'))).toBe(false);
      const before = bench.server.calls.length;
      bench.server.faults.add({ on: /^GET \/api\/sandbox$/, times: 1, reply: { status: 500 } });
      expect(await provider.list()).toHaveLength(250);
      expect(bench.server.calls.slice(before)).toHaveLength(4);
    }, 120_000);
  });

  describe('commands', () => {
    let sandbox: Sandbox;
    const COUNT = 'for i in 1 2 3 4 5 6 7 8 9; do echo line $i; sleep 0.05; done';
    const COUNTED = Array.from({ length: 9 }, (_, at) => `line ${at + 1}\n`).join('');
    const heard = async (): Promise<string> => {
      const chunks: Buffer[] = [];
      const done = await sandbox.exec(COUNT, { onOutput: (_stream, chunk) => chunks.push(chunk) });
      expect(done).toMatchObject({ exitCode: 0, stdout: COUNTED });
      return Buffer.concat(chunks).toString();
    };

    it('hears everything once of a stream that is cut, and cut again', async () => {
      sandbox = await bench.another(SHORT).create(creation('streams'));
      bench.server.faults.addStream({ times: 1, cutAfter: 10 });
      bench.server.faults.addStream({ times: 1, cutAfter: 47 });
      expect(await heard()).toBe(COUNTED);
    });

    it('hears everything of a stream that comes in single bytes, slowly', async () => {
      bench.server.faults.addStream({ times: 1, pieces: 1 });
      expect(await heard()).toBe(COUNTED);
    });

    it('connects anew to a stream that falls silent', async () => {
      bench.server.faults.addStream({ times: 1, silentAfter: 20 });
      expect(await heard()).toBe(COUNTED);
    });

    it('shows its token in the query to a proxy that redirects upgrades, and tells when that is refused too', async () => {
      bench.server.faults.addStream({ times: 1, redirect: true });
      bench.server.faults.addStream({ times: 1 });
      expect(await heard()).toBe(COUNTED);
      bench.server.faults.addStream({ times: 2, redirectAlways: true });
      await expect(sandbox.exec('true')).rejects.toMatchObject({
        code: 'sandbox_auth',
        message: expect.stringContaining('307'),
      });
    });

    it('repeats calls that were lost or timed out without running anything twice', async () => {
      await sandbox.exec('rm -f /app/ran');
      bench.server.faults.add({ on: /POST .*\/process\/session$/, times: 1, loseAnswer: true });
      bench.server.faults.add({ on: /POST .*\/exec$/, times: 1, loseAnswer: true });
      bench.server.faults.add({ on: /POST .*\/exec$/, times: 1, reply: { status: 408 } });
      expect((await sandbox.exec('echo once >> /app/ran; cat /app/ran')).stdout).toBe('once\n');
      bench.server.faults.add({ on: /POST .*\/input$/, times: 1, loseAnswer: true });
      const input = Buffer.alloc(1_300_000, 'abcdefg');
      expect((await sandbox.exec('wc -c; ', { stdin: input })).stdout).toBe('1300000\n');
    });

    it('tells of input that could not be delivered, instead of cutting it short', async () => {
      bench.server.faults.add({ on: /POST .*\/input$/, times: 99, reply: { status: 503 } });
      const input = Buffer.alloc(200_000, 'x');
      await expect(sandbox.exec('wc -c > /app/counted', { stdin: input })).rejects.toMatchObject({
        code: 'sandbox_unavailable',
      });
    });

    it('says of a command whose supervisor was killed that it was killed, and ends what it left', async () => {
      const done = await sandbox.exec('setsid sleep 4321 & kill -9 $PPID; sleep 4322');
      expect(done).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
      expect((await sandbox.exec('pgrep -f "sleep 432[12]$" || echo none')).stdout).toBe('none\n');
    });

    it('says that a stopped sandbox does not run', async () => {
      await sandbox.stop();
      await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_not_running' });
      await expect(sandbox.processStatus('x')).rejects.toMatchObject({ code: 'sandbox_not_running' });
      await sandbox.start();
      expect((await sandbox.exec('echo back')).stdout).toBe('back\n');
    });

    it.each([true, false])(
      'says that a sandbox is lost that dies in mid-exec (stream cut: %s)',
      async (cut) => {
        const mortal = await bench.another(SHORT).create(creation(`mortal-${cut}`));
        const box = bench.server.boxOf(`mortal-${cut}`);
        if (cut) bench.server.faults.addStream({ times: 1, cutAfter: 20 });
        const started = Date.now();
        const running = mortal.exec('echo on; sleep 600', { onOutput: () => void box.die() });
        await expect(running).rejects.toMatchObject({ code: 'sandbox_lost' });
        expect(Date.now() - started).toBeLessThan(SHORT.runLimits.silenceMs + 4000);
        await expect(mortal.exec('true')).rejects.toMatchObject({ code: 'sandbox_lost' });
        const lost = { code: 'sandbox_lost' };
        await expect(mortal.start()).rejects.toMatchObject(lost);
        await expect(mortal.stop()).rejects.toMatchObject(lost);
        await expect(mortal.route(80)).rejects.toMatchObject(lost);
        await expect(mortal.setNetwork({ mode: 'none' })).rejects.toMatchObject(lost);
        await expect(mortal.renew(new Date())).rejects.toMatchObject(lost);
        await expect(mortal.metrics()).rejects.toMatchObject(lost);
        expect((await mortal.info()).status).toBe('destroyed');
        await mortal.destroy();
      },
    );
  });
});
