import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from '@showrunner/sandbox';
import { describeSandbox } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

const MIB = 1024 ** 2;

describeSandbox('what a hostile app cannot do', (bench) => {
  let hostile: Sandbox;
  let neighbour: Sandbox;
  beforeAll(async () => {
    [hostile, neighbour] = await Promise.all([bench.create('hostile'), bench.create('neighbour')]);
  });
  afterAll(() => Promise.all([hostile.destroy(), neighbour.destroy()]));

  const stillUsable = async (sandbox: Sandbox) =>
    expect((await sandbox.exec('echo usable')).stdout).toBe('usable\n');

  it('is not root, inside or on the host, and has no capability', async () => {
    expect((await hostile.exec('id -u; id -G')).stdout).toBe('1000\n1000\n');
    const status = (await hostile.exec('cat /proc/self/status')).stdout;
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb'])
      expect(status).toMatch(new RegExp(`${set}:\\t0{16}`));
    expect(status).toContain('NoNewPrivs:\t1');
    const meta = JSON.parse(readFileSync(join(bench.home, 'hostile/meta.json'), 'utf8')) as {
      init: { pid: number };
      hostUid: number;
    };
    const onHost = readFileSync(`/proc/${meta.init.pid}/status`, 'utf8');
    expect(onHost).toContain(`Uid:\t${meta.hostUid}\t${meta.hostUid}`);
    expect(meta.hostUid).toBeGreaterThanOrEqual(2_000_000);
  });

  it('cannot become more: no user namespaces, mounts, devices or setuid programs', async () => {
    for (const attempt of [
      'unshare -U true',
      'unshare -Urm true',
      'mount -t tmpfs x /tmp',
      'mknod /tmp/d b 7 0',
      'su -c id',
    ])
      expect((await hostile.exec(attempt, { timeoutMs: 5000 })).exitCode).not.toBe(0);
  });

  it('can write to /app, its home and temporary folders, and nowhere else', async () => {
    const found = await hostile.exec(
      'find / -path /proc -prune -o -type d -writable -print 2>/dev/null | sort',
    );
    // bwrap makes / and a few folders as the user, on a file system that is then remounted read-only.
    const writable: string[] = [];
    for (const dir of found.stdout.trim().split('\n'))
      if ((await hostile.exec(['touch', join(dir, '.probe')])).exitCode === 0) writable.push(dir);
    expect(writable).toEqual(['/app', '/dev/shm', '/home/app', '/tmp']);
    expect((await hostile.exec('echo x > /proc/sys/kernel/hostname')).exitCode).not.toBe(0);
  });

  it('sees no file, variable or process of the host', async () => {
    process.env.SANDBOX_TEST_SECRET = 'open-sesame';
    const seen = await hostile.exec(
      'env; cat /proc/*/environ; ls /root /home /var /run /srv /opt /sys /work; cat /etc/shadow; ls /proc | grep -E "^[0-9]+$" | wc -l',
    );
    delete process.env.SANDBOX_TEST_SECRET;
    expect(seen.stdout).not.toContain('open-sesame');
    expect(seen.stderr).toMatch(/shadow: No such file/);
    for (const dir of ['/root', '/var', '/run', '/srv', '/opt', '/sys', '/work'])
      expect(seen.stderr).toContain(`'${dir}': No such file`);
    expect(Number(seen.stdout.trim().split('\n').at(-1))).toBeLessThan(12);
    expect((await hostile.exec('find / -name "*.sock" -not -path "/proc/*" 2>/dev/null')).stdout).toBe('');
    // The shim's own sockets are listed by their names, but are files of the host; none is abstract, which could be reached.
    expect((await hostile.exec('cat /proc/net/unix')).stdout).not.toMatch(/[@/]/);
    expect((await hostile.exec('cat /proc/1/cmdline | tr "\\0" " "; ls -l /proc/1/fd')).stdout).not.toContain(
      bench.home,
    );
  });

  it('does not reach servers of the host, on IPv4, IPv6 or unix sockets', async () => {
    const servers: Server[] = [];
    const listen = async (...args: [number, string] | [string]) => {
      const server = createServer((socket) => socket.end('reached'));
      servers.push(server);
      server.listen(...(args as [number, string]));
      await once(server, 'listening');
      return server.address();
    };
    try {
      const address = (await listen(0, '::')) as { port: number };
      await listen(`\0sandbox-test-${process.pid}`);
      for (const host of [
        '127.0.0.1',
        '[::1]',
        '10.0.0.1',
        '169.254.169.254',
        '1.1.1.1',
        '[2606:4700:4700::1111]',
      ])
        expect(
          (await hostile.exec(['curl', '-sS', '-m', '2', '-g', `http://${host}:${address.port}/`])).exitCode,
        ).not.toBe(0);
      const abstract = `require('net').connect('\\0sandbox-test-${process.pid}').on('error',e=>{console.log(e.code);process.exit(3)}).on('data',d=>console.log(String(d)))`;
      expect((await hostile.exec(['node', '-e', abstract])).stdout).toBe('ECONNREFUSED\n');
      expect((await hostile.exec('cat /proc/net/dev | tail -n +3 | cut -d: -f1')).stdout.trim()).toBe('lo');
    } finally {
      for (const server of servers) server.close();
    }
  });

  it('does not reach files, processes or ports of another sandbox', async () => {
    await neighbour.writeFile('/app/secret', 'neighbour');
    await neighbour.writeFile('/tmp/secret', 'neighbour');
    await neighbour.startProcess('web', 'exec python3 -m http.server 8123');
    await waitFor('the neighbour to listen', async () =>
      (await neighbour.listeningPorts()).some(({ port }) => port === 8123),
    );
    expect((await hostile.exec('cat /app/secret /tmp/secret')).stdout).toBe('');
    expect((await hostile.exec('curl -sS -m 2 http://127.0.0.1:8123/')).exitCode).not.toBe(0);
    expect((await hostile.exec('cat /proc/*/cmdline')).stdout).not.toContain('http.server');
    expect(await hostile.listeningPorts()).toEqual([]);
    await neighbour.killProcess('web');
  });

  it('loses its process, not the host, when it hogs memory', async () => {
    const hog = await hostile.exec(['node', '-e', 'const a=[];for(;;)a.push(Buffer.alloc(4<<20,1))'], {
      timeoutMs: 20_000,
    });
    expect(hog).toMatchObject({ outOfMemory: true, timedOut: false });
    expect(hog.exitCode === 0).toBe(false);
    expect((await hostile.exec('echo fine')).outOfMemory).toBe(false);
    await Promise.all([stillUsable(hostile), stillUsable(neighbour)]);
  });

  it('cannot fill memory by files: /tmp and /dev/shm end', async () => {
    for (const path of ['/tmp/fill', '/dev/shm/fill']) {
      await hostile.exec(['sh', '-c', `head -c 500000000 /dev/zero > ${path}; rm ${path}`], {
        timeoutMs: 20_000,
      });
      await stillUsable(neighbour);
    }
    await stillUsable(hostile);
  });

  it('cannot fork without end', async () => {
    let said = '';
    // A shell starts both sides of a pipe itself: the one that waits would end if the first had used up everything before the second.
    const bomb = hostile.exec('bomb() { bomb | bomb & }; (bomb) & exec sleep 100', {
      timeoutMs: 1500,
      maxOutputBytes: 1024,
      onOutput: (_stream, chunk) => void (said = (said + chunk.toString()).slice(-200)),
    });
    await waitFor('the bomb to hit its limit', () => /cannot fork/i.test(said));
    const started = performance.now();
    await stillUsable(neighbour);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(await bomb).toMatchObject({ timedOut: true });
    await stillUsable(hostile);
  });

  it('is refused processes before the kernel copies anything for them, so that its forks keep nobody waiting', async () => {
    const before = refusedLate('hostile');
    const forks =
      'import os, time\nfor _ in range(2000):\n  try:\n    if os.fork() == 0: time.sleep(9)\n  except OSError as error: print(error.errno); break';
    const refused = await hostile.exec(['python3', '-c', forks], { timeoutMs: 20_000 });
    expect(refused.stdout).toBe('11\n');
    expect(refusedLate('hostile')).toBe(before);
  });

  /** Forks that only the control group's limit ended, as the kernel counts them. */
  function refusedLate(id: string): number {
    const meta = JSON.parse(readFileSync(join(bench.home, `${id}/meta.json`), 'utf8')) as {
      cgroupKey: string;
    };
    const paths = [
      `/sys/fs/cgroup/pids/showrunner/${meta.cgroupKey}`,
      `/sys/fs/cgroup/showrunner/${meta.cgroupKey}`,
    ];
    const file = paths.map((path) => join(path, 'pids.events')).find((path) => existsSync(path));
    return file === undefined ? 0 : Number(/^max (\d+)$/m.exec(readFileSync(file, 'utf8'))?.[1]);
  }

  it('cannot fill the disk beyond its own', async () => {
    const filler = await hostile.exec('head -c 200000000 /dev/zero > /app/fill');
    expect(filler.stderr).toContain('No space left');
    expect(Number((await hostile.exec('stat -c %s /app/fill')).stdout)).toBeLessThan(64 * MIB);
    const inodes = await hostile.exec(
      'rm /app/fill; cd /app; for i in $(seq 20000); do : > f$i || exit 9; done',
      { timeoutMs: 20_000 },
    );
    expect(inodes.exitCode).not.toBe(0);
    await stillUsable(neighbour);
    await hostile.exec('rm -f /app/*');
  });

  it('cannot take more processor time than it has', async () => {
    const burn =
      'import time,os\nfor _ in range(4):\n  os.fork()\nend=time.time()+1.0\nwhile time.time()<end: pass\n';
    const slow = await bench.create('slow', { cpus: 0.5 });
    const used = await slow.exec(`python3 -c '${burn}' ; cat /proc/self/stat > /dev/null; times | tail -1`);
    const [minutes = 0, seconds = 0] = (/(\d+)m([\d.]+)s/.exec(used.stdout)?.slice(1) ?? []).map(Number);
    expect(minutes * 60 + seconds).toBeLessThan(1.5);
    await slow.destroy();
  });

  it('cannot use up the host by what it prints', async () => {
    await hostile.startProcess('flood', 'echo begin; head -c 2147483648 /dev/zero; echo end; sleep 1000');
    await waitFor('the flood to end', async () => (await hostile.processLog('flood', 10)).endsWith('end\n'));
    const kept = ['head', 'tail0', 'tail1'].map(
      (part) => readFileSync(join(bench.home, `hostile/processes/flood.${part}`)).length,
    );
    expect(kept.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(3 * MIB);
    expect((await hostile.processLog('flood', 4 * MIB)).startsWith('begin\n')).toBe(true);
    await hostile.killProcess('flood');
  });

  it('says what enforces each limit', async () => {
    const { limits } = await hostile.info();
    for (const limit of Object.values(limits)) {
      expect(limit.enforced).toBe(limit.requested);
      expect(limit.by).toMatch(/cgroup v[12]|ext4/);
    }
  });
});
