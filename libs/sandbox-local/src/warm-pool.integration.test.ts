import { afterAll, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { SandboxLimits } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { runBundled } from './testing/run-bundled';
import { describeSandbox, SMALL, tracesOf } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';
import { LocalSandboxProvider } from './local.provider';
import { readMeta } from './sandbox-folder';

const UIDS = '/run/showrunner/sandbox-uids';
const MIB = 1024 ** 2;

const names = (dir: string): string[] => (existsSync(dir) ? readdirSync(dir) : []);
const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
};
/** Pids of the holders that wait, by the name of their folder. */
const waiting = (home: string): number[] =>
  names(join(home, '.holders')).flatMap((folder) =>
    readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid) && textOf(`/proc/${pid}/cmdline`).includes(`holder:${folder}\0`))
      .map(Number),
  );
/** The disk is mounted, and the program that waits was started. */
const isWaiting = (pid: number): boolean => textOf(`/proc/${pid}/cmdline`).startsWith('sh\0-c\0\necho');
const loops = (home: string): string[] =>
  execFileSync('losetup', ['-a'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`${home}/`));
const claims = (home: string): string[] =>
  readdirSync(UIDS).filter((uid) => textOf(join(UIDS, uid)).startsWith(`${home}/`));

describeSandbox('holders that are started ahead', (bench) => {
  const homes: string[] = [];
  const opened: LocalSandboxProvider[] = [];
  const open = (): { home: string; provider: LocalSandboxProvider } => {
    const home = mkdtempSync(join(tmpdir(), 'sandboxes-holders-'));
    const provider = new LocalSandboxProvider({ home });
    homes.push(home);
    opened.push(provider);
    return { home, provider };
  };
  const make = (provider: LocalSandboxProvider, id: string, limits: Partial<SandboxLimits> = {}) =>
    provider.create({ id, limits: { ...SMALL, ...limits }, labels: {} });
  /** Their pids, once they have said that they are mounted. */
  const twoReady = async (home: string): Promise<number[]> => {
    await waitFor('two holders', () => waiting(home).filter(isWaiting).length === 2);
    await delay(20);
    return waiting(home);
  };

  afterAll(async () => {
    for (const provider of opened) await provider.close();
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });

  it('are none before the first creation, then two a size, and of two sizes at most', async () => {
    const { home, provider } = open();
    await provider.list();
    await delay(150);
    expect(names(join(home, '.holders'))).toEqual([]);
    const sandboxes = [await make(provider, 'a')];
    await twoReady(home);
    const sizes = () => {
      const folders = names(join(home, '.holders')).map((name) => join(home, '.holders', name, 'disk.img'));
      const bytes = folders.map((image) => statSync(image, { throwIfNoEntry: false })?.size ?? 0);
      return bytes.sort((one, other) => one - other).map((size) => size / MIB);
    };
    await waitFor('two of the size', () => sizes().join() === '64,64');
    sandboxes.push(await make(provider, 'of-32', { diskBytes: 32 * MIB }));
    await waitFor('two of two sizes', () => sizes().join() === '32,32,64,64');
    sandboxes.push(await make(provider, 'of-48', { diskBytes: 48 * MIB }));
    await waitFor('two of the latest two sizes', () => sizes().join() === '32,32,48,48');
    await waitFor('no others', () => waiting(home).length === 4);
    await delay(200);
    expect(sizes()).toEqual([32, 32, 48, 48]);
    expect(waiting(home)).toHaveLength(4);
    expect(claims(home)).toHaveLength(4 + sandboxes.length);
    for (const sandbox of sandboxes) await sandbox.destroy();
  });

  it('become sandboxes like any other: limits, uid, groups, view and an empty disk of their own', async () => {
    const { home, provider } = open();
    const first = await make(provider, 'first');
    const ahead = await twoReady(home);
    const later = [await make(provider, 'one', { maxProcesses: 21 }), await make(provider, 'two')];
    expect((await later[0]?.info())?.limits.maxProcesses).toMatchObject({ enforced: 21 });
    const looks = async (sandbox: Sandbox) => {
      const meta = await readMeta(join(home, sandbox.id));
      const pids = [meta?.holder?.pid, meta?.init?.pid];
      expect(textOf(join(home, sandbox.id, 'holder.pid')).trim()).toBe(String(pids[0]));
      expect(textOf(join(UIDS, String(meta?.hostUid)))).toBe(join(home, sandbox.id));
      expect(textOf(`/proc/${pids[1]}/status`)).toContain(`Uid:\t${meta?.hostUid}\t`);
      const inside = await sandbox.exec(
        'id; ls -lnA /app /home/app; cat /proc/1/cgroup; ls -l /proc/1/fd | sed "s/.*[0-9] //; s/[0-9]//g"; grep ext4 /proc/mounts | sed "s/loop[0-9]*//"',
      );
      await sandbox.writeFile('/app/mine', sandbox.id);
      const groups = pids.map((pid) =>
        textOf(`/proc/${pid}/cgroup`).replaceAll(meta?.cgroupKey ?? '-', 'key'),
      );
      return { pids, seen: { groups, inside: inside.stdout } };
    };
    const { seen, pids } = await looks(first);
    expect(ahead).not.toContain(pids[0]);
    expect(seen.groups[0]).toContain('/showrunner/key');
    for (const sandbox of later) {
      const other = await looks(sandbox);
      expect(ahead).toContain(other.pids[0]);
      expect(other.seen).toEqual(seen);
    }
    for (const sandbox of [first, ...later]) await sandbox.destroy();
  });

  it('are each taken once, whatever comes at the same time', async () => {
    const { home, provider } = open();
    await (await make(provider, 'first')).destroy();
    for (let round = 0; round < 3; round++) {
      await twoReady(home);
      const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}${round}`);
      const all = await Promise.all(ids.map((id) => make(provider, id)));
      await Promise.all(all.map((sandbox) => sandbox.writeFile('/app/mine', sandbox.id)));
      for (const sandbox of all) expect((await sandbox.readFile('/app/mine')).toString()).toBe(sandbox.id);
      const metas = await Promise.all(ids.map((id) => readMeta(join(home, id))));
      expect(new Set(metas.map((meta) => meta?.hostUid)).size).toBe(ids.length);
      await Promise.all(all.map((sandbox) => sandbox.destroy()));
    }
  });

  it('that were killed while they waited are not taken, and replaced', async () => {
    const { home, provider } = open();
    const first = await make(provider, 'first');
    await twoReady(home);
    const before = waiting(home);
    for (const pid of before) process.kill(pid, 'SIGKILL');
    await waitFor('their folders to go', () => names(join(home, '.holders')).length === 0);
    expect(claims(home)).toHaveLength(1);
    const second = await make(provider, 'second');
    expect((await second.exec('echo here')).stdout).toBe('here\n');
    await twoReady(home);
    await Promise.all([first, second].map((sandbox) => sandbox.destroy()));
  });

  it('whose image is gone are not taken', async () => {
    const { home, provider } = open();
    const first = await make(provider, 'first');
    await twoReady(home);
    for (const name of names(join(home, '.holders'))) rmSync(join(home, '.holders', name, 'disk.img'));
    const second = await make(provider, 'second');
    expect((await second.exec('echo mine > /app/mine; cat /app/mine')).stdout).toBe('mine\n');
    await second.stop();
    await second.start();
    expect((await second.readFile('/app/mine')).toString()).toBe('mine\n');
    await Promise.all([first, second].map((sandbox) => sandbox.destroy()));
  });

  it('end with the provider, and the sandboxes do not', async () => {
    const { home, provider } = open();
    await make(provider, 'kept');
    await twoReady(home);
    const kept = await make(provider, 'taken');
    await provider.close();
    expect(waiting(home)).toEqual([]);
    expect(names(join(home, '.holders'))).toEqual([]);
    expect(claims(home)).toHaveLength(2);
    await waitFor('the disks to go', () => loops(home).length === 2);
    expect((await kept.exec('echo here')).stdout).toBe('here\n');
    for (const id of ['kept', 'taken']) await provider.destroy(id);
    await waitFor('every disk to go', () => loops(home).length === 0);
  });

  it('keep no process from ending, and are waited for by close', async () => {
    const { home } = open();
    const script = (end: string) =>
      `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(home)} });
       const limits = ${JSON.stringify(SMALL)};
       await (await provider.create({ id: 'only', limits, labels: {} })).destroy();
       await new Promise((next) => setTimeout(next, 400));
       ${end}
       console.log('over');`;
    expect(await runBundled(script('await provider.close();'))).toBe('over\n');
    expect(names(join(home, '.holders'))).toEqual([]);
    expect(await runBundled(script(''))).toBe('over\n');
    await waitFor('the waiting ones to end', () => waiting(home).length === 0);
  });

  it('end with a process that is killed, at any moment of its next creation; the sweep removes their folders', async () => {
    const { home } = bench;
    for (let moment = 0; moment < 14; moment++)
      await runBundled(
        `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(home)} });
         const create = (id) => provider.create({ id, limits: ${JSON.stringify(SMALL)}, labels: {} });
         await create('before${moment}');
         const { readdirSync } = await import('node:fs');
         const mine = () => readdirSync(${JSON.stringify(join(home, '.holders'))})
           .filter((name) => name.startsWith(process.pid + '.'));
         while (true) {
           try { if (mine().length === 2) break; } catch {}
           await new Promise((next) => setTimeout(next, 5));
         }
         await new Promise((next) => setTimeout(next, 60));
         setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${moment * 1.5});
         await create('moment${moment}');
         setInterval(() => undefined, 1000);`,
      );
    await waitFor('the waiting ones to end', () => waiting(home).length === 0);
    const running = (await bench.provider.list()).map(({ id }) => id);
    expect(running.filter((id) => id.startsWith('before'))).toHaveLength(14);
    for (const id of running) await bench.provider.destroy(id);
    await bench.provider.sweep();
    expect(names(join(home, '.holders'))).toEqual([]);
    expect(claims(home)).toEqual([]);
    expect(loops(home)).toEqual([]);
    expect(tracesOf(home).groups.filter((group) => /moment|before/.test(group))).toEqual([]);
  });
});
