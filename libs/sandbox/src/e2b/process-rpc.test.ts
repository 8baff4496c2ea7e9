import { expect, it } from '@jest/globals';
import { exitOf, rpcCode } from './process-rpc';
import { readStatuses } from './named-processes';
import { metricsOf } from './box-metrics';

it.each([
  [0, 'exit status 0', 0, null],
  [7, 'exit status 7', 7, null],
  [137, 'exit status 137', 137, null],
  [-1, 'signal: killed', null, 'SIGKILL'],
  [-1, 'signal: segmentation fault (core dumped)', null, 'SIGSEGV'],
  [-1, 'signal: signal 34', null, 'SIG34'],
  [-1, 'signal: something new', null, 'something new'],
])('reads the end %d %p', (code, status, exitCode, signal) => {
  expect(exitOf({ exitCode: code, exited: code >= 0, status })).toEqual({ exitCode, signal });
});

it('knows errors of the RPC by their shape', () => {
  expect(rpcCode(Object.assign(new Error('x'), { name: 'ConnectError', code: 5 }))).toBe(5);
  expect(rpcCode(Object.assign(new Error('x'), { code: 5 }))).toBeUndefined();
  expect(rpcCode('x')).toBeUndefined();
});

it('reads states of processes, and leaves out what the app wrote there', () => {
  const line = '{"name":"web","running":false,"exitCode":null,"signal":9,"startedAtMs":0}';
  expect(readStatuses(`noise\n${line}\n{"name":1}\n`)).toEqual([
    { name: 'web', running: false, exitCode: null, signal: 'SIGKILL', startedAt: '1970-01-01T00:00:00.000Z' },
  ]);
});

it('adds up processor time over samples, not over a pause', () => {
  const sample = (timestampUnix: number, cpuUsedPct: number, memUsed: number) => ({
    timestampUnix,
    cpuCount: 2,
    cpuUsedPct,
    memUsed,
    diskUsed: 5,
  });
  const used = metricsOf([
    sample(20, 100, 30),
    sample(10, 50, 70),
    sample(9000, 100, 20),
    sample(9010, 0, 10),
  ]);
  expect(used).toMatchObject({
    cpuSeconds: 20,
    memoryBytes: 10,
    memoryPeakBytes: 70,
    diskBytes: 5,
    processes: null,
  });
  expect(metricsOf([])).toMatchObject({
    cpuSeconds: null,
    memoryBytes: null,
    memoryPeakBytes: null,
    diskBytes: null,
  });
});
