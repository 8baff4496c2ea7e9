import type Anthropic from '@anthropic-ai/sdk';
import type {
  ContentBlock,
  ContentBlockParam,
  Message,
  MessageCreateParamsBase,
  MessageParam,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';
import { modelFailure } from '../failures/model-failure';
import { nameOf } from '../model.types';
import type { Answer, AnswerEnd, Completion, ModelClient, TokenUsage, Turn } from '../model.types';
import { boundedFetch } from './bounded-fetch';
import type { ClientOptions } from './client-options';
import { withDeadline } from './deadline';
import { formInWords, fullDialect, leaveOut } from './dialect';
import type { Dialect } from './dialect';
import { readFailure } from './read-failure';

/** A model that is spoken to as Anthropic's messages are. */
export function anthropicClient(options: ClientOptions): ModelClient {
  const { model, baseUrl, streaming } = options;
  const dialect = fullDialect();
  const name = nameOf({ provider: 'anthropic', model });
  let client: Promise<{ sdk: Anthropic; strict: Strict }> | undefined;

  const ask = async (completion: Completion, signal: AbortSignal): Promise<Answer> => {
    const { sdk, strict } = await (client ??= openSdk(options));
    const body = bodyOf(model, completion, dialect, strict);
    if (!streaming) return wholeAnswer(await sdk.messages.create({ ...body, stream: false }, { signal }));
    return streamedAnswer(await sdk.messages.create({ ...body, stream: true }, { signal }), name);
  };

  return {
    ...{ provider: 'anthropic', model, isVendor: baseUrl === undefined },
    complete: (completion, call) =>
      withDeadline(
        name,
        call,
        async (signal) => {
          for (;;) {
            try {
              return await ask(completion, signal);
            } catch (error) {
              const { status, complaint } = readFailure(error);
              if (signal.aborted || !leaveOut(dialect, status, complaint)) throw error;
            }
          }
        },
        (error) => modelFailure({ model: name, ...readFailure(error) }),
      ),
  };
}

type Strict = (schema: Record<string, unknown>) => Record<string, unknown>;

/** Loaded by the first call. Everything that the SDK would take from the environment or from files of the user is said. */
async function openSdk({
  apiKey,
  baseUrl,
  mostBytes,
}: ClientOptions): Promise<{ sdk: Anthropic; strict: Strict }> {
  const { Anthropic: Sdk } = await import('@anthropic-ai/sdk');
  const { transformJSONSchema } = await import('@anthropic-ai/sdk/lib/transform-json-schema');
  const sdk = new Sdk({
    ...{ apiKey, authToken: null, webhookKey: null },
    baseURL: baseUrl ?? 'https://api.anthropic.com',
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    fetch: boundedFetch(mostBytes),
  });
  return { sdk, strict: (schema) => transformJSONSchema(schema) as Record<string, unknown> };
}

function bodyOf(
  model: string,
  { system, turns, schema, maxOutputTokens }: Completion,
  dialect: Dialect,
  strict: Strict,
): MessageCreateParamsBase {
  const bySchema = dialect.form === 'schema';
  return {
    model,
    max_tokens: maxOutputTokens,
    system: bySchema ? system : system + formInWords(schema),
    messages: turns.map((turn) => messageOf(turn, dialect)),
    ...(bySchema && { output_config: { format: { type: 'json_schema', schema: strict(schema) } } }),
  };
}

const messageOf = ({ role, parts }: Turn, { pictures }: Dialect): MessageParam => ({
  role,
  content: parts.flatMap((part): ContentBlockParam[] => {
    if ('text' in part) return [{ type: 'text', text: part.text }];
    if (!pictures) return [];
    const data = Buffer.from(part.jpeg).toString('base64');
    return [{ type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data } }];
  }),
});

const ENDS: Record<string, AnswerEnd> = {
  end_turn: 'end',
  stop_sequence: 'end',
  max_tokens: 'cut',
  model_context_window_exceeded: 'cut',
  pause_turn: 'cut',
  refusal: 'refused',
  tool_use: 'tool',
};

function wholeAnswer({ content, stop_reason: reason, usage }: Message): Answer {
  const blocks = content ?? [];
  return { text: textIn(blocks), end: endOf(reason, blocks), usage: usageOf(usage, usage?.output_tokens) };
}

async function streamedAnswer(stream: AsyncIterable<RawMessageStreamEvent>, model: string): Promise<Answer> {
  let text = '';
  let reason: string | null = null;
  let isWhole = false;
  const blocks: ContentBlock[] = [];
  let begun: Message['usage'] | undefined;
  let tokensOut: number | undefined;
  for await (const event of stream) {
    if (event.type === 'message_start') begun = event.message.usage;
    else if (event.type === 'content_block_start') {
      blocks.push(event.content_block);
      if (event.content_block.type === 'text') text += event.content_block.text;
    } else if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      text += event.delta.text;
    } else if (event.type === 'message_delta') {
      reason = event.delta.stop_reason ?? reason;
      tokensOut = event.usage?.output_tokens ?? tokensOut;
    } else if (event.type === 'message_stop') isWhole = true;
  }
  // A stream that was cut ends like any other, only without its last events.
  if (!isWhole || reason === null) throw modelFailure({ model, status: undefined });
  return { text, end: endOf(reason, blocks), usage: usageOf(begun, tokensOut) };
}

const textIn = (blocks: readonly ContentBlock[]): string =>
  blocks.map((block) => (block.type === 'text' ? block.text : '')).join('');

const endOf = (reason: string | null | undefined, blocks: readonly ContentBlock[]): AnswerEnd => {
  const end = ENDS[reason ?? ''] ?? 'other';
  return end === 'end' && blocks.some(({ type }) => type === 'tool_use') ? 'tool' : end;
};

function usageOf(usage: Message['usage'] | undefined, tokensOut: number | undefined): TokenUsage | null {
  if (!isCount(usage?.input_tokens) || !isCount(tokensOut)) return null;
  const cacheWriteTokens = usage.cache_creation_input_tokens ?? 0;
  const tokensIn = usage.input_tokens + cacheWriteTokens + (usage.cache_read_input_tokens ?? 0);
  return { tokensIn, tokensOut, cacheWriteTokens };
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
