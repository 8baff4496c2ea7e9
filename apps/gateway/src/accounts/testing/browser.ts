/** What an answer was. */
export interface Seen {
  status: number;
  json: Record<string, unknown>;
  headers: Headers;
}

/** A browser of a test: keeps cookies by name and path, and asks as a page of the studio does. */
export class TestBrowser {
  private readonly jar = new Map<string, { value: string; path: string }>();

  constructor(
    private readonly url: string,
    /** Cookies off: whatever is set is forgotten. */
    private readonly keepsCookies = true,
  ) {}

  async ask(
    method: string,
    path: string,
    { json, headers = {} }: { json?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Seen> {
    const cookie = this.cookiesFor(path);
    const response = await fetch(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'x-requested-by': 'studio',
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === '' ? {} : { cookie }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, json: body, headers: response.headers };
  }

  post(path: string, json: unknown = {}): Promise<Seen> {
    return this.ask('POST', path, { json });
  }

  /** Value of a cookie; undefined: it has none of that name. */
  cookie(name: string): string | undefined {
    return this.jar.get(name)?.value;
  }

  /** As somebody who has copied them. */
  setCookie(name: string, value: string, path = '/'): void {
    this.jar.set(name, { value, path });
  }

  /** Everything that this one has, in another one. */
  copy(): TestBrowser {
    const other = new TestBrowser(this.url);
    for (const [name, { value, path }] of this.jar) other.setCookie(name, value, path);
    return other;
  }

  private cookiesFor(path: string): string {
    return [...this.jar]
      .filter(([, kept]) => path.startsWith(kept.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const path = /; Path=([^;]+)/.exec(line)?.[1] ?? '/';
    if (value === '' || !this.keepsCookies) this.jar.delete(name);
    else this.jar.set(name, { value, path });
  }
}
