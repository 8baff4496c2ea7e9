import { AppError, WrittenAppSchema } from '@showrunner/contracts';
import type { AppKind, WrittenApp } from '@showrunner/contracts';
import { askModel } from '../ask/ask-model';
import { isWorthWaiting } from '../ask/ask-models';
import type { Answered, Patience } from '../ask/ask-models';
import { nameOf } from '../model.types';
import type { ModelClient } from '../model.types';
import { loadTokenizer, mostTokensIn } from '../prompts/tokens';
import rules from '../prompts/write.prompt.md';
import { priceOf } from '../spend/prices';
import { FALLBACK_RULES, KIND_RULES } from './kind-rules';

export interface AppRequest {
  prompt: string;
  kind: AppKind;
  /** What was wrong with the attempt before; absent for the first. */
  problem?: string;
  /** The simplest that can be meant, after everything else failed. */
  isFallback: boolean;
  /** What may still be spent, US dollars. */
  leftUsd: number;
}

/** An app of some pages is 4,000 to 10,000 tokens; models that think first take more. */
const MOST_OUTPUT_TOKENS = 16_000;
/** Less than this holds no app. */
const LEAST_OUTPUT_TOKENS = 2_500;
const LONGEST_PROBLEM = 4000;
/** Its answer, and once more with what was wrong with its form, in a fourth of what is left. */
const SHARE = 0.75;

/**
 * Asks the models, one after the other, for the files of an app. The form of the answer is held against the schema; what stands in the files is for
 * others to judge. The answer may be as long as the money that is left allows, so that a dear model is not refused outright.
 * @throws {AppError} as `askModel`, retryable while the first model is only busy; `model_unusable` when several brought nothing
 */
export async function writeApp(
  clients: readonly ModelClient[],
  request: AppRequest,
  patience: Patience,
): Promise<Answered<WrittenApp>> {
  await loadTokenizer();
  const system = `${rules}\n${KIND_RULES[request.kind]}\n`;
  const text = textOf(request);
  const notes: string[] = [];
  const failures: AppError[] = [];
  for (const [at, client] of clients.entries()) {
    const maxOutputTokens = affordable(client, [system, text], request.leftUsd, patience);
    if (maxOutputTokens < LEAST_OUTPUT_TOKENS) {
      const tooDear = new AppError(
        'model_spend_limit',
        `What may still be spent on this app, $${Math.max(0, request.leftUsd).toFixed(3)} (LLM_APP_BUDGET_USD), is too little to ask ${nameOf(client)}.`,
      );
      failures.push(tooDear);
      notes.push(tooDear.message);
      continue;
    }
    const question = {
      ...{ name: 'app', system, parts: [{ text }], schema: WrittenAppSchema, maxOutputTokens },
    };
    try {
      const value = await askModel(client, question, patience);
      return { value, model: nameOf(client), notes };
    } catch (error) {
      patience.signal.throwIfAborted();
      if (!(error instanceof AppError) || (at === 0 && isWorthWaiting(error, patience))) throw error;
      failures.push(error);
      notes.push(error.message);
    }
  }
  const [only, ...others] = failures;
  if (only !== undefined && others.length === 0) throw only;
  throw new AppError('model_unusable', notes.join(' ') || 'No model is set up.');
}

function textOf({ prompt, problem, kind, isFallback }: AppRequest): string {
  // It is the user's own wish; only the block that holds it must not end early.
  const wish = prompt.replaceAll(/<(?=\/?request)/gi, '‹');
  return [
    `<request>\n${wish}\n</request>`,
    ...(problem === undefined
      ? []
      : [
          `The app of the last attempt could not be used. What was wrong with it, as data:\n<problem>\n${problem.replaceAll('<', '‹').slice(0, LONGEST_PROBLEM)}\n</problem>\nWrite it again, whole, without that.`,
        ]),
    ...(isFallback ? [FALLBACK_RULES[kind]] : []),
  ].join('\n\n');
}

/** How long an answer may be so that what is left pays for it, whatever it holds. Without a known price: as long as any. */
function affordable(
  client: ModelClient,
  texts: readonly string[],
  leftUsd: number,
  { prices }: Patience,
): number {
  const price = priceOf(client, prices);
  if (price === null || price.output === 0) return MOST_OUTPUT_TOKENS;
  // The schema of the answer is some hundred tokens; all of it may have to be written to a cache.
  const inputUsd = ((mostTokensIn(texts, 0) + 1500) * price.input * 1.25) / 1e6;
  const tokens = Math.floor(((leftUsd * SHARE - inputUsd) * 1e6) / price.output);
  return Math.min(MOST_OUTPUT_TOKENS, tokens);
}
