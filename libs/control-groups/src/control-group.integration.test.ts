import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlGroup } from './control-group';

/** Folders stand in for hierarchies: what is looked at is what is written where, on a host of any kind. */
describe('ControlGroup.create', () => {
  let root: string;
  beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'hierarchy-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const groupOf = (version: 1 | 2) =>
    new ControlGroup(
      { kind: 'v1', controllers: { memory: { version, root }, cpu: { version, root } } },
      'one',
    );
  const written = (file: string) => readFileSync(join(root, 'showrunner', 'one', file), 'utf8');

  it('says what enforces each limit', async () => {
    const outcomes = await groupOf(1).create({ memoryBytes: 4096, cpus: 2, maxProcesses: 9 });
    expect(written('memory.limit_in_bytes')).toBe('4096');
    expect(written('cpu.cfs_quota_us')).toBe('200000');
    expect(outcomes.memory).toEqual({ enforced: 4096, by: 'cgroup v1 memory.limit_in_bytes' });
    expect(outcomes.pids).toEqual({
      enforced: null,
      by: 'none',
      note: 'no writable cgroup hierarchy with the pids controller',
    });
  });

  it('weighs groups by their processors', async () => {
    await groupOf(1).create({ cpus: 2 });
    expect(written('cpu.shares')).toBe('2048');
    await groupOf(2).create({ cpus: 0.5 });
    expect(written('cpu.weight')).toBe('50');
  });

  it('makes the group and no limit where none was asked for', async () => {
    const outcomes = await groupOf(2).create({ memoryBytes: 4096 });
    expect(written('memory.max')).toBe('4096');
    expect(existsSync(join(root, 'showrunner', 'one', 'cpu.max'))).toBe(false);
    expect(outcomes.cpu).toEqual({ enforced: null, by: 'none', note: 'no limit was asked for' });
  });
});
