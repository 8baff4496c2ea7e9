import type { ModelClient, TokenUsage } from '../model.types';

/** US dollars for a million tokens. */
export interface Price {
  input: number;
  output: number;
}

/**
 * List prices of the vendors' own servers, requests of up to 200,000 tokens, as published on 2026-11-28 (developers.openai.com/api/docs/pricing,
 * platform.claude.com/docs/about-claude/pricing). A model that is not here has no price: none is guessed from a name that looks alike.
 */
const LISTED: Record<ModelClient['provider'], Record<string, Price>> = {
  openai: {
    'gpt-6-sol': { input: 2, output: 10 },
    'gpt-6-luna': { input: 0.1, output: 0.5 },
    'gpt-6.1-terra': { input: 1, output: 5 },
    'gpt-6-astra': { input: 10, output: 50 },
    'gpt-5.6-sol': { input: 5, output: 30 },
    'gpt-5.6-terra': { input: 2, output: 12 },
    'gpt-5.6-luna': { input: 0.2, output: 1.2 },
    'gpt-5.2': { input: 1.75, output: 14 },
    'gpt-5.1': { input: 1.25, output: 10 },
    'gpt-5': { input: 1.25, output: 10 },
    'gpt-5-mini': { input: 0.25, output: 2 },
    'gpt-5-nano': { input: 0.05, output: 0.4 },
    'gpt-4.1': { input: 2, output: 8 },
    'gpt-4.1-mini': { input: 0.4, output: 1.6 },
    'gpt-4.1-nano': { input: 0.1, output: 0.4 },
    'gpt-4o': { input: 2.5, output: 10 },
    'gpt-4o-mini': { input: 0.15, output: 0.6 },
  },
  anthropic: {
    'claude-fable-5-1': { input: 10, output: 50 },
    'claude-opus-5-5': { input: 4, output: 20 },
    'claude-opus-5': { input: 5, output: 25 },
    'claude-sonnet-5-5': { input: 2, output: 10 },
    'claude-sonnet-5': { input: 2, output: 10 },
    'claude-opus-4-7': { input: 5, output: 25 },
    'claude-opus-4-6': { input: 5, output: 25 },
    'claude-opus-4-5': { input: 5, output: 25 },
    'claude-sonnet-4-6': { input: 3, output: 15 },
    'claude-sonnet-4-5': { input: 3, output: 15 },
    'claude-haiku-4-5': { input: 1, output: 5 },
  },
};

/** What is written into a cache costs more than what is only read: both vendors' factor. */
const CACHE_WRITE = 1.25;

/** @param set prices of the settings, by model: they count more than the list, and alone for a server that is not the vendor's own */
export function priceOf(
  { provider, model, isVendor }: Pick<ModelClient, 'provider' | 'model' | 'isVendor'>,
  set: ReadonlyMap<string, Price>,
): Price | null {
  const own = set.get(model);
  if (own !== undefined) return own;
  return isVendor && Object.hasOwn(LISTED[provider], model) ? (LISTED[provider][model] ?? null) : null;
}

/** US dollars for these tokens. What came from a cache is charged as if it had not: never too little. */
export const dollarsFor = (price: Price, { tokensIn, tokensOut, cacheWriteTokens }: TokenUsage): number =>
  ((tokensIn + cacheWriteTokens * (CACHE_WRITE - 1)) * price.input + tokensOut * price.output) / 1e6;
