import { beforeAll, expect, it } from '@jest/globals';
import type { Sandbox, SandboxProvider } from '../../src/sandbox.types';
import type { ConformanceBench } from '../harness.types';
import { itWhere } from '../it-where';
import { SMALL } from '../small-limits';
import { waitFor } from '../../src/testing/wait-for';

export function lifecycleSuite(bench: ConformanceBench): void {
  let provider: SandboxProvider;
  beforeAll(async () => {
    await bench.shared();
    provider = bench.provider();
  });
  const status = async (sandbox: Sandbox): Promise<string> => (await sandbox.info()).status;
  const marked = async (sandbox: Sandbox): Promise<void> => {
    await sandbox.exec(
      'echo app > /app/kept; echo home > "$HOME/kept"; chmod 640 /app/kept; ln -s kept /app/link',
    );
    await sandbox.startProcess('lost', 'sleep 600');
  };
  const expectKept = async (sandbox: Sandbox): Promise<void> => {
    const kept = await sandbox.exec('cat /app/kept "$HOME/kept" /app/link; stat -c %a /app/kept');
    expect(kept.stdout).toBe('app\nhome\napp\n640\n');
    expect((await sandbox.processStatus('lost'))?.running ?? false).toBe(false);
  };

  it('creates once by id: the same sandbox, whoever asks', async () => {
    const labels = { suite: 'conformance', purpose: "it's" };
    const first = await bench.create({ labels });
    await first.writeFile('/app/mark', first.id);
    const other = await bench.openAnother();
    const again = await other.create({ id: first.id, limits: bench.harness.limits ?? SMALL, labels: {} });
    expect((await again.readFile('/app/mark')).toString()).toBe(first.id);
    expect((await again.info()).labels).toMatchObject(labels);
    expect((await provider.list({ purpose: "it's" })).map(({ id }) => id)).toEqual([first.id]);
    const info = await first.info();
    expect(info).toMatchObject({ id: first.id, provider: provider.name, status: 'running' });
    // It was made from no image that the caller named.
    expect(info.image).toBeUndefined();
    expect(Math.abs(Date.now() - Date.parse(info.createdAt))).toBeLessThan(600_000);
    await first.destroy();
  });

  it('makes one sandbox of two creations at once', async () => {
    const id = bench.newId();
    const other = await bench.openAnother();
    const options = { id, limits: bench.harness.limits ?? SMALL, labels: { twins: id } };
    const both = await Promise.allSettled([provider.create(options), other.create(options)]);
    expect(both.some((one) => one.status === 'fulfilled')).toBe(true);
    expect((await provider.list({ twins: id })).filter((one) => one.status !== 'destroyed')).toHaveLength(1);
    await provider.destroy(id);
  });

  it('sets the environment of creation for every command', async () => {
    const sandbox = await bench.create({ environment: { GREETING: "it's $HOME" } });
    expect((await sandbox.exec('printf %s "$GREETING"')).stdout).toBe("it's $HOME");
    await sandbox.startProcess('env', 'printf %s "$GREETING"; sleep 600');
    await waitFor('its output', async () => (await sandbox.processLog('env')) === "it's $HOME");
    const other = await (await bench.openAnother()).getOrStart(sandbox.id);
    expect((await other.exec('printf %s "$GREETING"', { env: { OTHER: '1' } })).stdout).toBe("it's $HOME");
    await sandbox.destroy();
  });

  it('knows no sandbox that is not there', async () => {
    const id = bench.newId();
    expect(await provider.get(id)).toBeUndefined();
    await expect(provider.getOrStart(id)).rejects.toMatchObject({ code: 'sandbox_not_found' });
    await provider.destroy(id);
    await provider.sweep();
    for (const bad of ['', '../x', 'a b', '-rf'])
      await expect(provider.create({ id: bad, limits: SMALL, labels: {} })).rejects.toMatchObject({
        retryable: false,
      });
  });

  it('keeps labels, changes them, and lists by them', async () => {
    const sandbox = await bench.create({ labels: { color: 'red', shape: 'round' } });
    if (!provider.capabilities.labelsChange) {
      await expect(sandbox.setLabels({ color: 'blue' })).rejects.toMatchObject({
        code: 'sandbox_capability_missing',
      });
      await sandbox.setLabels({ color: 'red', shape: 'round' });
      expect((await provider.list({ color: 'red' })).map(({ id }) => id)).toContain(sandbox.id);
      await sandbox.destroy();
      return;
    }
    await sandbox.setLabels({ color: 'blue', 'with.dots-and_more': 'ünï "quoted"' });
    expect((await sandbox.info()).labels).toEqual({ color: 'blue', 'with.dots-and_more': 'ünï "quoted"' });
    const ids = async (labels: Record<string, string>) => (await provider.list(labels)).map(({ id }) => id);
    expect(await ids({ color: 'blue' })).toContain(sandbox.id);
    expect(await ids({ color: 'blue', shape: 'round' })).not.toContain(sandbox.id);
    expect(await ids({ color: 'red' })).not.toContain(sandbox.id);
    expect(await ids({})).toContain(sandbox.id);
    await sandbox.destroy();
  });

  const wanted = bench.harness.manyBoxes ?? 0;
  const itWithMany = itWhere(wanted > 0, 'many sandboxes cost too much here');
  itWithMany('lists every sandbox, whatever the number of pages', async () => {
    const ids = Array.from({ length: wanted }, () => bench.newId());
    for (let at = 0; at < wanted; at += 10)
      await Promise.all(
        ids
          .slice(at, at + 10)
          .map((id) =>
            provider.create({ id, limits: bench.harness.limits ?? SMALL, labels: { many: 'yes' } }),
          ),
      );
    expect((await provider.list({ many: 'yes' })).map(({ id }) => id).sort()).toEqual(ids.sort());
    for (let at = 0; at < wanted; at += 10)
      await Promise.all(ids.slice(at, at + 10).map((id) => provider.destroy(id)));
    expect(await provider.list({ many: 'yes' })).toEqual([]);
  });

  it('says for each limit what was asked for and what is in force', async () => {
    const limits = bench.harness.limits ?? SMALL;
    const sandbox = await bench.shared();
    const { limits: inForce } = await sandbox.info();
    for (const name of ['cpus', 'memoryBytes', 'diskBytes', 'maxProcesses'] as const) {
      const how = provider.capabilities.limits[name];
      const limit = inForce[name];
      expect([name, limit.requested]).toEqual([name, limits[name]]);
      if (how === 'unsupported')
        expect([name, limit.enforced, limit.note]).toEqual([name, null, expect.stringMatching(/.{10}/)]);
      if (how === 'enforced') expect([name, limit.enforced]).toEqual([name, limits[name]]);
      if (how === 'fixed') expect([name, typeof limit.enforced]).toEqual([name, 'number']);
      expect(limit.by).not.toBe('');
    }
  });

  it('stops and starts: files stay, processes do not', async () => {
    const sandbox = await bench.create();
    if (provider.capabilities.stop === 'unsupported') {
      await expect(sandbox.stop()).rejects.toMatchObject({ code: 'sandbox_capability_missing' });
      return;
    }
    await marked(sandbox);
    await sandbox.start();
    await sandbox.stop();
    await sandbox.stop();
    expect(await status(sandbox)).toBe('stopped');
    expect((await provider.list()).find(({ id }) => id === sandbox.id)?.status).toBe('stopped');
    for (const work of [
      () => sandbox.exec('true'),
      () => sandbox.startProcess('x', 'true'),
      () => sandbox.files.read('/app/kept'),
      () => sandbox.interpreter.run('1'),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'sandbox_not_running' });
    const found = await provider.get(sandbox.id);
    expect(await found?.info()).toMatchObject({ status: 'stopped' });
    await sandbox.renew(new Date(Date.now() + 3_600_000));
    expect(await status(sandbox)).toBe('stopped');
    await sandbox.start();
    await sandbox.start();
    expect(await status(sandbox)).toBe('running');
    await expectKept(sandbox);
    await sandbox.stop();
    const started = await (await bench.openAnother()).getOrStart(sandbox.id);
    await expectKept(started);
    await started.stop();
    const adopted = await bench.create({ id: sandbox.id });
    expect(await status(adopted)).toBe('running');
    await expectKept(adopted);
    await sandbox.destroy();
  });

  it('archives and comes back as it was', async () => {
    const sandbox = await bench.create();
    if (provider.capabilities.archive === 'unsupported') {
      await expect(sandbox.archive()).rejects.toMatchObject({ code: 'sandbox_capability_missing' });
      return;
    }
    await marked(sandbox);
    await sandbox.archive();
    await sandbox.archive();
    const archived = provider.capabilities.archive === 'native' ? ['archived'] : ['archived', 'stopped'];
    expect(archived).toContain(await status(sandbox));
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_not_running' });
    expect(archived).toContain((await provider.list()).find(({ id }) => id === sandbox.id)?.status);
    await sandbox.start();
    await expectKept(sandbox);
    await sandbox.stop();
    await sandbox.archive();
    await expectKept(await provider.getOrStart(sandbox.id));
    await sandbox.archive();
    await sandbox.destroy();
    expect(await provider.get(sandbox.id)).toBeUndefined();
  });

  it('destroys for good, and once more without complaint', async () => {
    const sandbox = await bench.create();
    const other = await (await bench.openAnother()).getOrStart(sandbox.id);
    await sandbox.destroy();
    await sandbox.destroy();
    await provider.destroy(sandbox.id);
    expect(await provider.get(sandbox.id)).toBeUndefined();
    expect((await provider.list()).map(({ id }) => id)).not.toContain(sandbox.id);
    expect((await other.info()).status).toBe('destroyed');
    for (const handle of [sandbox, other])
      await expect(handle.exec('true')).rejects.toMatchObject({ code: 'sandbox_lost' });
    await expect(provider.getOrStart(sandbox.id)).rejects.toMatchObject({
      code: expect.stringMatching(/sandbox_(not_found|lost)/),
    });
  });

  const { murder } = bench.harness;
  const itWithMurder = itWhere(murder !== undefined, 'the death of a sandbox cannot be arranged here');
  itWithMurder('says of a sandbox that died that it is lost, also to a command that runs', async () => {
    const sandbox = await bench.create();
    const seen: string[] = [];
    const running = sandbox.exec('echo begun; sleep 600', {
      onOutput: (_, chunk) => seen.push(chunk.toString()),
    });
    running.catch(() => undefined);
    await waitFor('the start', () => seen.length > 0);
    await murder?.(sandbox.id);
    // A command may also be told as ended by a signal.
    const ended = await running.catch((error: { code: string }) => error);
    expect('code' in ended ? ended.code : ended.exitCode).not.toBe(0);
    await waitFor('the loss to be told', () =>
      sandbox.exec('true').then(
        () => false,
        (error: { code: string }) => error.code === 'sandbox_lost',
      ),
    );
    await provider.destroy(sandbox.id);
  });

  it('measures what a sandbox uses', async () => {
    const sandbox = await bench.shared();
    const before = await sandbox.metrics();
    await sandbox.exec(['python3', '-c', 'import time\nwhile time.process_time() < 0.5: pass']);
    const after = await sandbox.metrics();
    for (const [name, value] of Object.entries(after))
      expect([name, value === null || (Number.isFinite(value) && value >= 0)]).toEqual([name, true]);
    if (!provider.capabilities.metrics) return;
    if (after.cpuSeconds !== null) expect(after.cpuSeconds - (before.cpuSeconds ?? 0)).toBeGreaterThan(0.3);
    expect(Object.values(after).some((value) => value !== null)).toBe(true);
  });

  it('accepts a backstop and a later one, and runs on before it', async () => {
    const sandbox = await bench.create({ backstopAt: new Date(Date.now() + 600_000) });
    await sandbox.renew(new Date(Date.now() + 1_200_000));
    expect(await sandbox.exec('echo alive')).toMatchObject({ stdout: 'alive\n' });
    await sandbox.destroy();
  });

  it('gives up a creation whose caller gave up, and refuses images it cannot make', async () => {
    const id = bench.newId();
    await expect(bench.create({ id, signal: AbortSignal.abort() })).rejects.toThrow();
    await provider.destroy(id);
    if (!provider.capabilities.images)
      await expect(bench.create({ image: { kind: 'registry', reference: 'alpine' } })).rejects.toMatchObject({
        code: 'sandbox_capability_missing',
      });
    if (!provider.capabilities.dockerfile) {
      const { Readable } = await import('node:stream');
      const context = async () => Readable.from([]);
      await expect(bench.create({ image: { kind: 'dockerfile', context } })).rejects.toMatchObject({
        code: 'sandbox_capability_missing',
      });
    }
  });
}
