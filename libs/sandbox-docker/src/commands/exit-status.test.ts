import { expect, it } from '@jest/globals';
import { readExitStatus } from './exit-status';

it.each([
  [0, 0, null],
  [7, 7, null],
  [125, 125, null],
  [128, 128, null],
  [137, null, 'SIGKILL'],
  [134, null, 'SIGABRT'],
  [143, null, 'SIGTERM'],
  [145, 145, null],
  [255, 255, null],
])('reads the status %i as exit code %s and signal %s', (code, exitCode, signal) =>
  expect(readExitStatus(code)).toEqual({ exitCode, signal }),
);
