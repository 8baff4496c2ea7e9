import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Sandbox } from '@showrunner/sandbox';
import { describeSandbox } from './testing/sandbox-fixture';

/** Numbers of x86-64 and arm64; names and order are those of the attempts below. */
const CALLS: readonly (readonly [
  name: string,
  x64: number,
  arm64: number,
  args: string,
  expected: string,
])[] = [
  ['ptrace a sibling', 101, 117, '16, sibling, 0, 0', 'EPERM'],
  ['read memory of a sibling', 310, 270, 'sibling, 0, 0, 0, 0, 0', 'EPERM'],
  ['write memory of a sibling', 311, 271, 'sibling, 0, 0, 0, 0, 0', 'EPERM'],
  ['new user namespace', 272, 97, '0x10000000', 'EPERM'],
  ['new mount namespace', 272, 97, '0x20000', 'EPERM'],
  ['child in a new user namespace', 56, 220, '0x10000011, 0, 0, 0, 0', 'EPERM'],
  ['clone3, whose flags no filter sees', 435, 435, 'buffer, 88', 'ENOSYS'],
  ['join a namespace', 308, 268, '0, 0', 'EPERM'],
  ['mount', 165, 40, 'buffer, buffer, buffer, 0, 0', 'EPERM'],
  ['mount by the new calls', 430, 430, 'buffer, 0', 'EPERM'],
  ['open_tree', 428, 428, '-100, buffer, 1', 'EPERM'],
  ['change root', 161, 51, 'buffer', 'EPERM'],
  ['a file by its handle', 304, 265, '-100, buffer, 0', 'EPERM'],
  ['io_uring', 425, 425, '8, buffer', 'ENOSYS'],
  ['bpf', 321, 280, '0, buffer, 64', 'EPERM'],
  ['performance counters', 298, 241, 'buffer, 0, -1, -1, 0', 'EPERM'],
  ['page faults in user space', 323, 282, '1', 'EPERM'],
  ['kernel keys', 250, 219, '0, -3, 0', 'EPERM'],
  ['a kernel module', 313, 273, '0, buffer, 0', 'EPERM'],
  ['the kernel log', 103, 116, '10, 0, 0', 'EPERM'],
  ['the clock', 227, 112, '0, buffer', 'EPERM'],
  ['kernel crypto sockets', 41, 198, '38, 5, 0', 'EAFNOSUPPORT'],
  ['raw packets', 41, 198, '17, 3, 0', 'EAFNOSUPPORT'],
  ['sockets to the hypervisor', 41, 198, '40, 1, 0', 'EAFNOSUPPORT'],
  ['raw IP', 41, 198, '2, 3, 1', 'EPERM'],
];

const attempts = (): string => {
  const column = process.arch === 'arm64' ? 2 : 1;
  const lines = CALLS.map(
    (call) => `attempt(${JSON.stringify(call[0])}, ${String(call[column])}, ${call[3]})`,
  );
  return `
import ctypes, errno, os, subprocess
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(4096)
sibling = subprocess.Popen(['sleep', '5']).pid
def attempt(name, number, *args):
    ctypes.set_errno(0)
    given = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    answer = libc.syscall(ctypes.c_long(number), *given)
    print(name + ': ' + (errno.errorcode.get(ctypes.get_errno(), '?') if answer == -1 else 'done'), flush=True)
${lines.join('\n')}
os.kill(sibling, 9)
`;
};

describeSandbox('what a hostile app cannot ask of the kernel', (bench) => {
  let hostile: Sandbox;
  beforeAll(async () => void (hostile = await bench.create('calls')));
  afterAll(() => hostile.destroy());

  const answers = async (way: (program: string) => Promise<string>): Promise<string[]> =>
    (await way(attempts())).trim().split('\n');
  const expected = CALLS.map(([name, , , , error]) => `${name}: ${error}`);

  it('by a command', async () => {
    const result = await answers(async (program) => (await hostile.exec(['python3', '-c', program])).stdout);
    expect(result).toEqual(expected);
  });

  it('by a process that outlives its caller', async () => {
    await hostile.writeFile('/app/attempts.py', attempts());
    await hostile.startProcess('attempts', 'python3 /app/attempts.py > /app/answers; echo over');
    const result = await answers(async () => {
      while ((await hostile.processStatus('attempts'))?.running) await hostile.exec('sleep 0.1');
      return (await hostile.readFile('/app/answers')).toString();
    });
    expect(result).toEqual(expected);
  });

  it('nor through a process that was there before it, which it can write into', async () => {
    const seen = await hostile.exec(
      'for pid in /proc/[0-9]*; do [ $pid = /proc/$$ ] || grep -H "^Seccomp:" $pid/status 2>/dev/null; done',
    );
    const filters = seen.stdout.trim().split('\n');
    expect(filters.length).toBeGreaterThanOrEqual(2);
    expect(filters.filter((line) => !line.endsWith('Seccomp:\t2'))).toEqual([]);
    expect(filters[0]).toMatch(/^\/proc\/1\//);
  });

  it('nor through a command on its way in, which it watches for', async () => {
    const program = `
import os, time
seen, opened, end = set(), set(), time.time() + 3
while time.time() < end and not os.path.exists('/tmp/enough'):
    for pid in os.listdir('/proc'):
        if not pid.isdigit() or int(pid) == os.getpid(): continue
        try:
            with open('/proc/' + pid + '/status') as status:
                if 'Seccomp:\\t0' not in status.read(): continue
            seen.add(pid)
            os.open('/proc/' + pid + '/mem', os.O_RDWR)
            opened.add(pid)
        except OSError: pass
print('opened', len(opened), 'of', len(seen))`;
    const watching = hostile.exec(['python3', '-c', program]);
    for (let count = 0; count < 40; count += 1) expect((await hostile.exec(['true'])).exitCode).toBe(0);
    await hostile.exec(['touch', '/tmp/enough']);
    expect((await watching).stdout).toMatch(/^opened 0 of \d+\n$/);
  });

  it('and finds no control group to leave or to widen', async () => {
    const seen = await hostile.exec(
      'find / -path /usr -prune -o -path /proc -prune -o \\( -name cgroup.procs -o -name memory.max -o -name tasks \\) -print 2>/dev/null; ls /sys /sys/fs/cgroup; grep -c cgroup /proc/mounts',
    );
    expect(seen.stdout).toBe('0\n');
    expect(seen.stderr).toContain('No such file');
  });

  it('while what apps do goes on: threads, children, sockets, watching files', async () => {
    const program = `
      const { Worker } = require('node:worker_threads');
      const { execSync } = require('node:child_process');
      const net = require('node:net'), fs = require('node:fs'), os = require('node:os');
      new Worker("require('node:worker_threads').parentPort.postMessage('thread')", { eval: true }).on('message', (m) => {
        console.log(m, execSync('echo child').toString().trim(), os.networkInterfaces().lo.length > 0);
        const server = net.createServer((s) => s.end('unix')).listen('/tmp/app.sock', () =>
          net.connect('/tmp/app.sock').on('data', (d) => {
            const watcher = fs.watch('/tmp', () => { console.log(String(d), 'watched'); watcher.close(); server.close(); });
            fs.writeFileSync('/tmp/new', '1');
          }));
      });`;
    const done = await hostile.exec(['node', '-e', program], { timeoutMs: 10_000 });
    expect(done).toMatchObject({ exitCode: 0, stdout: 'thread child true\nunix watched\n' });
  });
});
