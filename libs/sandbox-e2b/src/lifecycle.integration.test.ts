import { expect, it } from '@jest/globals';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';
import { describeE2b, E2B_LIMITS } from './testing/e2b-fixture';

const HOUR = 60 * 60_000;

describeE2b('the life of sandboxes in E2B', (bench) => {
  it('stops and starts with its files and without its processes, with a full time to live', async () => {
    const sandbox = await bench.create('sleeper');
    await sandbox.writeFile('/app/kept.txt', 'kept');
    await sandbox.startProcess('web', 'sleep 500');
    await sandbox.stop();
    await sandbox.stop();
    expect(await sandbox.info()).toMatchObject({ status: 'stopped' });
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_not_running' });
    await expect(sandbox.route(3000)).rejects.toMatchObject({ code: 'sandbox_not_running' });
    await expect(sandbox.setNetwork({ mode: 'none' })).rejects.toMatchObject({ code: 'sandbox_not_running' });

    const again = await bench.another().getOrStart('sleeper');
    expect((await again.readFile('/app/kept.txt')).toString()).toBe('kept');
    expect(await again.processStatus('web')).toMatchObject({ running: false });
    expect(bench.boxOf('sleeper').endAt.getTime() - Date.now()).toBeGreaterThan(0.9 * HOUR);
    expect(await sandbox.exec('cat /app/kept.txt')).toMatchObject({ stdout: 'kept' }); // the older handle goes on
    await again.archive();
    expect(await again.info()).toMatchObject({ status: 'stopped' });
    await again.start();
    await again.start();
    expect(await again.exec('cat /app/kept.txt')).toMatchObject({ stdout: 'kept' });
  });

  it('moves the backstop both ways, never wakes a stopped sandbox by it, and is stopped, not lost, at its end', async () => {
    const sandbox = await bench.provider.create({
      id: 'leased',
      limits: E2B_LIMITS,
      labels: {},
      backstopAt: new Date(Date.now() + HOUR / 4),
    });
    const left = () => bench.boxOf('leased').endAt.getTime() - Date.now();
    expect(left()).toBeLessThan(HOUR / 4 + 2000);
    await sandbox.renew(new Date(Date.now() + HOUR / 2));
    expect(left()).toBeGreaterThan(HOUR / 2 - 5000);
    await sandbox.route(8080); // connects for the token
    expect(left()).toBeLessThan(HOUR / 2 + 1000);
    await sandbox.writeFile('/app/kept.txt', 'kept');
    await sandbox.renew(new Date(Date.now() - 1000));
    await waitFor('the backstop', async () => (await sandbox.info()).status === 'stopped');
    await sandbox.renew(new Date(Date.now() + HOUR / 2));
    expect((await sandbox.info()).status).toBe('stopped');
    await sandbox.start();
    expect(left()).toBeGreaterThan(HOUR / 2 - 5000);
    expect(await sandbox.exec('cat /app/kept.txt')).toMatchObject({ stdout: 'kept' });
  });

  it('adopts what exists, starts it if need be, and leaves other installations alone', async () => {
    const first = await bench.create('twice');
    await first.writeFile('/app/kept.txt', 'kept');
    await first.stop();
    const second = await bench.another().create({ id: 'twice', limits: E2B_LIMITS, labels: {} });
    expect((await second.readFile('/app/kept.txt')).toString()).toBe('kept');
    expect((await second.info()).labels).toEqual({ suite: 'e2b' });
    const foreign = bench.another({ installation: 'other' });
    expect(await foreign.get('twice')).toBeUndefined();
    await foreign.destroy('twice');
    await foreign.create({ id: 'twice', limits: E2B_LIMITS, labels: {} });
    expect((await bench.provider.list()).filter(({ id }) => id === 'twice')).toHaveLength(1);
    await foreign.destroy('twice');
    expect(await first.info()).toMatchObject({ status: 'running' });
    await expect(bench.provider.getOrStart('nobody')).rejects.toMatchObject({ code: 'sandbox_not_found' });
  });

  it('keeps one of two that were created at once', async () => {
    const options = { id: 'race', limits: E2B_LIMITS, labels: {} };
    const made = await Promise.all(
      [bench.provider, bench.another(), bench.another()].map((one) => one.create(options)),
    );
    await made[0]!.writeFile('/app/seen', 'by all');
    for (const sandbox of made) expect((await sandbox.readFile('/app/seen')).toString()).toBe('by all');
    const boxes = [...bench.server.boxes.values()].filter(
      ({ options: { metadata } }) => metadata['showrunner.id'] === 'race',
    );
    expect(boxes).toHaveLength(1);
  });

  it('finds the box whose creation was answered to nobody', async () => {
    bench.server.faults.add({ method: 'POST', path: /^\/v2\/sandboxes$/, fault: { kind: 'lose-reply' } });
    const sandbox = await bench.create('lost-reply');
    expect(await sandbox.exec('echo here')).toMatchObject({ stdout: 'here\n' });
    const boxes = [...bench.server.boxes.values()].filter(
      ({ options }) => options.metadata['showrunner.id'] === 'lost-reply',
    );
    expect(boxes).toHaveLength(1);
  });

  it('tells what it is made of, and refuses what the template does not have', async () => {
    const sandbox = await bench.provider.create({
      id: 'limits',
      limits: { ...E2B_LIMITS, cpus: 0.5, maxProcesses: 50 },
      labels: {},
    });
    expect((await sandbox.info()).limits).toMatchObject({
      cpus: { requested: 0.5, enforced: 1, by: 'E2B template', note: expect.any(String) },
      memoryBytes: { requested: E2B_LIMITS.memoryBytes, enforced: E2B_LIMITS.memoryBytes },
      maxProcesses: { requested: 50, enforced: 50, by: 'RLIMIT_NPROC' },
    });
    const wish = { id: 'too-large', limits: { ...E2B_LIMITS, memoryBytes: 2 * 1024 ** 3 }, labels: {} };
    const fresh = bench.another();
    for (const provider of [fresh, fresh])
      await expect(provider.create(wish)).rejects.toMatchObject({
        code: 'sandbox_capability_missing',
        remedy: expect.stringContaining('SANDBOX_TARGET'),
      });
    expect(await fresh.get('too-large')).toBeUndefined();
    const made = bench.server.requests.filter((line) => line === 'POST /v2/sandboxes').length;
    await expect(fresh.create(wish)).rejects.toMatchObject({ code: 'sandbox_capability_missing' });
    expect(bench.server.requests.filter((line) => line === 'POST /v2/sandboxes')).toHaveLength(made);
  });

  it('refuses images, raw connections and other labels', async () => {
    const sandbox = await bench.create('cannot');
    const image = { kind: 'registry' as const, reference: 'node:20' };
    const missing = { code: 'sandbox_capability_missing' };
    await expect(
      bench.provider.create({ id: 'image', limits: E2B_LIMITS, labels: {}, image }),
    ).rejects.toMatchObject(missing);
    await expect(sandbox.connect(80)).rejects.toMatchObject(missing);
    await expect(sandbox.setLabels({ suite: 'other' })).rejects.toMatchObject(missing);
    await sandbox.setLabels({ suite: 'e2b' });
    expect(await sandbox.metrics()).toMatchObject({
      memoryBytes: expect.any(Number),
      diskBytes: expect.any(Number),
    });
  });

  it('lists 250 boxes over all pages, by label, and sweeps twins that nobody settled', async () => {
    const own = (id: string, label: string, createdAt: string) => ({
      'showrunner.installation': 'many',
      'showrunner.id': id,
      'showrunner.created': createdAt,
      'showrunner.limits': JSON.stringify(E2B_LIMITS),
      'showrunner.network': '{"mode":"none"}',
      'showrunner-label.half': label,
    });
    const long = new Date(Date.now() - HOUR);
    for (let index = 0; index < 250; index++)
      bench.server.pretendBox(own(`many-${index}`, index % 2 === 0 ? 'even' : 'odd', long.toISOString()));
    bench.server.pretendBox(own('many-3', 'twin', new Date(long.getTime() + 5000).toISOString()));
    bench.server.pretendBox({ ...own('many-4', 'forged', long.toISOString()), 'showrunner.limits': '{}' });
    const many = bench.another({ installation: 'many' });
    expect(await many.list()).toHaveLength(250);
    expect(await many.list({ half: 'odd' })).toHaveLength(125);
    const pages = bench.server.requests.filter((line) => line.includes('nextToken=200'));
    expect(pages.length).toBeGreaterThan(0);
    await many.sweep();
    await many.sweep();
    const left = [...bench.server.boxes.values()].map(({ options }) => options.metadata);
    expect(left.filter((metadata) => metadata['showrunner.id'] === 'many-3')).toEqual([
      expect.objectContaining({ 'showrunner-label.half': 'odd' }),
    ]);
    expect(await many.list()).toHaveLength(250);
  });
});
