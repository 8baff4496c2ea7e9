import { afterEach, expect, test } from '@jest/globals';
import { freePorts } from '@showrunner/contracts/testing';
import { listen } from '../testing/listen';
import { createTestPlatform } from '../testing/test-platform';
import { findPortOwner } from './port-owner';

let close: (() => void) | undefined;
afterEach(() => close?.());

test('the process that listens on a port is found', async () => {
  const [port = 0] = await freePorts(1);
  expect(findPortOwner(port)).toBeUndefined();
  const server = await listen(port);
  close = () => server.close();
  expect(findPortOwner(port)).toMatchObject({ pid: process.pid, command: expect.stringContaining('jest') });
});

test('a port in use is named with its owner and the variable that chooses another', async () => {
  const platform = await createTestPlatform(['redis', 'temporal']);
  const port = platform.settings.ports.temporalUi;
  const server = await listen(port);
  close = () => server.close();
  const result = await platform.run(['up']);
  await platform.dispose();
  expect(result.code).toBe(1);
  expect(result.stderr).toContain(
    `Port ${port}, wanted for temporalUi, is in use by process ${process.pid} (`,
  );
  expect(result.stderr).toContain('TEMPORAL_UI_PORT=<port>');
});
