import { expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runBundled } from './testing/run-bundled';
import { describeSandbox, SMALL } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';
import { DiskPool } from './disk-pool';
import { diskTemplate } from './disk-image';

describeSandbox('disks that are copied ahead', (bench) => {
  const ready = (home: string) => {
    const dir = join(home, '.templates/ready');
    return existsSync(dir) ? readdirSync(dir).filter((name) => !name.endsWith('.tmp')) : [];
  };

  it('are two, whatever is taken, and each is taken once', async () => {
    const first = await bench.create('first');
    await waitFor('two copies', () => ready(bench.home).length === 2);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = await Promise.all(names.map((name) => bench.create(name)));
    await Promise.all(all.map((sandbox) => sandbox.writeFile('/app/mine', sandbox.id)));
    for (const sandbox of all) {
      expect((await sandbox.readFile('/app/mine')).toString()).toBe(sandbox.id);
      expect((await sandbox.exec('ls -A /app /home/app; touch /home/app/x')).stdout).toBe(
        '/app:\nmine\n\n/home/app:\n',
      );
    }
    await waitFor('two copies again', () => ready(bench.home).length === 2);
    await Promise.all([first, ...all].map((sandbox) => sandbox.destroy()));
    await delay(100);
    expect(ready(bench.home)).toHaveLength(2);
  });

  it('outlive their maker, are used by others, and are swept when they were not finished', async () => {
    const home = mkdtempSync(join(tmpdir(), 'sandboxes-pool-'));
    await runBundled(
      `const provider = new LocalSandboxProvider({ home: ${JSON.stringify(home)} });
       await (await provider.create({ id: 'one', limits: ${JSON.stringify(SMALL)}, labels: {} })).destroy();
       while (true) {
         const { readdirSync } = await import('node:fs');
         try { if (readdirSync(${JSON.stringify(join(home, '.templates/ready'))}).length > 0) break; } catch {}
         await new Promise((next) => setTimeout(next, 5));
       }
       process.kill(process.pid, 'SIGKILL');`,
    );
    const { LocalSandboxProvider } = await import('./local.provider');
    const next = new LocalSandboxProvider({ home });
    const left = join(home, '.templates/ready/x.tmp');
    writeFileSync(left, '');
    utimesSync(left, 1, 1);
    await next.sweep();
    expect(existsSync(left)).toBe(false);
    const sandbox = await next.create({ id: 'two', limits: SMALL, labels: {} });
    expect((await sandbox.exec('echo here')).stdout).toBe('here\n');
    await sandbox.destroy();
    await next.close();
    rmSync(home, { recursive: true });
    await delay(100);
    expect(existsSync(home)).toBe(false);
  });

  it('are not made in a home that is gone', async () => {
    const home = mkdtempSync(join(tmpdir(), 'sandboxes-pool-'));
    await diskTemplate(home, SMALL.diskBytes);
    const pool = new DiskPool(home);
    expect(await pool.take(SMALL.diskBytes, home)).toBe(false);
    pool.refill(SMALL.diskBytes);
    rmSync(home, { recursive: true });
    await delay(150);
    expect(existsSync(home)).toBe(false);
    await pool.close();
  });
});
