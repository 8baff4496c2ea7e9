import { describe, expect, it } from '@jest/globals';
import { POOLS } from '@showrunner/contracts';
import { parseArguments } from './arguments';

describe('parseArguments', () => {
  it('reads a pool, all pools and the reaper', () => {
    expect(parseArguments(['--pool', 'export'])).toEqual({ kind: 'work', pools: ['export'] });
    expect(parseArguments(['--pool', 'all'])).toEqual({ kind: 'work', pools: POOLS });
    expect(parseArguments(['--reap-all'])).toEqual({ kind: 'reapAll' });
  });

  it('names the pools when there is no such pool', () => {
    expect(() => parseArguments(['--pool', 'video'])).toThrow('There is no pool "video".');
    expect(() => parseArguments([])).toThrow('No pool was named.');
  });
});
