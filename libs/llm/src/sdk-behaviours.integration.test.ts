import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Anthropic from '@anthropic-ai/sdk';
import { afterEach, describe, expect, test } from '@jest/globals';
import OpenAI from 'openai';
import { modelServer } from './testing';
import type { ModelServer, Reply } from './testing';

/** What the vendors' SDKs do by themselves (docs/behaviours.md): why our clients look at status and stop reason before anything else. */
let server: Pick<ModelServer, 'url' | 'close'> | undefined;
afterEach(() => server?.close());

const CUT = '{"choice":3,"wh';
const schema = { type: 'object', properties: { choice: { type: 'number' } }, required: ['choice'] };
const question = { model: 'm-1', messages: [{ role: 'user' as const, content: 'Choose.' }] };

async function openai(replies: Reply[], maxRetries = 0): Promise<OpenAI> {
  const speaking = await modelServer('openai');
  speaking.replies(...replies);
  server = speaking;
  return new OpenAI({ apiKey: 'sk-test', baseURL: speaking.url, maxRetries });
}
async function anthropic(replies: Reply[]): Promise<Anthropic> {
  const speaking = await modelServer('anthropic');
  speaking.replies(...replies);
  server = speaking;
  return new Anthropic({ apiKey: 'sk-test', baseURL: speaking.url, maxRetries: 0 });
}
/** @returns the name of the class of what is thrown, or what comes back */
const outcomeOf = (asked: Promise<unknown>): Promise<unknown> =>
  asked.catch((error: Error) => error.constructor.name);

describe('an answer that was cut off', () => {
  test('chat.completions.parse of openai raises', async () => {
    const client = await openai([{ text: CUT, end: 'length' }]);
    const response_format = {
      type: 'json_schema' as const,
      json_schema: { name: 'c', strict: true, schema },
    };
    const asked = client.chat.completions.parse({ ...question, response_format });
    expect(await outcomeOf(asked)).toBe('LengthFinishReasonError');
  });

  test('responses.parse of openai gives null, and no error', async () => {
    const content = [{ type: 'output_text', text: CUT, annotations: [] }];
    const output = [{ type: 'message', id: 'm', role: 'assistant', status: 'incomplete', content }];
    const answer = { id: 'r', object: 'response', status: 'incomplete', output };
    const speaking = createServer((_, response) => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => speaking.once('listening', listening));
    const { port } = speaking.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/v1`;
    server = { url, close: () => new Promise((done) => void speaking.close(() => done())) };
    const client = new OpenAI({ apiKey: 'sk-test', baseURL: url, maxRetries: 0 });
    const text = { format: { type: 'json_schema' as const, name: 'c', strict: true, schema } };
    const { status, output_parsed } = await client.responses.parse({ model: 'm-1', input: 'Choose.', text });
    expect([status, output_parsed]).toEqual(['incomplete', null]);
  });

  test('messages.parse of anthropic raises the same for a cut answer as for one in words', async () => {
    const ask = async (reply: Reply): Promise<unknown> => {
      const client = await anthropic([reply]);
      const output_config = { format: { type: 'json_schema' as const, schema } };
      const asked = client.messages.parse({ ...question, max_tokens: 10, output_config });
      const outcome = await outcomeOf(asked);
      await server?.close();
      return outcome;
    };
    expect([await ask({ text: CUT, end: 'length' }), await ask({ text: 'I would rather not.' })]).toEqual([
      'AnthropicError',
      'AnthropicError',
    ]);
  });

  test('a plain loop over a stream that closes early ends as if all was there', async () => {
    const said = { openai: '', anthropic: '' };
    const client = await openai([{ ends: CUT }]);
    for await (const { choices } of await client.chat.completions.create({ ...question, stream: true }))
      said.openai += choices[0]?.delta.content ?? '';
    await server?.close();
    const other = await anthropic([{ ends: CUT }]);
    const stream = await other.messages.create({ ...question, max_tokens: 10, stream: true });
    for await (const event of stream)
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta')
        said.anthropic += event.delta.text;
    expect(said).toEqual({ openai: CUT, anthropic: CUT });
  });
});

test('a retry-after beyond a minute is not obeyed: openai asks again at once', async () => {
  const client = await openai([{ status: 429, headers: { 'retry-after': '61' } }, { text: '{}' }], 1);
  const began = performance.now();
  await client.chat.completions.create(question);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('one signal that aborts has a name of its own in each client', async () => {
  const names: unknown[] = [];
  const abandon = async (ask: (signal: AbortSignal) => Promise<unknown>): Promise<void> => {
    const gone = new AbortController();
    setTimeout(() => gone.abort(), 100);
    names.push(await outcomeOf(ask(gone.signal)));
    await server?.close();
  };
  const silent: Reply[] = [{ silent: true }];
  await abandon(async (signal) => (await openai(silent)).chat.completions.create(question, { signal }));
  await abandon(async (signal) =>
    (await anthropic(silent)).messages.create({ ...question, max_tokens: 10 }, { signal }),
  );
  await abandon(async (signal) => {
    await openai(silent);
    return fetch(`${server?.url}/chat/completions`, { method: 'POST', body: '{}', signal });
  });
  expect(names).toEqual(['APIUserAbortError', 'APIUserAbortError', 'DOMException']);
});
