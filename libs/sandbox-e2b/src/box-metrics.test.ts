import { expect, it } from '@jest/globals';
import { metricsOf, readCounters } from './box-metrics';

const sample = (timestampUnix: number, cpuUsedPct: number, memUsed: number) => ({
  timestampUnix,
  cpuCount: 2,
  cpuUsedPct,
  memUsed,
  diskUsed: 5,
});
const SAMPLES = [sample(20, 100, 30), sample(10, 50, 70), sample(9000, 100, 20), sample(9010, 0, 10)];
const TEXT = `cpu  100 10 200 9999 50 5 5 0 0 0
100
42
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets
    lo:  999       1    0    0    0     0          0         0      999       1
  eth0: 1000       1    0    0    0     0          0         0      300       1
  eth1:   50       1    0    0    0     0          0         0        7       1
`;

it('adds up processor time over samples, not over a pause', () => {
  expect(metricsOf(SAMPLES)).toMatchObject({
    cpuSeconds: 20,
    memoryBytes: 10,
    memoryPeakBytes: 70,
    diskBytes: 5,
    processes: null,
  });
  expect(Object.values(metricsOf([])).every((value) => value === null)).toBe(true);
});

it('reads the counters of the kernel', () => {
  const counters = readCounters(TEXT);
  expect(counters).toEqual({
    cpuSeconds: 3.2,
    processes: 42,
    networkReceivedBytes: 1050,
    networkSentBytes: 307,
  });
  expect(readCounters('')).toBeUndefined();
  expect(readCounters('no such file\nx\ny')).toBeUndefined();
});

it('counts what ran before the last start by samples, and what runs since by the kernel', () => {
  const counters = readCounters(TEXT)!;
  const used = metricsOf([...SAMPLES, sample(9020, 100, 10)], { counters, startedAt: new Date(8_900_000) });
  expect(used).toMatchObject({
    cpuSeconds: 20 + 3.2,
    processes: 42,
    memoryPeakBytes: 70,
    networkSentBytes: 307,
  });
});
