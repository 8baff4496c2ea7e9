import { beforeAll, expect, it } from '@jest/globals';
import { hostSlowness } from '@showrunner/contracts/testing';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reapSandboxes } from '@showrunner/sandbox';
import { runBundled } from './testing/run-bundled';
import { describeSandbox, isKeptReady, SMALL, tracesOf } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

describeSandbox('the life of a local sandbox', (bench) => {
  const { provider } = bench;
  beforeAll(() => expect(provider.name).toBe('local'));

  it('is created once: the same id is adopted, also by callers at the same time', async () => {
    const [one, two] = await Promise.all([bench.create('twice'), bench.create('twice')]);
    await one.writeFile('/app/mark', 'kept');
    const three = await bench.create('twice');
    for (const handle of [one, two, three])
      expect((await handle.readFile('/app/mark')).toString()).toBe('kept');
    expect(await provider.list()).toHaveLength(1);
    await one.destroy();
  });

  it('is listed by label, found by id, and gone after destroy, which may be repeated', async () => {
    const sandbox = await provider.create({ id: 'listed', limits: SMALL, labels: { run: 'r1', kind: 'a' } });
    expect((await provider.list({ run: 'r1' })).map(({ id }) => id)).toEqual(['listed']);
    expect(await provider.list({ run: 'r2' })).toEqual([]);
    expect(await sandbox.info()).toMatchObject({ id: 'listed', provider: 'local', status: 'running' });
    const started = performance.now();
    await Promise.all([sandbox.destroy(), sandbox.destroy()]);
    expect(performance.now() - started).toBeLessThan(1000 * hostSlowness());
    await provider.destroy('listed');
    await provider.destroy('never-was');
    expect(await provider.get('listed')).toBeUndefined();
    expect(await sandbox.info()).toMatchObject({ status: 'destroyed' });
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_lost' });
    await expect(sandbox.connect(80)).rejects.toMatchObject({ code: 'sandbox_lost' });
  });

  it('refuses ids that would lead elsewhere', async () => {
    for (const id of ['../x', '', '.', 'a/b', 'a b', '-x', 'x'.repeat(64)]) {
      await expect(bench.create(id)).rejects.toMatchObject({ code: 'sandbox_id_invalid' });
      await expect(provider.destroy(id)).rejects.toMatchObject({ code: 'sandbox_id_invalid' });
    }
  });

  it('destroys daemons that forked twice, in under a second', async () => {
    const sandbox = await bench.create('daemons');
    await sandbox.startProcess(
      'app',
      'for i in 1 2 3; do (setsid sh -c "trap : TERM HUP; sleep 551 & sleep 551" &); done; sleep 551',
    );
    await waitFor('the daemons', async () => Number((await sandbox.exec('pgrep -cx sleep')).stdout) >= 8);
    const started = performance.now();
    await sandbox.destroy();
    expect(performance.now() - started).toBeLessThan(1000 * hostSlowness());
    expect(readdirSync('/proc').filter((pid) => commandLine(pid) === 'sleep\x00551\x00')).toEqual([]);
  });

  it('survives kill -9 of its creator, and any process goes on with it', async () => {
    const output = await runBundled(
      `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(bench.home)} });
       const sandbox = await provider.create({ id: 'left', limits: ${JSON.stringify(SMALL)}, labels: {} });
       await sandbox.startProcess('app', 'while sleep 0.05; do echo tick; done');
       console.log('started');
       setInterval(() => undefined, 1000);`,
      { until: 'started' },
    );
    expect(output).toContain('started');
    const sandbox = await provider.get('left');
    if (sandbox === undefined) throw new TypeError('the sandbox died with its creator');
    const before = (await sandbox.processLog('app')).length;
    await waitFor('more ticks', async () => (await sandbox.processLog('app')).length > before);
    expect((await sandbox.exec('echo here')).stdout).toBe('here\n');
    await sandbox.destroy();
  });

  it('half made by a killed creator, is listed, replaced and reaped', async () => {
    for (const id of ['half1', 'half2']) mkdirSync(join(bench.home, id));
    const lost = { pid: 2 ** 22 - 1, startTime: '1' };
    const meta = {
      version: 1,
      status: 'creating',
      createdAt: '2020-01-01T00:00:00Z',
      labels: {},
      creator: lost,
    };
    for (const id of ['half1', 'half2'])
      writeFileSync(
        join(bench.home, id, 'meta.json'),
        JSON.stringify({ ...meta, id, cgroupKey: `${id}-x`, requested: SMALL, limits: {} }),
      );
    expect((await provider.list()).map(({ status }) => status)).toEqual(['failed', 'failed']);
    const replaced = await bench.create('half1');
    expect((await replaced.exec('echo new')).stdout).toBe('new\n');
    expect(await reapSandboxes(provider, async () => false, 60_000)).toEqual(['half2']);
    expect(await reapSandboxes(provider, async ({ id }) => id === 'half1', 0)).toEqual([]);
    expect(await reapSandboxes(provider, async () => false, 0)).toEqual(['half1']);
    expect(await provider.list()).toEqual([]);
  });

  it('leaves nothing that reap does not find when its creator is killed at any moment of the creation', async () => {
    const stepMs = 4 * hostSlowness();
    for (let moment = 0; moment < 12; moment++) {
      // Killed by itself, between 0 and some 45 ms into the creation, which takes about as long on a quiet host.
      await runBundled(
        `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(bench.home)} });
         await provider.list();
         setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${moment * stepMs});
         await provider.create({ id: 'moment${moment}', limits: ${JSON.stringify(SMALL)}, labels: {} });
         setInterval(() => undefined, 1000);`,
      );
    }
    const listed = (await provider.list()).map(({ id }) => id);
    expect(listed.length).toBeGreaterThan(0);
    expect((await reapSandboxes(provider, async () => false, 0)).sort()).toEqual(listed.sort());
    await waitFor('the shims to end', () => tracesOf(bench.home).processes.length === 0);
    const traces = tracesOf(bench.home);
    expect(traces).toMatchObject({ loops: [], mounts: [] });
    expect(traces.groups.filter((group) => group.includes('moment'))).toEqual([]);
  });

  it('that was killed inside is reported as failed, and made anew under its id', async () => {
    const sandbox = await bench.create('killed');
    await sandbox.exec('pkill -9 -x sleep');
    await waitFor('its end', async () => (await sandbox.info()).status === 'failed');
    await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_lost' });
    const anew = await bench.create('killed');
    expect((await anew.exec('echo new')).stdout).toBe('new\n');
    await anew.destroy();
  });

  it('works in a home whose path is longer than a socket address', async () => {
    const { LocalSandboxProvider } = await import('./local.provider');
    const deep = new LocalSandboxProvider({ home: join(bench.home, '.deep', 'x'.repeat(100)) });
    const sandbox = await deep.create({ id: 'deep', limits: SMALL, labels: {} });
    await sandbox.startProcess('web', 'exec python3 -m http.server 8125');
    await waitFor('it to listen', async () => (await sandbox.listeningPorts()).length > 0);
    (await sandbox.connect(8125)).destroy();
    const policy = { mode: 'allow' as const, hosts: [] };
    const { value } = await sandbox.withNetwork(policy, () => sandbox.exec('curl -s http://x.test/'));
    expect(value.stdout).toContain('x.test is not allowed');
    await sandbox.destroy();
  });

  it('works without root, and says which limits are weaker then', async () => {
    const home = mkdtempSync(join(tmpdir(), 'sandboxes-rootless-'));
    chownSync(home, 65_534, 65_534);
    const output = await runBundled(
      `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(home)} });
       const sandbox = await provider.create({ id: 'plain', limits: ${JSON.stringify(SMALL)}, labels: {} });
       const uid = (await sandbox.exec('id -u; touch /usr/x || echo refused')).stdout;
       const ended = await sandbox.exec('(setsid sleep 661 &); sleep 661', { timeoutMs: 300 });
       const left = (await sandbox.exec('pgrep -cx sleep')).stdout;
       await sandbox.startProcess('web', 'exec python3 -m http.server 8124');
       while ((await sandbox.listeningPorts()).length === 0) await new Promise((next) => setTimeout(next, 20));
       (await sandbox.connect(8124)).destroy();
       const { limits } = await sandbox.info();
       await provider.destroy('plain');
       console.log(JSON.stringify({ uid, timedOut: ended.timedOut, left, limits, listed: (await provider.list()).length }));`,
      { uid: 65_534 },
    );
    const seen = JSON.parse(output) as { limits: Record<string, unknown> };
    expect(seen).toMatchObject({ uid: '1000\nrefused\n', timedOut: true, left: '1\n', listed: 0 });
    expect(seen.limits).toMatchObject({
      memoryBytes: { enforced: null, by: 'none' },
      cpus: { enforced: null, by: 'none' },
      maxProcesses: { by: 'RLIMIT_NPROC' },
      diskBytes: { by: 'tmpfs size' },
    });
    await waitFor('the shim to end', () => tracesOf(home).processes.length === 0);
    rmSync(home, { recursive: true });
  });

  it('says what is missing when bubblewrap is', async () => {
    const { LocalSandboxProvider } = await import('./local.provider');
    const without = new LocalSandboxProvider({
      home: join(bench.home, '.without'),
      bwrapPath: '/nowhere/bwrap',
    });
    await expect(without.create({ id: 'x', limits: SMALL, labels: {} })).rejects.toMatchObject({
      code: 'sandbox_unavailable',
      remedy: expect.stringContaining('apt-get install bubblewrap'),
    });
  });

  it('leaves nothing behind when it cannot start', async () => {
    const { LocalSandboxProvider } = await import('./local.provider');
    const script = join(bench.home, 'broken-bwrap');
    writeFileSync(
      script,
      '#!/bin/sh\n[ "$1" = --version ] && exit 0\necho "no such namespace" >&2; exit 1\n',
      { mode: 0o755 },
    );
    const home = mkdtempSync(join(tmpdir(), 'sandboxes-broken-'));
    const broken = new LocalSandboxProvider({ home, bwrapPath: script });
    // The sandbox's uid may not enter the home, so the error is about running it at all or about what it said.
    await expect(broken.create({ id: 'broken', limits: SMALL, labels: {} })).rejects.toMatchObject({
      code: 'sandbox_start_failed',
    });
    expect(await broken.list()).toEqual([]);
    expect(tracesOf(home)).toMatchObject({ processes: [], loops: [], mounts: [] });
    rmSync(home, { recursive: true });
  });

  it('leaves no process, mount, control group, loop device or file after 50 lives', async () => {
    const uids = '/run/showrunner/sandbox-uids';
    const claims = () =>
      readdirSync(uids).filter((uid) => {
        const owner = readFileSync(join(uids, uid), 'utf8');
        return owner.startsWith(bench.home) && !isKeptReady(owner);
      });
    expect(claims()).toEqual([]);
    for (let round = 0; round < 25; round++) {
      const pair = await Promise.all([bench.create(`life-${round}a`), bench.create(`life-${round}b`)]);
      await Promise.all(pair.map((sandbox) => sandbox.exec('setsid sleep 600 & echo x > /app/x')));
      await Promise.all(pair.map((sandbox) => sandbox.destroy()));
    }
    await waitFor('the shims to end', () => tracesOf(bench.home).processes.length === 0);
    const traces = tracesOf(bench.home);
    expect(traces.loops).toEqual([]);
    expect(traces.mounts).toEqual([]);
    expect(traces.groups.filter((group) => group.includes('life-'))).toEqual([]);
    expect(
      readdirSync(bench.home).filter((name) => !name.startsWith('.') && name !== 'broken-bwrap'),
    ).toEqual([]);
    expect(readdirSync(join(bench.home, '.trash'))).toEqual([]);
    expect(claims()).toEqual([]);
    expect(existsSync(join(bench.home, '.templates'))).toBe(true);
  }, 120_000);
});

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // no process, or gone
  }
}
