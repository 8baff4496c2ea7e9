import { describe, expect, it } from '@jest/globals';
import { limitOf, limitWrites } from './group-limits';

describe('limits of a group', () => {
  it('are written as each version has them', () => {
    expect(limitWrites('cpu', 1, 1.5)).toEqual([{ file: 'cpu.cfs_quota_us', value: '150000' }]);
    expect(limitWrites('cpu', 2, 1.5)).toEqual([{ file: 'cpu.max', value: '150000 100000' }]);
    expect(limitWrites('pids', 2, 64)).toEqual([{ file: 'pids.max', value: '64' }]);
    expect(limitWrites('memory', 1, 4096)[0]).toEqual({ file: 'memory.limit_in_bytes', value: '4096' });
    expect(limitWrites('memory', 2, 4096)[0]).toEqual({ file: 'memory.max', value: '4096' });
  });

  it('are never less time than the kernel accepts', () => {
    expect(limitWrites('cpu', 1, 0.001)).toEqual([{ file: 'cpu.cfs_quota_us', value: '1000' }]);
  });

  it('are each their own, and may be left out', () => {
    expect(limitOf('cpu', { cpus: 2 })).toBe(2);
    expect(limitOf('memory', { cpus: 2, memoryBytes: 1 })).toBe(1);
    expect(limitOf('pids', { cpus: 2 })).toBeUndefined();
  });
});
