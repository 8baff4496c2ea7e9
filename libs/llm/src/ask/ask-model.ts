import { z } from 'zod';
import { AppError } from '@showrunner/contracts';
import { unusableAnswer } from '../failures/model-failure';
import { nameOf } from '../model.types';
import type { Answer, ModelClient, Part, TokenUsage, Turn } from '../model.types';
import { loadTokenizer, mostTokensIn } from '../prompts/tokens';
import { dollarsFor, priceOf } from '../spend/prices';
import type { Price } from '../spend/prices';
import type { CallPurpose, Reservation, SpendLedger } from '../spend/spend-ledger';
import { answerSchema } from './json-schema';

export interface Question<T> {
  /** Letters, digits, `_`. */
  name: string;
  system: string;
  parts: Part[];
  /** What an answer has to be; refinements count as well. */
  schema: z.ZodType<T>;
  maxOutputTokens: number;
}

export interface AskOptions {
  signal: AbortSignal;
  /** Longest wait for one answer, ms. */
  timeoutMs: number;
  ledger: SpendLedger;
  purpose: CallPurpose;
  /** Prices of the settings. */
  prices: ReadonlyMap<string, Price>;
}

/** An answer, and once more with what was wrong with it. */
const ROUNDS = 2;
const LONGEST_COMPLAINT = 1500;
const LONGEST_ECHO = 6000;

/**
 * Asks one model for an answer that fits a schema. What does not fit is asked for once more, with what was wrong. How the answer ended is looked at
 * before what it says: a cut or refused one is no answer, even where its text happens to fit.
 * @throws {AppError} of the request (see `ModelClient.complete`), `model_refused`, `model_answer_cut`, `model_answer_invalid`, `model_spend_limit`
 */
export async function askModel<T>(
  client: ModelClient,
  question: Question<T>,
  options: AskOptions,
): Promise<T> {
  const model = nameOf(client);
  const turns: Turn[] = [{ role: 'user', parts: question.parts }];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const answer = await paid(client, question, turns, options);
    if (answer.end === 'refused') throw unusableAnswer('model_refused', model);
    if (answer.end === 'cut') throw unusableAnswer('model_answer_cut', model);
    const read = answer.end === 'end' ? readAnswer(answer.text, question.schema) : { wrong: NO_TOOLS };
    if ('value' in read) return read.value;
    turns.push(
      { role: 'assistant', parts: [{ text: answer.text.slice(0, LONGEST_ECHO) || '(nothing)' }] },
      {
        role: 'user',
        parts: [{ text: `That is not usable: ${read.wrong}\nAnswer again, with the JSON object alone.` }],
      },
    );
  }
  throw unusableAnswer('model_answer_invalid', model);
}

const NO_TOOLS = 'there are no tools to call; the answer is a JSON object.';

/** @returns the value, or in words what is wrong with it */
export function readAnswer<T>(text: string, schema: z.ZodType<T>): { value: T } | { wrong: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(withoutFence(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { wrong: 'it is not JSON.' };
  }
  const held = schema.safeParse(parsed);
  return held.success
    ? { value: held.data }
    : { wrong: z.prettifyError(held.error).slice(0, LONGEST_COMPLAINT) };
}

/** Models that are not held to a form like to put their JSON into a fence. */
const withoutFence = (text: string): string =>
  /^\s*```(?:json)?\s*\n([\s\S]*?)\n?\s*```\s*$/.exec(text)?.[1] ?? text;

/** One request, for which room is set aside before it is made. */
async function paid<T>(
  client: ModelClient,
  { name, system, schema, maxOutputTokens }: Question<T>,
  turns: readonly Turn[],
  { signal, timeoutMs, ledger, purpose, prices }: AskOptions,
): Promise<Answer> {
  await loadTokenizer();
  const jsonSchema = answerSchema(schema);
  const parts = turns.flatMap((turn) => turn.parts);
  const texts = [
    system,
    JSON.stringify(jsonSchema),
    ...parts.flatMap((part) => ('text' in part ? [part.text] : [])),
  ];
  const most: TokenUsage = {
    tokensIn: mostTokensIn(texts, parts.filter((part) => 'jpeg' in part).length),
    tokensOut: maxOutputTokens,
    cacheWriteTokens: 0,
  };
  // All of it may have to be written into a cache.
  const price = priceOf(client, prices);
  const bound = dollarsOrNull(price, { ...most, cacheWriteTokens: most.tokensIn });
  const reservation = await ledger.reserve(
    { model: nameOf(client), tokens: most.tokensIn + most.tokensOut, usd: bound },
    purpose,
  );
  try {
    const completion = { system, turns: [...turns], schema: jsonSchema, schemaName: name, maxOutputTokens };
    const answer = await client.complete(completion, { signal, timeoutMs });
    await settle(reservation, price, answer.usage ?? most);
    return answer;
  } catch (error) {
    // What was refused costs nothing; what broke off, was too late or was cancelled may well have been made, and paid.
    if (isFree(error)) await reservation.release();
    else await settle(reservation, price, most);
    throw error;
  }
}

const settle = (reservation: Reservation, price: Price | null, usage: TokenUsage): Promise<void> =>
  reservation.settle({
    ...{ tokensIn: usage.tokensIn, tokensOut: usage.tokensOut },
    usd: dollarsOrNull(price, usage),
  });

const dollarsOrNull = (price: Price | null, usage: TokenUsage): number | null =>
  price === null ? null : dollarsFor(price, usage);

const isFree = (error: unknown): boolean =>
  error instanceof AppError && typeof error.details?.['status'] === 'number';
