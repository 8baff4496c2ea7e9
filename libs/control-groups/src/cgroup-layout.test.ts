import { describe, expect, it } from '@jest/globals';
import { cgroupLayoutOf } from './cgroup-layout';

const V2 = 'cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid 0 0\n';
const UNIFIED = 'cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0\n';
const V1 = [
  'cgroup /sys/fs/cgroup/cpu,cpuacct cgroup rw,cpu,cpuacct 0 0',
  'cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0',
  'cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0',
  'cgroup /sys/fs/cgroup/freezer cgroup rw,freezer 0 0\n',
].join('\n');

describe('cgroupLayoutOf', () => {
  it('reads v2', () => {
    const layout = cgroupLayoutOf(`/dev/vda / ext4 rw 0 0\n${V2}`, 'cpuset cpu io memory pids\n', true);
    expect(layout.kind).toBe('v2');
    expect(layout.controllers.memory).toEqual({ version: 2, root: '/sys/fs/cgroup' });
    expect(layout.reaper).toEqual({ by: 'kill', root: '/sys/fs/cgroup' });
  });

  it('reads v1, with controllers that share a mount', () => {
    const layout = cgroupLayoutOf(V1, '', false);
    expect(layout.kind).toBe('v1');
    expect(layout.controllers.cpu).toEqual({ version: 1, root: '/sys/fs/cgroup/cpu,cpuacct' });
    expect(layout.reaper).toEqual({ by: 'freezer', root: '/sys/fs/cgroup/freezer' });
  });

  it('reads hybrid: limits by v1, the end of a tree by v2 where the kernel can', () => {
    const layout = cgroupLayoutOf(V1 + UNIFIED, 'hugetlb\n', true);
    expect(layout.kind).toBe('hybrid');
    expect(layout.controllers.pids).toEqual({ version: 1, root: '/sys/fs/cgroup/pids' });
    expect(layout.reaper).toEqual({ by: 'kill', root: '/sys/fs/cgroup/unified' });
    expect(cgroupLayoutOf(V1 + UNIFIED, '', false).reaper?.by).toBe('freezer');
  });

  it('finds nothing where all is missing or read-only', () => {
    expect(cgroupLayoutOf('', '', false)).toEqual({ kind: 'none', controllers: {}, reaper: undefined });
    expect(cgroupLayoutOf(V2.replace('rw', 'ro'), 'memory', true).kind).toBe('none');
  });
});
