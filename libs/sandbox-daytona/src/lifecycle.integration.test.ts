import { expect, it } from '@jest/globals';
import { request } from 'node:http';
import type { PortRoute, Sandbox } from '@showrunner/sandbox';
import { describeDaytona, DAYTONA_LIMITS } from './testing/daytona-fixture';

/** Status and text that a route answers. */
function ask(route: PortRoute, headers = route.kind === 'origin' ? route.headers : {}): Promise<string> {
  if (route.kind !== 'origin') throw new Error('not an origin');
  return new Promise((resolve, reject) => {
    request(route.url, { headers, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
      answer.on('end', () => resolve(`${answer.statusCode} ${text}`));
    })
      .on('error', reject)
      .end();
  });
}

describeDaytona('the life of Daytona sandboxes', (bench) => {
  const median = (all: number[]) => all.sort((one, other) => one - other)[Math.floor(all.length / 2)] ?? 0;

  it('can use a box that is ready after 150 ms within 300 ms', async () => {
    await bench.create('warm-up');
    bench.server.timing.startMs = 150;
    bench.server.timing.hollow = true;
    const times: number[] = [];
    for (let round = 0; round < 7; round++) {
      const started = performance.now();
      await bench.create(`quick-${round}`);
      times.push(performance.now() - started);
    }
    console.log(
      `daytona.create ready=150ms p50=${median(times).toFixed(0)}ms max=${Math.max(...times).toFixed(0)}ms`,
    );
    expect(median(times)).toBeLessThan(300);
  });

  it('asks for resources, timers and labels as Daytona has them', async () => {
    const backstopAt = new Date(Date.now() + 30 * 60_000 + 5000);
    const limits = { ...DAYTONA_LIMITS, cpus: 1.5 };
    const sandbox = await bench.create('asked', {
      limits,
      labels: { run: '7' },
      backstopAt,
      environment: { FLAG: 'on' },
      image: { kind: 'registry', reference: 'python:3.12-slim' },
    });
    const { body, autoStopInterval } = bench.server.boxOf('asked');
    expect(body).toMatchObject({
      cpu: 2,
      memory: 1,
      disk: 1,
      user: '1000',
      env: { FLAG: 'on' },
      networkBlockAll: true,
    });
    expect(body).toMatchObject({ autoArchiveInterval: 10_080, autoDeleteInterval: 86_400 });
    expect(body.buildInfo?.dockerfileContent).toMatch(/^FROM python:3\.12-slim\n[^]*\/home\/app/);
    expect(autoStopInterval).toBe(30);
    await sandbox.renew(new Date(Date.now() + 10 * 60_000 + 5000));
    expect(bench.server.boxOf('asked').autoStopInterval).toBe(10);
    await sandbox.setLabels({ run: '8', other: 'x' });
    const info = await sandbox.info();
    expect(info).toMatchObject({
      labels: { run: '8', other: 'x' },
      limits: { cpus: { requested: 1.5, enforced: 2 } },
    });
    expect(info.labels).toEqual({ run: '8', other: 'x' });
    expect(await bench.provider.list({ run: '8' })).toEqual([expect.objectContaining({ id: 'asked' })]);
  });

  it('renews what is stopped without waking it', async () => {
    const sandbox = await bench.create('asleep');
    await sandbox.stop();
    await sandbox.renew(new Date(Date.now() + 600_000));
    expect((await sandbox.info()).status).toBe('stopped');
  });

  it('archives a running sandbox by stopping it first, and waits until it is archived', async () => {
    const sandbox = await bench.create('cold');
    await sandbox.writeFile('/app/kept', 'kept');
    bench.server.timing.stopMs = 300;
    const before = bench.server.calls.length;
    await sandbox.archive();
    expect((await sandbox.info()).status).toBe('archived');
    const calls = bench.server.calls.slice(before).filter((call) => call.startsWith('POST'));
    expect(calls.map((call) => call.split('/').at(-1))).toEqual(['stop', 'archive']);
    await (await bench.provider.getOrStart('cold')).exec('true');
    expect((await sandbox.readFile('/app/kept')).toString()).toBe('kept');
  });

  it('follows the token of previews through a restart', async () => {
    const sandbox: Sandbox = await bench.create('preview');
    const serve = () => sandbox.startProcess('web', 'exec python3 -m http.server 8123 --bind 127.0.0.1');
    const listening = async () => {
      while (!(await sandbox.listeningPorts()).some(({ port }) => port === 8123)) continue;
    };
    await sandbox.writeFile('/app/index.html', 'hello');
    await serve();
    await listening();
    const first = await sandbox.route(8123);
    expect(await ask(first)).toBe('200 hello');
    expect(await ask(first, {})).toMatch(/^307/);
    await sandbox.stop();
    await sandbox.start();
    await serve();
    await listening();
    expect(await ask(first)).toMatch(/^307/);
    const second = await sandbox.route(8123);
    expect(second).not.toEqual(first);
    expect(await ask(second)).toBe('200 hello');
  });

  it('changes the network by phase, and closes what a caller that died left open', async () => {
    const sandbox = await bench.create('net', { network: { mode: 'allow', hosts: ['api.example.org'] } });
    const box = bench.server.boxOf('net');
    const rules = () => [box.networkBlockAll, box.domainAllowList];
    expect(rules()).toEqual([false, 'api.example.org']);
    const phase = (hosts: string[], fn: () => Promise<unknown>) =>
      sandbox.withNetwork({ mode: 'allow', hosts }, fn);
    await phase(['a.org'], async () => {
      expect(rules()).toEqual([false, 'a.org']);
      await phase(['b.org'], async () => expect(rules()).toEqual([false, 'a.org,b.org']));
      expect(rules()).toEqual([false, 'a.org']);
    });
    expect(rules()).toEqual([false, 'api.example.org']);
    await expect(phase(['c.org'], () => Promise.reject(new Error('within')))).rejects.toThrow('within');
    await sandbox.setNetwork({ mode: 'none' });
    expect(rules()).toEqual([true, undefined]);
    await expect(sandbox.setNetwork({ mode: 'allow', hosts: ['a.org:81'] })).rejects.toMatchObject({
      code: 'sandbox_capability_missing',
    });
    expect(rules()).toEqual([true, undefined]);
    const orphaned = phase(['left.org'], () => new Promise(() => undefined));
    orphaned.catch(() => undefined);
    while (box.domainAllowList !== 'left.org') await new Promise((resolve) => setTimeout(resolve, 5));
    await bench.another().create({ id: 'net', limits: DAYTONA_LIMITS, labels: {} });
    expect(rules()).toEqual([true, undefined]);
  });

  it('carries large files by streams of their own, and tells of them what every provider tells', async () => {
    const sandbox = await bench.create('large');
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * 31) % 256));
    const before = bench.server.calls.length;
    await sandbox.files.write('/app/deep/large', bytes);
    expect((await sandbox.files.read('/app/deep/large')).equals(bytes)).toBe(true);
    const used = bench.server.calls.slice(before).map((call) => call.split('/').slice(-2).join('/'));
    expect(used).toEqual(expect.arrayContaining(['files/bulk-upload', 'files/bulk-download']));
    expect((await sandbox.exec('wc -c < deep/large; stat -c %u deep/large')).stdout).toBe('3000000\n1000\n');
    await expect(sandbox.files.read('/app/deep/large', 2_999_999)).rejects.toMatchObject({
      code: 'file_too_large',
    });
    await expect(sandbox.files.write('/app/deep/large/below', bytes)).rejects.toMatchObject({
      code: 'file_not_writable',
    });
    bench.server.faults.add({ on: /bulk-download/, times: 1, loseAnswer: true });
    expect((await sandbox.readFile('/app/deep/large')).equals(bytes)).toBe(true);
  });

  it('tells that the tier does not allow a change of the network', async () => {
    const sandbox = await bench.create('tiered');
    bench.server.tier.choosesNetwork = false;
    const ran: string[] = [];
    await expect(
      sandbox.withNetwork({ mode: 'allow', hosts: ['a.org'] }, async () => ran.push('x')),
    ).rejects.toMatchObject({ code: 'sandbox_capability_missing', message: expect.stringContaining('tier') });
    expect(ran).toEqual([]);
  });

  it('loads the SDK with the first call only', async () => {
    const { DaytonaSandboxProvider } = await import('./daytona.provider');
    const idle = new DaytonaSandboxProvider({ apiKey: 'x', installation: 'idle' });
    expect((idle as unknown as { connection: { loaded?: unknown } }).connection.loaded).toBeUndefined();
    await idle.close();
  });
});
