import type OpenAI from 'openai';
import type {
  ChatCompletion,
  ChatCompletionChunk,
  ChatCompletionCreateParamsBase,
  ChatCompletionMessageParam,
} from 'openai/resources/chat/completions';
import { modelFailure } from '../failures/model-failure';
import { nameOf } from '../model.types';
import type { Answer, AnswerEnd, Completion, ModelClient, TokenUsage, Turn } from '../model.types';
import { boundedFetch } from './bounded-fetch';
import type { ClientOptions } from './client-options';
import { withDeadline } from './deadline';
import { formInWords, fullDialect, leaveOut } from './dialect';
import type { Dialect } from './dialect';
import { readFailure } from './read-failure';

/** A model that is spoken to as OpenAI's chat completions are: OpenAI's own, and those of the many servers that took over its language. */
export function openAiClient(options: ClientOptions): ModelClient {
  const { model, baseUrl, streaming } = options;
  const dialect = fullDialect();
  const name = nameOf({ provider: 'openai', model });
  let client: Promise<OpenAI> | undefined;

  const ask = async (completion: Completion, signal: AbortSignal): Promise<Answer> => {
    const sdk = await (client ??= openSdk(options));
    const body = bodyOf(model, completion, dialect);
    if (!streaming)
      return wholeAnswer(await sdk.chat.completions.create({ ...body, stream: false }, { signal }));
    const stream = await sdk.chat.completions.create(
      { ...body, stream: true, ...(dialect.streamUsage && { stream_options: { include_usage: true } }) },
      { signal },
    );
    return streamedAnswer(stream, name);
  };

  return {
    ...{ provider: 'openai', model, isVendor: baseUrl === undefined },
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

/** Loaded by the first call: who plans by rules needs none of it. Everything that the SDK would take from the environment is said. */
export async function openSdk({
  apiKey,
  baseUrl,
  mostBytes,
}: Pick<ClientOptions, 'apiKey' | 'baseUrl' | 'mostBytes'>): Promise<OpenAI> {
  const { OpenAI: Sdk } = await import('openai');
  return new Sdk({
    ...{ apiKey, adminAPIKey: null, organization: null, project: null, webhookSecret: null },
    baseURL: baseUrl ?? 'https://api.openai.com/v1',
    maxRetries: 0,
    logLevel: 'off',
    fetch: boundedFetch(mostBytes),
  });
}

function bodyOf(model: string, completion: Completion, dialect: Dialect): ChatCompletionCreateParamsBase {
  const { system, turns, schema, schemaName, maxOutputTokens } = completion;
  const words = dialect.form === 'schema' ? '' : formInWords(schema);
  return {
    model,
    messages: [{ role: 'system', content: system + words }, ...turns.map((turn) => messageOf(turn, dialect))],
    [dialect.limit]: maxOutputTokens,
    ...(dialect.form === 'schema' && {
      response_format: { type: 'json_schema', json_schema: { name: schemaName, schema, strict: true } },
    }),
    ...(dialect.form === 'json' && { response_format: { type: 'json_object' } }),
  };
}

function messageOf({ role, parts }: Turn, { pictures }: Dialect): ChatCompletionMessageParam {
  const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []));
  if (role === 'assistant') return { role, content: texts.join('\n') };
  const images = pictures ? parts.flatMap((part) => ('jpeg' in part ? [part.jpeg] : [])) : [];
  // Servers that take no pictures often take no list either.
  if (images.length === 0) return { role, content: texts.join('\n') };
  return {
    role,
    content: [
      { type: 'text', text: texts.join('\n') },
      ...images.map((jpeg) => ({
        type: 'image_url' as const,
        image_url: { url: `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}` },
      })),
    ],
  };
}

const ENDS: Record<string, AnswerEnd> = {
  stop: 'end',
  length: 'cut',
  content_filter: 'refused',
  tool_calls: 'tool',
  function_call: 'tool',
};

function wholeAnswer({ choices, usage }: ChatCompletion): Answer {
  const [choice] = choices ?? [];
  const message = choice?.message;
  const calls = (message?.tool_calls?.length ?? 0) > 0;
  return {
    text: message?.content ?? '',
    end: endOf(choice?.finish_reason, (message?.refusal ?? '') !== '', calls),
    usage: usageOf(usage),
  };
}

async function streamedAnswer(stream: AsyncIterable<ChatCompletionChunk>, model: string): Promise<Answer> {
  let text = '';
  let refused = false;
  let calls = false;
  let reason: string | null | undefined;
  let usage: TokenUsage | null = null;
  for await (const chunk of stream) {
    const [choice] = chunk.choices ?? [];
    text += choice?.delta?.content ?? '';
    refused ||= (choice?.delta?.refusal ?? '') !== '';
    calls ||= (choice?.delta?.tool_calls?.length ?? 0) > 0;
    reason = choice?.finish_reason ?? reason;
    usage = usageOf(chunk.usage) ?? usage;
  }
  // A stream that was cut ends like any other, only without saying how it ended.
  if (reason === undefined || reason === null) throw modelFailure({ model, status: undefined });
  return { text, end: endOf(reason, refused, calls), usage };
}

function endOf(reason: string | null | undefined, refused: boolean, calls: boolean): AnswerEnd {
  if (refused) return 'refused';
  if (calls) return 'tool';
  return ENDS[reason ?? ''] ?? 'other';
}

function usageOf(usage: ChatCompletion['usage'] | null): TokenUsage | null {
  const { prompt_tokens: tokensIn, completion_tokens: tokensOut } = usage ?? {};
  if (!isCount(tokensIn) || !isCount(tokensOut)) return null;
  const written = usage?.prompt_tokens_details?.cache_write_tokens;
  return { tokensIn, tokensOut, cacheWriteTokens: isCount(written) ? Math.min(written, tokensIn) : 0 };
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
