import { AppError } from '@showrunner/contracts';
import { nameOf } from '../model.types';
import type { ModelClient } from '../model.types';
import { askModel } from './ask-model';
import type { AskOptions, Question } from './ask-model';

export interface Patience extends AskOptions {
  /** Which attempt of the activity this is, from 1. */
  attempt: number;
  /** The first model is waited for in so many attempts; then the next one is asked. */
  attempts: number;
  /** Longest rest between two attempts, ms; who asks for more is not waited for. */
  maxWaitMs: number;
  /** Longest time for everything that one attempt asks, ms. */
  budgetMs: number;
  now: () => number;
}

export interface Answered<T> {
  value: T;
  /** Who answered, `openai/gpt-5`. */
  model: string;
  /** Who was asked before and did not, one sentence each. */
  notes: string[];
}

/** An answer needs this much time at least. */
const LEAST_MS = 1000;

/**
 * Asks the first model, and the next one where it brings nothing. While the first is only busy the failure is thrown as a retryable one, so that the activity
 * is tried again when its server says, and not before.
 * @throws {AppError} retryable: ask again. Not retryable: `model_unusable`, nobody answered; its message says why
 */
export async function askModels<T>(
  clients: readonly ModelClient[],
  question: Question<T>,
  patience: Patience,
): Promise<Answered<T>> {
  const deadline = patience.now() + patience.budgetMs;
  const notes: string[] = [];
  for (const [at, client] of clients.entries()) {
    const timeoutMs = Math.min(patience.timeoutMs, deadline - patience.now());
    if (timeoutMs < LEAST_MS) {
      notes.push(`There was no time left to ask ${nameOf(client)}.`);
      continue;
    }
    try {
      const value = await askModel(client, question, { ...patience, timeoutMs });
      return { value, model: nameOf(client), notes };
    } catch (error) {
      patience.signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      if (at === 0 && isWorthWaiting(error, patience)) throw error;
      notes.push(error.message);
    }
  }
  throw new AppError('model_unusable', notes.join(' ') || 'No model is set up.');
}

/** The first model is only busy: the same is asked again when its server says. */
export const isWorthWaiting = (
  { retryable, retryAfterMs }: AppError,
  { attempt, attempts, maxWaitMs }: Patience,
): boolean => retryable && attempt < attempts && (retryAfterMs ?? 0) <= maxWaitMs;
