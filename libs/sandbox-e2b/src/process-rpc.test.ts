import { expect, it } from '@jest/globals';
import { exitOf, rpcCode } from './process-rpc';
import { readStatuses } from './named-processes';

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
