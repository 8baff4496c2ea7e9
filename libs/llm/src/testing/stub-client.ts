import type { Answer, Completion, ModelClient } from '../model.types';

export interface StubClient extends ModelClient {
  asked: Completion[];
  /** All that it was said last. */
  prompt(): string;
}

/** A model without a server: answers with these values, one after the other, the last again and again; an Error is thrown. */
export function stubClient(answers: readonly (object | string | Error)[], model = 'm-1'): StubClient {
  const asked: Completion[] = [];
  return {
    ...{ provider: 'openai', model, isVendor: false, asked },
    prompt: () => {
      const last = asked[asked.length - 1];
      const parts = (last?.turns ?? []).flatMap((turn) => turn.parts);
      return [last?.system, ...parts.map((part) => ('text' in part ? part.text : '[picture]'))].join('\n');
    },
    complete(completion): Promise<Answer> {
      asked.push(completion);
      const next = answers[Math.min(asked.length, answers.length) - 1];
      if (next instanceof Error) return Promise.reject(next);
      const text = typeof next === 'string' ? next : JSON.stringify(next);
      const usage = { tokensIn: 100, tokensOut: 20, cacheWriteTokens: 0 };
      return Promise.resolve({ text, end: 'end', usage });
    },
  };
}
