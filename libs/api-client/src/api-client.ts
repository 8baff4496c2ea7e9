import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './generated/schema';
import { fetchPatiently, type Patience } from './patient-fetch';

export interface ApiClientOptions extends Patience {
  apiKey: string;
}

type Api = Client<paths>;

/** A request that remembers what it was made of: unlike its own body, that can be sent again. */
class RememberedRequest extends Request {
  constructor(
    input: RequestInfo | URL,
    readonly madeOf: RequestInit = {},
  ) {
    super(input, madeOf);
  }
}

/**
 * Client of the REST API, typed by its OpenAPI document. `GET`, `POST` and their like take a path of the document and its parameters, and are
 * read with `answerOf`. Problems become AppErrors with the code and remedy that the server gave; a gateway that is being started is waited for.
 */
export class ApiClient {
  readonly GET: Api['GET'];
  readonly POST: Api['POST'];
  readonly DELETE: Api['DELETE'];
  /** For requests that have the effect of one however often they are sent: they are sent again when the connection broke. */
  readonly repeatedly: Pick<Api, 'POST' | 'DELETE'>;

  constructor(private readonly options: ApiClientOptions) {
    ({ GET: this.GET, POST: this.POST, DELETE: this.DELETE } = this.client(false));
    this.repeatedly = this.client(true);
  }

  /** Address of the API, which paths follow. */
  get baseUrl(): string {
    return this.options.baseUrl;
  }

  /** The same platform, for who would rather hear soon that it is away. */
  withPatience(patienceMs: number): ApiClient {
    const { patienceMs: given = patienceMs } = this.options;
    return new ApiClient({ ...this.options, patienceMs: Math.min(patienceMs, given) });
  }

  /** Where something of the platform is seen, e.g. `http://127.0.0.1:4400/studio/`. @param path from its root, with a slash */
  addressOf(path: string): string {
    return new URL(path, this.options.baseUrl).href;
  }

  /**
   * Sends a request of a kind that the document cannot type, such as the stream of events.
   * @param route below the address of the API
   */
  async request(route: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${this.options.apiKey}`, ...init.headers };
    return await fetchPatiently(`${this.options.baseUrl}${route}`, { ...init, headers }, true, this.options);
  }

  private client(isRepeatable: boolean): Api {
    return createClient<paths>({
      baseUrl: this.options.baseUrl,
      headers: { authorization: `Bearer ${this.options.apiKey}` },
      Request: RememberedRequest,
      fetch: async (request) => {
        const { madeOf = {} } = request as RememberedRequest;
        return await fetchPatiently(
          request.url,
          madeOf,
          isRepeatable || request.method === 'GET',
          this.options,
        );
      },
    });
  }
}
