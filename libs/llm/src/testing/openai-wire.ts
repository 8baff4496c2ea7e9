import type { Said, Wire } from './model-server';

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;
const TOOL_CALL = {
  id: 'call_1',
  type: 'function',
  function: { name: 'open_page', arguments: '{"url":"http://x/"}' },
};

const usageOf = (reply: Said): { usage?: object } => {
  const usage = 'text' in reply ? (reply.usage ?? { in: 100, out: 20 }) : { in: 100, out: 5 };
  if (usage === 'none') return {};
  return {
    usage: { prompt_tokens: usage.in, completion_tokens: usage.out, total_tokens: usage.in + usage.out },
  };
};
const reasonOf = (reply: Said): string =>
  !('text' in reply) || reply.end === undefined
    ? 'stop'
    : { stop: 'stop', length: 'length', tool: 'tool_calls' }[reply.end];
const isTool = (reply: Said): boolean => 'text' in reply && reply.end === 'tool';

/** Chat completions, in one piece and as a stream. */
export const openAiWire: Wire = {
  whole: (reply, model) => ({
    ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model },
    choices: [
      {
        ...{ index: 0, logprobs: null, finish_reason: reasonOf(reply) },
        message: {
          role: 'assistant',
          content: 'text' in reply ? reply.text : null,
          refusal: 'refusal' in reply ? reply.refusal : null,
          ...(isTool(reply) && { tool_calls: [TOOL_CALL] }),
        },
      },
    ],
    ...usageOf(reply),
  }),
  events(reply, model) {
    const chunk = (delta: object, reason: string | null = null): string =>
      event({
        ...{ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model },
        choices: [{ index: 0, delta, finish_reason: reason }],
      });
    const { usage } = usageOf(reply);
    const text = 'text' in reply ? reply.text : reply.refusal;
    const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
    return [
      chunk({ role: 'assistant', content: '' }),
      ...pieces.map((piece) => chunk('text' in reply ? { content: piece } : { refusal: piece })),
      ...(isTool(reply) ? [chunk({ tool_calls: [{ index: 0, ...TOOL_CALL }] })] : []),
      chunk({}, reasonOf(reply)),
      ...(usage
        ? [
            event({
              id: 'chatcmpl-1',
              object: 'chat.completion.chunk',
              created: 1,
              model,
              choices: [],
              usage,
            }),
          ]
        : []),
      'data: [DONE]\n\n',
    ];
  },
  error: (kind, message) => ({ error: { message, type: kind, code: null, param: null } }),
  failure: (kind) => event({ error: { message: 'It failed.', type: kind, code: null } }),
};
