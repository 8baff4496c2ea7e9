import { describe, expect, it } from '@jest/globals';
import { appNamesOf, nameIn } from './app-names';

const world = { run: <T>() => Promise.resolve({ application: 'Ledgerly' } as T) };

describe('what an app calls itself', () => {
  it('stands in its manifest and in the head of its page', async () => {
    const send = <T>() => Promise.resolve({ data: '{"short_name":"Ledger","name":" Ledgerly "}' } as T);
    expect(await appNamesOf(world, send)).toEqual({ application: 'Ledgerly', manifest: 'Ledgerly' });
  });
  it('is not waited for, and no error when it cannot be had', async () => {
    expect(await appNamesOf(world, () => Promise.reject(new TypeError('no manifest')))).toEqual({
      application: 'Ledgerly',
    });
    expect(await appNamesOf(world, () => new Promise(() => undefined))).toEqual({ application: 'Ledgerly' });
  });
  it.each([
    undefined,
    '',
    '[]',
    'null',
    '{"name":7}',
    '{"name":"  "}',
    '<html>',
    `"${'x'.repeat(1_000_001)}"`,
  ])('is nothing in what is no manifest: %#', (text) => expect(nameIn(text)).toBeUndefined());
});
