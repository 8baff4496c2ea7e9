import { describe, expect, it } from '@jest/globals';
import { availableParallelism } from 'node:os';
import { cpuShare, isBesideProcesses } from './cpu-share';

describe('the share of a group', () => {
  it('goes by its processors', () => {
    expect(cpuShare(1, 2)).toEqual({ file: 'cpu.shares', value: '2048', optional: true });
    expect(cpuShare(2, 0.5)).toEqual({ file: 'cpu.weight', value: '50', optional: true });
  });

  it('is that of the whole host without a limit', () => {
    expect(cpuShare(1).value).toBe(String(availableParallelism() * 1024));
  });

  it('stays in what the kernel takes', () => {
    expect(cpuShare(2, 1000).value).toBe('10000');
    expect(cpuShare(1, 1000).value).toBe('262144');
    expect(cpuShare(1, 0.0001).value).toBe('2');
  });
});

describe('the place of this process', () => {
  it('is among processes, or in a group', () => {
    expect(isBesideProcesses(1, '4:memory:/a\n1:cpu,cpuacct:/\n0::/init\n')).toBe(true);
    expect(isBesideProcesses(1, '1:cpu:/system.slice/a.service\n0::/\n')).toBe(false);
    expect(isBesideProcesses(2, '1:cpu:/a\n0::/\n')).toBe(true);
    expect(isBesideProcesses(2, '0::/user.slice/one.scope\n')).toBe(false);
    expect(isBesideProcesses(2, '')).toBe(false);
  });
});
