import { describe, expect, it } from '@jest/globals';
import { dollarsFor, priceOf } from './prices';

const none = new Map();
const openai = (model: string, isVendor = true) => ({ provider: 'openai' as const, model, isVendor });

describe('prices', () => {
  it('are those of the list for the vendor itself', () => {
    expect(priceOf(openai('gpt-6.1-terra'), none)).toEqual({ input: 1, output: 5 });
    expect(
      dollarsFor({ input: 1, output: 5 }, { tokensIn: 10_000, tokensOut: 1000, cacheWriteTokens: 0 }),
    ).toBeCloseTo(0.015, 9);
  });

  it('are unknown for models that are not listed, whatever they are called like', () => {
    for (const name of ['gpt-6.1-terra-2027', 'gpt-7', '', '__proto__', 'constructor'])
      expect(priceOf(openai(name), none)).toBeNull();
  });

  it('are unknown for a server that is not the vendor, unless the settings say them', () => {
    expect(priceOf(openai('gpt-4o', false), none)).toBeNull();
    expect(priceOf(openai('gpt-4o', false), new Map([['gpt-4o', { input: 0, output: 0 }]]))).toEqual({
      input: 0,
      output: 0,
    });
  });

  it('charge what is written to a cache more', () => {
    const price = { input: 4, output: 0 };
    expect(dollarsFor(price, { tokensIn: 1_000_000, tokensOut: 0, cacheWriteTokens: 1_000_000 })).toBeCloseTo(
      5,
      9,
    );
  });
});
