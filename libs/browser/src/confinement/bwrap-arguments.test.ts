import { describe, expect, it } from '@jest/globals';
import { bwrapArguments } from './bwrap-arguments';

const layout = {
  nodePath: '/opt/n/node',
  chromiumPath: '/usr/lib/chromium/chromium',
  socketDir: '/tmp/s',
  policyFile: '/tmp/s/p.json',
  setprivPath: '/usr/bin/setpriv',
  exists: () => true,
};

describe('bwrapArguments', () => {
  it('drops a root caller to the given uid without capabilities, and maps others by a user namespace', () => {
    const root = bwrapArguments({ ...layout, uid: 4242 }).join(' ');
    expect(root).toContain(
      '-- /usr/bin/setpriv --reuid=4242 --regid=4242 --clear-groups --inh-caps=-all --ambient-caps=-all --bounding-set=-all --no-new-privs --',
    );
    expect(root).not.toContain('--unshare-user');
    const user = bwrapArguments({ ...layout, uid: null }).join(' ');
    expect(user).toContain('--unshare-user');
    expect(user).not.toContain('setpriv');
  });
  it('binds nothing writable from the host, and dies with its parent', () => {
    const all = bwrapArguments({ ...layout, uid: 1 });
    expect(all).not.toContain('--bind');
    expect(all).not.toContain('--dev-bind');
    for (const flag of [
      '--unshare-net',
      '--unshare-pid',
      '--unshare-ipc',
      '--unshare-uts',
      '--die-with-parent',
      '--clearenv',
    ])
      expect(all).toContain(flag);
    const sources = all.flatMap((one, index) => (one === '--ro-bind' ? [all[index + 1]] : []));
    expect(
      sources.filter(
        (source) => !/^\/(usr$|etc\/|var\/cache\/fontconfig$|opt\/n\/node$|tmp\/s)/.test(source ?? ''),
      ),
    ).toEqual([]);
  });
});
