import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '@showrunner/contracts';
import type { Daytona, Image } from '@daytonaio/sdk';
import { asAppError, isUncertain, refusalOf, retryAfter } from './daytona-errors';

export interface DaytonaConnectionOptions {
  apiKey: string;
  /** Base of the control API. */
  apiUrl: string;
  /** Region. */
  target?: string;
  /** One request, the streams of files excepted. Default 60 s. */
  requestTimeoutMs?: number;
}

const ATTEMPTS = 5;
const BASE_MS = 200;
/** A longer `Retry-After` is the caller's to wait for. */
const MAX_WAIT_MS = 20_000;

/** The SDK, loaded with the first call only: it brings 180 packages and takes half a second. */
export class DaytonaConnection {
  private loaded?: Promise<{ daytona: Daytona; image: typeof Image }>;

  constructor(readonly options: DaytonaConnectionOptions) {}

  private load(): Promise<{ daytona: Daytona; image: typeof Image }> {
    this.loaded ??= import('@daytonaio/sdk').then((sdk) => {
      const { apiKey, apiUrl, target, requestTimeoutMs = 60_000 } = this.options;
      // Polling: with the event stream the SDK looks at a new box once a second. The URL is always told: the SDK would look for one in
      // the environment and throw over a .env file that names another.
      const daytona = new sdk.Daytona({
        apiKey,
        apiUrl,
        target,
        requestTimeoutMs,
        useDeprecatedPolling: true,
      });
      return { daytona, image: sdk.Image };
    });
    return this.loaded;
  }

  async client(): Promise<Daytona> {
    return (await this.load()).daytona;
  }

  async image(): Promise<typeof Image> {
    return (await this.load()).image;
  }

  /** Headers of requests that are not the SDK's. */
  headers(): Record<string, string> {
    return {
      Authorization: `Bearer ${this.options.apiKey}`,
      'X-Daytona-Source': 'sdk-typescript-legacy',
      'X-Daytona-SDK-Version': SDK_VERSION,
    };
  }

  /**
   * Makes a call, again when it was refused for its rate, and again when nobody knows what became of it and it may be repeated.
   * @param action what Daytona is asked to do, for the sentence of an error
   * @throws AppError of daytona-errors.ts
   */
  async call<T>(
    action: string,
    work: () => Promise<T>,
    options: { repeatable?: boolean; signal?: AbortSignal } = {},
  ): Promise<T> {
    const { repeatable = true, signal } = options;
    for (let attempt = 1; ; attempt++)
      try {
        return await work();
      } catch (error) {
        if (error instanceof AppError) throw error;
        const refusal = refusalOf(error);
        const again = refusal.status === 429 || (repeatable && isUncertain(refusal));
        const asked = refusal.status === 429 ? (retryAfter(refusal) ?? 0) : 0;
        if (!again || attempt === ATTEMPTS || asked > MAX_WAIT_MS || signal?.aborted === true)
          throw asAppError(action, error);
        const backoff = BASE_MS * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
        await delay(Math.max(asked, backoff), undefined, { signal });
      }
  }

  async close(): Promise<void> {
    if (this.loaded === undefined) return;
    await (await this.client())[Symbol.asyncDispose]();
  }
}

/** Version of the pinned SDK, which the server takes for what this client understands; a test compares it with the package. */
export const SDK_VERSION = '0.218.0';
