import { expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '@showrunner/sandbox';
import { runBundled } from './testing/run-bundled';
import { describeSandbox, SMALL, tracesOf } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

const TREE = 'cd / && find app home/app -printf "%p %m %U:%G %y %s %n %l\\n" | sort && cat /app/deep/file';

async function plant(sandbox: Sandbox): Promise<string> {
  const done = await sandbox.exec(
    'mkdir -p /app/deep /app/locked && echo kept > /app/deep/file && ln -s ../../etc/shadow /app/link && ln /app/deep/file /app/hard' +
      ' && echo home > /home/app/.rc && chmod 4711 /app/hard && echo x > "/app/odd\nname" && head -c 300000 /dev/urandom > /home/app/blob' +
      ' && echo secret > /app/locked/inner && chmod 0000 /app/locked && truncate -s 20M /app/sparse && mkfifo /app/pipe',
  );
  expect(done).toMatchObject({ exitCode: 0, stderr: '' });
  return (await sandbox.exec(TREE)).stdout;
}

describeSandbox('a local sandbox that is stopped, archived and started', (bench) => {
  const { provider } = bench;

  it('has names for itself, which stay over a stop; one that is no single label is refused', async () => {
    await bench.create('named');
    const given = await provider.systems?.putBeneath('named', undefined, ['db', 'api_1']);
    const ask = 'getent hosts db api_1 localhost';
    expect((await given?.exec(ask))?.stdout).toMatch(/^127\.0\.0\.1\s+db\n127\.0\.0\.1\s+api_1\n/);
    await given?.stop();
    expect((await (await provider.getOrStart('named')).exec(ask)).stdout).toContain('api_1');
    for (const name of ['registry.npmjs.org', 'a\n10.0.0.1 b', '', '-x'])
      await expect(provider.systems?.putBeneath('named', undefined, [name])).rejects.toMatchObject({
        code: 'host_name_invalid',
      });
    await provider.destroy('named');
  });

  it('keeps its files through each, and no process', async () => {
    const sandbox = await bench.create('kept');
    const before = await plant(sandbox);
    await sandbox.startProcess('app', 'sleep 771');
    for (const act of ['stop', 'archive'] as const) {
      await sandbox[act]();
      await sandbox[act]();
      const status = act === 'stop' ? 'stopped' : 'archived';
      expect(await sandbox.info()).toMatchObject({ status });
      expect((await provider.list()).map((info) => info.status)).toEqual([status]);
      expect(tracesOf(bench.home)).toMatchObject({ loops: [], mounts: [], processes: [] });
      await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_not_running' });
      await expect(sandbox.connect(80)).rejects.toMatchObject({ code: 'sandbox_not_running' });
      expect(await sandbox.processStatus('app')).toMatchObject({ running: false });
      const { limits } = await sandbox.info();
      const started = await provider.getOrStart('kept');
      await sandbox.start();
      expect((await started.exec(TREE)).stdout).toBe(before);
      expect((await sandbox.exec('pgrep -cx sleep')).stdout.trim()).toBe('1'); // the sandbox's own
      expect((await sandbox.info()).limits).toEqual(limits);
      expect((await sandbox.exec('chmod 700 /app/locked && cat /app/locked/inner')).stdout).toBe('secret\n');
      await sandbox.exec('chmod 0000 /app/locked');
      await sandbox.startProcess('app', 'sleep 771');
    }
    await sandbox.destroy();
  });

  it('takes little room when archived, and can be destroyed in each state', async () => {
    for (const act of ['stop', 'archive'] as const) {
      const sandbox = await bench.create(`gone-${act}`, { diskBytes: 512 * 1024 ** 2 });
      await sandbox.exec(
        'yes | head -c 50000000 > /app/text; head -c 50000000 /dev/urandom > /app/x; rm /app/x',
      );
      await sandbox[act]();
      if (act === 'archive') {
        expect((await sandbox.metrics()).diskBytes).toBeLessThan(1024 ** 2);
        expect(existsSync(join(bench.home, `gone-${act}`, 'disk.img'))).toBe(false);
      }
      await sandbox.destroy();
      expect(await provider.get(`gone-${act}`)).toBeUndefined();
      expect(await sandbox.info()).toMatchObject({ status: 'destroyed' });
    }
    expect(tracesOf(bench.home)).toMatchObject({ loops: [], mounts: [], processes: [] });
  });

  it('is started by whoever asks for its id, and by one of many callers at once', async () => {
    const sandbox = await bench.create('asked');
    await sandbox.writeFile('/app/mark', 'mine');
    await sandbox.stop();
    const again = await bench.create('asked');
    expect((await again.readFile('/app/mark')).toString()).toBe('mine');
    await again.archive();
    await Promise.all([again.start(), sandbox.start(), provider.getOrStart('asked')]);
    expect((await sandbox.readFile('/app/mark')).toString()).toBe('mine');
    await Promise.all([sandbox.stop(), again.stop(), sandbox.archive()]);
    expect((await sandbox.info()).status).toMatch(/stopped|archived/);
    await sandbox.destroy();
    await expect(provider.getOrStart('asked')).rejects.toMatchObject({ code: 'sandbox_not_found' });
    await expect(sandbox.start()).rejects.toMatchObject({ code: 'sandbox_not_found' });
  });

  it('saves the files of one that died, by a stop', async () => {
    const sandbox = await bench.create('dead');
    await sandbox.writeFile('/app/mark', 'saved');
    await sandbox.exec('pkill -9 -x sleep');
    await waitFor('its end', async () => (await sandbox.info()).status === 'failed');
    await expect(provider.getOrStart('dead')).rejects.toMatchObject({ code: 'sandbox_lost' });
    await sandbox.stop();
    await sandbox.start();
    expect((await sandbox.readFile('/app/mark')).toString()).toBe('saved');
    await sandbox.destroy();
  });

  it('carries its labels and environment, and counts what it used before', async () => {
    const sandbox = await provider.create({
      id: 'carried',
      limits: SMALL,
      labels: { a: '1' },
      environment: { COLOUR: 'green' },
    });
    await sandbox.setLabels({ b: '2' });
    await sandbox.exec('i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done');
    const before = await sandbox.metrics();
    expect(before.cpuSeconds).toBeGreaterThan(0.02);
    expect(before.processes).toBeGreaterThan(0);
    expect(before.memoryBytes).toBeGreaterThan(0);
    expect(before.memoryPeakBytes).toBeGreaterThanOrEqual(before.memoryBytes ?? Infinity);
    await sandbox.stop();
    const stopped = await sandbox.metrics();
    expect(stopped).toMatchObject({ memoryBytes: 0, processes: 0 });
    expect(stopped.cpuSeconds).toBeGreaterThanOrEqual(before.cpuSeconds ?? Infinity);
    await sandbox.start();
    expect((await sandbox.metrics()).cpuSeconds).toBeGreaterThanOrEqual(before.cpuSeconds ?? Infinity);
    expect((await sandbox.exec('echo $COLOUR')).stdout).toBe('green\n');
    expect((await provider.list({ b: '2' })).map(({ id }) => id)).toEqual(['carried']);
    expect(await provider.list({ a: '1' })).toEqual([]);
    await sandbox.destroy();
  });

  it('measures what lies on its disk', async () => {
    const sandbox = await bench.create('disk');
    const before = (await sandbox.metrics()).diskBytes ?? 0;
    await sandbox.exec('head -c 20000000 /dev/urandom > /app/x; sync');
    const grown = ((await sandbox.metrics()).diskBytes ?? 0) - before;
    expect(grown).toBeGreaterThan(19_000_000);
    expect(grown).toBeLessThan(22_000_000);
    await sandbox.destroy();
  });

  it('is the old or the new when its caller is killed at any moment of a change', async () => {
    const sandbox = await bench.create('moments');
    const before = await plant(sandbox);
    const seen = new Set<string>();
    for (let moment = 0; moment < 18; moment++) {
      const act = (['stop', 'archive', 'start'] as const)[moment % 3] ?? 'stop';
      await runBundled(
        `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(bench.home)} });
         const sandbox = await provider.get('moments');
         setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${5 + Math.floor(moment / 3) * 25});
         await sandbox.${act}();
         process.exit();`,
      );
      const { status } = await sandbox.info();
      expect(status).toMatch(/running|stopped|archived/);
      seen.add(status);
      if (moment % 2 === 0) {
        await provider.sweep();
        if (status !== 'running') expect(tracesOf(bench.home).loops).toEqual([]);
        expect((await sandbox.info()).status).toBe(status);
      }
      await sandbox.start();
      expect((await sandbox.exec(TREE)).stdout).toBe(before);
      if (moment % 3 === 2) await sandbox.stop();
    }
    expect(seen.size).toBeGreaterThan(1);
    const meta = JSON.parse(readFileSync(join(bench.home, 'moments/meta.json'), 'utf8')) as object;
    expect(meta).toMatchObject({ hostUid: expect.any(Number) });
    await sandbox.destroy();
    expect(tracesOf(bench.home)).toMatchObject({ loops: [], mounts: [] });
  }, 120_000);
});
