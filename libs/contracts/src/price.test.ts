import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { costOf, pricePerSecond } from './price';
import { DEFAULT_LIMITS, NODE_LIMITS } from './sandbox';

describe('the price of sandboxes', () => {
  it('is that of the requirement, a second and a unit', () => {
    expect(costOf({ vcpuSeconds: 1, memoryGibSeconds: 0, storageGibSeconds: 0 })).toBe(0.000014);
    expect(costOf({ vcpuSeconds: 0, memoryGibSeconds: 1, storageGibSeconds: 0 })).toBe(0.0000045);
    expect(costOf({ vcpuSeconds: 0, memoryGibSeconds: 0, storageGibSeconds: 1 })).toBe(0.00000003);
  });

  it('of an hour of the Node profile is 16.6 cents', () => {
    expect(pricePerSecond(NODE_LIMITS, 'running') * 3600).toBeCloseTo(0.16614, 5);
  });

  it('of a stopped sandbox is its disk, of any other nothing', () => {
    expect(pricePerSecond(DEFAULT_LIMITS, 'stopped')).toBeCloseTo(3 * 0.00000003, 12);
    for (const status of ['queued', 'creating', 'archived', 'destroyed', 'failed'])
      expect(pricePerSecond(DEFAULT_LIMITS, status)).toBe(0);
  });

  it('grows with use and adds up', () => {
    const use = fc.record({
      vcpuSeconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
      memoryGibSeconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
      storageGibSeconds: fc.double({ min: 0, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(use, use, (a, b) => {
        const both = costOf({
          vcpuSeconds: a.vcpuSeconds + b.vcpuSeconds,
          memoryGibSeconds: a.memoryGibSeconds + b.memoryGibSeconds,
          storageGibSeconds: a.storageGibSeconds + b.storageGibSeconds,
        });
        expect(both).toBeCloseTo(costOf(a) + costOf(b), 6);
        expect(both).toBeGreaterThanOrEqual(costOf(a));
      }),
    );
  });
});
