import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AppError } from '@showrunner/contracts';
import { z } from 'zod';
import { askModel } from './ask/ask-model';
import type { AskOptions, Question } from './ask/ask-model';
import type { ProviderName } from './model.types';
import { openClient } from './open-client';
import { memoryLedger } from './spend/spend-ledger';
import { modelServer } from './testing';
import type { ModelServer, Reply } from './testing';

const GOOD = '{"choice":3,"why":"It says so."}';
const KEY = 'sk-test-0123456789abcdefghij';
const question: Question<{ choice: number | null; why: string }> = {
  name: 'choice',
  system: 'Choose.',
  parts: [{ text: '<page>\n1 button "Go"\n</page>' }],
  schema: z.object({ choice: z.number().int().max(9).nullable(), why: z.string().max(40) }),
  maxOutputTokens: 500,
};

const setUps = (['openai', 'anthropic'] as const).flatMap((provider) =>
  [true, false].map((streaming) => ({
    provider,
    streaming,
    name: `${provider}, ${streaming ? 'stream' : 'one piece'}`,
  })),
);

describe.each(setUps)('a model over the wire: $name', ({ provider, streaming }) => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await modelServer(provider);
  });
  afterAll(() => server.close());

  const open = (more: { mostBytes?: number } = {}) =>
    openClient(provider, { model: 'm-1', apiKey: KEY, baseUrl: server.url, streaming, ...more });
  const run = async (replies: Reply[], change: Partial<AskOptions> = {}, more = {}) => {
    server.requests.length = 0;
    server.replies(...replies);
    const ledger = memoryLedger({ usd: 1, tokens: 100_000 });
    const options: AskOptions = {
      ...{ signal: new AbortController().signal, timeoutMs: 30_000, ledger, purpose: { purpose: 'plan' } },
      prices: new Map([['m-1', { input: 10, output: 100 }]]),
      ...change,
    };
    const outcome = await askModel(open(more), question, options).then(
      (value) => ({ value, error: undefined }),
      (error: unknown) => ({ value: undefined, error: error as AppError }),
    );
    return { ...outcome, ledger, requests: server.requests };
  };

  test('a good answer is taken, and paid for', async () => {
    const { value, ledger, requests } = await run([{ text: GOOD, usage: { in: 1000, out: 50 } }]);
    expect(value).toEqual({ choice: 3, why: 'It says so.' });
    expect(ledger.calls()).toEqual([{ tokensIn: 1000, tokensOut: 50, usd: 0.015, purpose: 'plan' }]);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.body['stream']).toBe(streaming);
    expect(requests[0]?.prompt).toContain('1 button "Go"');
  });

  test('a refusal is no answer and is not asked again', async () => {
    const { error, requests, ledger } = await run([{ refusal: 'I cannot help with that.' }]);
    expect(error).toMatchObject({ code: 'model_refused', retryable: false });
    expect(requests).toHaveLength(1);
    expect(ledger.calls()[0]).toMatchObject({ tokensIn: 100, tokensOut: 5 });
  });

  test('a cut answer is none, even where its text fits', async () => {
    const { error } = await run([{ text: GOOD, end: 'length' }]);
    expect(error).toMatchObject({ code: 'model_answer_cut', retryable: false });
  });

  test('truncated and invalid JSON are asked for once more, with what was wrong', async () => {
    const { value, requests, ledger } = await run([{ text: '{"choice":3,"wh' }, { text: GOOD }]);
    expect(value).toMatchObject({ choice: 3 });
    expect(requests[1]?.prompt).toContain('it is not JSON');
    expect(ledger.calls()).toHaveLength(2);
    const misfit = await run([{ text: '{"choice":77,"why":"no"}' }, { text: `\`\`\`json\n${GOOD}\n\`\`\`` }]);
    expect(misfit.value).toMatchObject({ choice: 3 });
    expect(misfit.requests[1]?.prompt).toContain('choice');
  });

  test('what does not fit a second time is given up', async () => {
    const { error, requests } = await run([{ text: 'Sure! Here it is.' }]);
    expect(error).toMatchObject({ code: 'model_answer_invalid', retryable: false });
    expect(requests).toHaveLength(2);
  });

  test('a call of a tool that nobody offered is no answer', async () => {
    const { value, requests } = await run([{ text: '', end: 'tool' }, { text: GOOD }]);
    expect(value).toMatchObject({ choice: 3 });
    expect(requests[1]?.prompt).toContain('no tools');
  });

  test.each([
    ['seconds', () => '7', 7000],
    ['a long time', () => '61', 61_000],
    ['a date', () => new Date(Date.now() + 90_000).toUTCString(), 90_000],
    ['nothing', () => undefined, undefined],
    ['nonsense', () => '-5', undefined],
  ])('a 429 with %s is retryable, when its server says, and asked once', async (_, header, delay) => {
    const said = header();
    const headers: Record<string, string> = said === undefined ? {} : { 'retry-after': said };
    const { error, requests, ledger } = await run([{ status: 429, headers, kind: 'rate_limit_error' }]);
    expect(error).toMatchObject({ code: 'model_rate_limited', retryable: true });
    if (delay === undefined) expect(error?.retryAfterMs).toBeUndefined();
    else expect(Math.abs((error?.retryAfterMs ?? 0) - delay)).toBeLessThan(3000);
    expect(requests).toHaveLength(1);
    expect(ledger.calls()).toEqual([]);
  });

  test.each([
    [529, 'model_overloaded', true],
    [500, 'model_unavailable', true],
    [503, 'model_unavailable', true],
    [401, 'model_rejected', false],
    [404, 'model_rejected', false],
    [302, 'model_rejected', false],
  ])('a %d is %s', async (status, code, retryable) => {
    const headers = { location: 'http://127.0.0.1:9/' };
    const { error, requests } = await run([{ status, headers, message: `Wrong key ${KEY}` }]);
    expect(error).toMatchObject({ code, retryable });
    expect(requests).toHaveLength(1);
    expect(
      JSON.stringify([error?.message, error?.details, error?.stack, String(error?.cause)]),
    ).not.toContain(KEY);
  });

  test('an account without credit is not waited for', async () => {
    const { error } = await run([{ status: 429, kind: 'insufficient_quota' }]);
    expect(error).toMatchObject({ code: 'model_rejected', retryable: false });
  });

  test('silence, and an answer that stalls, end by the time-out and count as paid', async () => {
    for (const reply of [{ silent: true }, { stalls: GOOD }] as const) {
      const { error, ledger } = await run([reply], { timeoutMs: 250 });
      expect(error).toMatchObject({ code: 'model_timeout', retryable: true });
      expect(ledger.calls()[0]?.tokensOut).toBe(500);
    }
  });

  test('a connection that breaks, or a stream that just ends, is no answer', async () => {
    for (const reply of [{ breaks: GOOD }, { ends: GOOD }] as const) {
      const { error } = await run([reply]);
      expect(error?.code).toBe('model_unavailable');
      expect(error?.retryable).toBe(true);
    }
  });

  test('an answer without an end is broken off', async () => {
    const { error } = await run([{ endless: true }], { timeoutMs: 20_000 }, { mostBytes: 300_000 });
    expect(error?.code).toBe('model_unavailable');
  });

  test('a cancel while waiting ends the request, and is what is thrown', async () => {
    for (const reply of [{ silent: true }, { stalls: GOOD }] as const) {
      const stop = new AbortController();
      const reason = new Error('cancelled by the user');
      setTimeout(() => stop.abort(reason), 150);
      const { error, requests } = await run([reply], { signal: stop.signal });
      expect(error).toBe(reason);
      // The other end learns of it a moment later.
      for (let looks = 0; looks < 100 && requests[0]?.isGone() !== true; looks += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(requests[0]?.isGone()).toBe(true);
    }
  });

  test('an unknown price is told as unknown, and tokens are counted all the same', async () => {
    const { ledger } = await run([{ text: GOOD, usage: { in: 900, out: 9 } }], { prices: new Map() });
    expect(ledger.calls()).toEqual([{ tokensIn: 900, tokensOut: 9, usd: null, purpose: 'plan' }]);
  });

  test('a server that counts no tokens is charged the most it can have used', async () => {
    const { ledger } = await run([{ text: GOOD, usage: 'none' }]);
    expect(ledger.calls()[0]?.tokensOut).toBe(500);
    expect(ledger.calls()[0]?.usd).toBeGreaterThan(0.05);
  });

  test('a limit of spending ends it before it is passed: no request is made', async () => {
    const limits = [
      { usd: 0.04, tokens: 100_000 },
      { usd: 100, tokens: 600 },
    ];
    for (const limit of limits) {
      const { error, requests } = await run([{ text: GOOD }], { ledger: memoryLedger(limit) });
      expect(error).toMatchObject({ code: 'model_spend_limit', retryable: false });
      expect(requests).toHaveLength(0);
    }
  });

  test('what a server does not know is left out from then on', async () => {
    const field = provider === 'openai' ? 'response_format' : 'output_config';
    const { value, requests } = await run([
      { status: 400, message: `Unknown parameter: '${field}'.`, kind: 'invalid_request_error' },
      { status: 400, message: `Unknown parameter: '${field}'.`, kind: 'invalid_request_error' },
      { text: GOOD },
    ]);
    expect(value).toMatchObject({ choice: 3 });
    expect(requests[2]?.body).not.toHaveProperty(field);
    expect(JSON.stringify(requests[2]?.body)).toContain('JSON schema');
  });

  if (streaming)
    test('a failure within the stream is told as what it is', async () => {
      const { error } = await run([{ fails: GOOD, kind: 'overloaded_error' }]);
      expect(error).toMatchObject({ retryable: true });
      expect(['model_overloaded', 'model_unavailable']).toContain(error?.code);
    });
});

test.each<ProviderName>(['openai', 'anthropic'])(
  '%s is sent its key, and no other server',
  async (provider) => {
    const [server, other] = await Promise.all([modelServer(provider), modelServer(provider)]);
    try {
      server.replies({ status: 307, headers: { location: other.url } });
      const client = openClient(provider, { model: 'm', apiKey: KEY, baseUrl: server.url, streaming: true });
      const options = { signal: new AbortController().signal, timeoutMs: 5000 };
      const completion = {
        system: '',
        turns: [],
        schema: { type: 'object', properties: {} },
        schemaName: 'x',
        maxOutputTokens: 5,
      };
      await expect(client.complete(completion, options)).rejects.toMatchObject({ code: 'model_rejected' });
      expect(JSON.stringify(server.requests[0]?.headers)).toContain(KEY);
      expect(other.requests).toHaveLength(0);
    } finally {
      await Promise.all([server.close(), other.close()]);
    }
  },
);
