import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { startFiltered } from './start-filtered';

const run = (command: string[], cwd = '/', assignments: string[] = ['PATH=/usr/bin:/bin']) => {
  const [file = '', ...args] = startFiltered(command, cwd, assignments) ?? [];
  return spawnSync(file, args, { encoding: 'utf8', env: { SECRET: 'of the caller' } });
};

it('starts a command in its folder, with exactly its environment and arguments', () => {
  const odd = ['A=b=c', 'EMPTY=', 'LINES=one\ntwo', 'UMLAUT=äöü'];
  const { stdout, status } = run(['env', '-0'], '/tmp', [...odd, 'PATH=/usr/bin:/bin']);
  expect(stdout.split('\0').filter(Boolean).sort()).toEqual([...odd, 'PATH=/usr/bin:/bin'].sort());
  expect(status).toBe(0);
  expect(run(['printf', '%s|', '--', 'a b', '', '$HOME', '-e']).stdout).toBe('--|a b||$HOME|-e|');
  expect(run(['pwd'], '/tmp').stdout).toBe('/tmp\n');
});

it('ends as env does when the command cannot be started', () => {
  expect(run(['no-such-program'])).toMatchObject({
    status: 127,
    stderr: expect.stringContaining('No such file'),
  });
  expect(run(['/etc/passwd'])).toMatchObject({ status: 126, stderr: expect.stringContaining('denied') });
  expect(run(['true'], '/no/such/folder')).toMatchObject({
    status: 125,
    stderr: expect.stringContaining("cannot change directory to '/no/such/folder'"),
  });
});

it('puts the command and all its children behind the filter', () => {
  const { stdout } = run(['sh', '-c', 'grep -E "^(Seccomp|NoNewPrivs):" /proc/self/status; exit 0']);
  expect(stdout).toBe('NoNewPrivs:\t1\nSeccomp:\t2\n');
  expect(run(['unshare', '-U', 'true']).status).not.toBe(0);
  expect(run(['sh', '-c', 'mount -t tmpfs none /mnt']).status).not.toBe(0);
});
