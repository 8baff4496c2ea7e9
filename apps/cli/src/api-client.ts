import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError, ToldProblemSchema, toldCode } from '@showrunner/contracts';

export interface ApiClientOptions {
  /** e.g. `http://127.0.0.1:4400/api`. */
  baseUrl: string;
  apiKey: string;
  /** How long to wait for a gateway that is being started again, ms. */
  patienceMs?: number;
  /** True while it is known that nobody will start the gateway by itself: then there is nothing to wait for. */
  isStopped?: () => boolean;
}

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'DELETE';
  json?: unknown;
  form?: FormData;
  headers?: Record<string, string>;
  /** The request has the effect of one however often it is sent: it is sent again when the connection broke. GET always is. */
  repeatable?: boolean;
  signal?: AbortSignal;
}

const RETRY_EVERY_MS = 500;

/** Client of the REST API. Problems become AppErrors with the code and remedy that the server gave. */
export class ApiClient {
  constructor(private readonly options: ApiClientOptions) {}

  async get<T>(route: string, signal?: AbortSignal): Promise<T> {
    return (await (await this.request(route, { signal })).json()) as T;
  }

  async post<T>(route: string, request: Omit<ApiRequest, 'method'> = {}): Promise<T> {
    return (await (await this.request(route, { ...request, method: 'POST' })).json()) as T;
  }

  /** Writes the answer to a file; false when the server has no such thing. */
  async download(route: string, file: string): Promise<boolean> {
    let response: Response;
    try {
      response = await this.request(route);
    } catch (error) {
      if (error instanceof AppError && error.status === 404) return false;
      throw error;
    }
    if (!response.body) return false;
    const partial = `${file}.part`;
    await pipeline(
      Readable.fromWeb(response.body as import('node:stream/web').ReadableStream),
      createWriteStream(partial),
    );
    await rename(partial, file);
    return true;
  }

  /**
   * Sends a request. Refused connections, and breaks and 502/503 of what may be repeated, are tried again while the gateway may be starting.
   * @throws AppError the server's problem, or `gateway_unreachable`
   */
  async request(route: string, request: ApiRequest = {}): Promise<Response> {
    const deadline = Date.now() + (this.options.patienceMs ?? 60_000);
    for (;;) {
      const response = await this.send(route, request);
      if (response?.ok) return response;
      const mayRetry =
        !response || ((response.status === 502 || response.status === 503) && isRepeatable(request));
      if (!mayRetry && response) throw await problemOf(response);
      const stopped = !response && this.options.isStopped?.() === true;
      if (stopped || Date.now() > deadline || request.signal?.aborted) {
        if (response) throw await problemOf(response);
        throw new AppError(
          'gateway_unreachable',
          stopped
            ? 'The platform is not running.'
            : `The platform does not answer at ${this.options.baseUrl}.`,
          {
            remedy: 'Start it with "showrunner up", or look at "showrunner status".',
          },
        );
      }
      await response?.body?.cancel();
      await new Promise((resolve) => setTimeout(resolve, RETRY_EVERY_MS));
    }
  }

  /** undefined when the connection was refused before anything was sent, or a read broke off. */
  private async send(route: string, request: ApiRequest): Promise<Response | undefined> {
    const { method = 'GET', json, form, headers, signal } = request;
    try {
      return await fetch(`${this.options.baseUrl}${route}`, {
        method,
        headers: {
          authorization: `Bearer ${this.options.apiKey}`,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: form ?? (json === undefined ? undefined : JSON.stringify(json)),
        signal,
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      if (isRepeatable(request) || wasRefused(error)) return undefined;
      throw new AppError(
        'gateway_unreachable',
        'The connection to the platform broke while it was asked to do something.',
        {
          remedy: 'Look with "showrunner runs" whether it was done, then try again.',
          cause: error,
        },
      );
    }
  }
}

const isRepeatable = ({ method = 'GET', repeatable = false }: ApiRequest): boolean =>
  method === 'GET' || repeatable;

const wasRefused = (error: unknown): boolean =>
  ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED';

async function problemOf(response: Response): Promise<AppError> {
  const body: unknown = await response.json().catch(() => undefined);
  const problem = ToldProblemSchema.safeParse(body);
  if (!problem.success)
    return new AppError('unexpected_answer', `The platform answered ${response.status}.`, {
      status: response.status,
    });
  const { code, detail, status, remedy, errors } = problem.data;
  const places = errors?.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new AppError(toldCode(code), places ? `${detail} ${places}` : detail, { status, remedy });
}
