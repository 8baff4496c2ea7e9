import { expect, it } from '@jest/globals';
import { unwrittenBound } from './unwritten-bound';

it('bounds what a disk holds in memory where the kernel does it well', () => {
  expect(unwrittenBound('6.18.44-cloud')).toBe(256 * 1024 ** 2);
  expect(unwrittenBound('6.14.0')).toBeDefined();
  expect(unwrittenBound('7.0.0-rc1')).toBeDefined();
  expect(unwrittenBound('6.12.9+deb13-amd64')).toBeUndefined();
  expect(unwrittenBound('5.15.0')).toBeUndefined();
  expect(unwrittenBound('')).toBeUndefined();
});
