/** What is said to a model, and what it answers, whoever made it. */

export type ProviderName = 'openai' | 'anthropic';

/** One part of a message. Pictures are JPEG. */
export type Part = { text: string } | { jpeg: Uint8Array };

export interface Turn {
  role: 'user' | 'assistant';
  parts: Part[];
}

export interface Completion {
  system: string;
  turns: Turn[];
  /** JSON schema that the answer has to fit, and a name for it: letters, digits, `_`. */
  schema: Record<string, unknown>;
  schemaName: string;
  maxOutputTokens: number;
}

export interface CallOptions {
  /** Ends the request; what is thrown then is the signal's reason. */
  signal: AbortSignal;
  /** Longest wait for the whole answer, ms. */
  timeoutMs: number;
}

/** Tokens as the server counted them. Input that was read from a cache is part of `tokensIn`; what was written to one is told apart, for it costs more. */
export interface TokenUsage {
  tokensIn: number;
  tokensOut: number;
  cacheWriteTokens: number;
}

/**
 * How an answer ended: `end` as it should, `cut` at a limit of tokens, `refused` by the model or a filter, `tool` with a call of a tool that nobody offered,
 * `other` with something that these words do not cover.
 */
export type AnswerEnd = 'end' | 'cut' | 'refused' | 'tool' | 'other';

export interface Answer {
  text: string;
  end: AnswerEnd;
  /** Null when the server did not say. */
  usage: TokenUsage | null;
}

/** One model at one server. */
export interface ModelClient {
  readonly provider: ProviderName;
  readonly model: string;
  /** The vendor's own server, whose prices are known; any other may charge what it likes. */
  readonly isVendor: boolean;
  /**
   * One request, never repeated but where the server said of a field that it does not know it.
   * @throws {AppError} `model_rate_limited`, `model_overloaded`, `model_unavailable`, `model_timeout` (retryable), `model_rejected` (not)
   */
  complete(completion: Completion, options: CallOptions): Promise<Answer>;
}

/** `openai/gpt-5`, as it is stored with plans, decisions and costs. */
export const nameOf = ({ provider, model }: Pick<ModelClient, 'provider' | 'model'>): string =>
  `${provider}/${model}`.slice(0, 80);
