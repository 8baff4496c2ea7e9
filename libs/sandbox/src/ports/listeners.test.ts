import { expect, it } from '@jest/globals';
import { listenersOf, sortedListeners } from './listeners';

it('reads listeners of both families out of the kernel tables', () => {
  const heading = '  sl  local_address rem_address   st\n';
  const tcp =
    '   0: 0100007F:1F90 00000000:0000 0A 00000000\n   1: 00000000:0050 00000000:0000 0A x\n   2: 0100007F:1F90 0100007F:9C40 01 x\n';
  const tcp6 =
    '   0: 00000000000000000000000000000000:1435 0:0 0A x\n   1: 00000000000000000000000001000000:1436 0:0 0A x\n   2: 0000000000000000FFFF00000100007F:1437 0:0 0A x\n';
  expect(listenersOf(heading + tcp)).toEqual([
    { port: 8080, address: '127.0.0.1' },
    { port: 80, address: '0.0.0.0' },
  ]);
  expect(listenersOf(heading + tcp6)).toEqual([
    { port: 5173, address: '::' },
    { port: 5174, address: '::1' },
    { port: 5175, address: '127.0.0.1' },
  ]);
  expect(listenersOf('')).toEqual([]);
});

it('sorts both tables, also when one follows the other in one text', () => {
  const table = (port: string) => `  sl  local_address\n   0: 00000000:${port} 00000000:0000 0A x\n`;
  const sorted = [
    { port: 80, address: '0.0.0.0' },
    { port: 8080, address: '0.0.0.0' },
  ];
  expect(sortedListeners([table('1F90') + table('0050')])).toEqual(sorted);
  expect(sortedListeners([table('1F90'), table('0050')])).toEqual(sorted);
});
