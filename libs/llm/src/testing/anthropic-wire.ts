import type { Said, Wire } from './model-server';

const event = (data: { type: string } & Record<string, unknown>): string =>
  `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
const TOOL_USE = { type: 'tool_use', id: 'toolu_1', name: 'open_page', input: { url: 'http://x/' } };

const usageOf = (reply: Said): { in: number; out: number } | undefined => {
  if (!('text' in reply)) return { in: 100, out: 5 };
  return reply.usage === 'none' ? undefined : (reply.usage ?? { in: 100, out: 20 });
};
const reasonOf = (reply: Said): string => {
  if (!('text' in reply)) return 'refusal';
  return { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use' }[reply.end ?? 'stop'];
};
const isTool = (reply: Said): boolean => 'text' in reply && reply.end === 'tool';

/** Messages, in one piece and as a stream. */
export const anthropicWire: Wire = {
  whole(reply, model) {
    const usage = usageOf(reply);
    return {
      ...{ id: 'msg_1', type: 'message', role: 'assistant', model, stop_sequence: null },
      content: [
        ...('text' in reply ? [{ type: 'text', text: reply.text, citations: null }] : []),
        ...(isTool(reply) ? [TOOL_USE] : []),
      ],
      stop_reason: reasonOf(reply),
      ...(usage && { usage: { input_tokens: usage.in, output_tokens: usage.out } }),
    };
  },
  events(reply, model) {
    const usage = usageOf(reply);
    const text = 'text' in reply ? reply.text : '';
    const pieces = text.match(/[\s\S]{1,7}/g) ?? [];
    const begun = { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], stop_reason: null };
    return [
      event({
        type: 'message_start',
        message: { ...begun, ...(usage && { usage: { input_tokens: usage.in, output_tokens: 1 } }) },
      }),
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
      event({ type: 'ping' }),
      ...pieces.map((piece) =>
        event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: piece } }),
      ),
      event({ type: 'content_block_stop', index: 0 }),
      ...(isTool(reply)
        ? [
            event({ type: 'content_block_start', index: 1, content_block: { ...TOOL_USE, input: {} } }),
            event({ type: 'content_block_stop', index: 1 }),
          ]
        : []),
      event({
        type: 'message_delta',
        delta: { stop_reason: reasonOf(reply), stop_sequence: null },
        ...(usage && { usage: { output_tokens: usage.out } }),
      }),
      event({ type: 'message_stop' }),
    ];
  },
  error: (kind, message) => ({ type: 'error', error: { type: kind, message }, request_id: 'req_1' }),
  failure: (kind) => event({ type: 'error', error: { type: kind, message: 'It failed.' } }),
};
