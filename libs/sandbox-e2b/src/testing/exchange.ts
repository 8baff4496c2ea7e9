import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request and its answer, with the body as it came. */
export class Exchange {
  private bodyBytes?: Buffer;
  readonly url: URL;
  /** Breaks the connection instead of answering. */
  loseReply = false;

  constructor(
    readonly request: IncomingMessage,
    readonly response: ServerResponse,
    private readonly onReply: (status: number, contentType: string | undefined, body: unknown) => void,
  ) {
    this.url = new URL(request.url ?? '/', 'http://loopback');
  }

  get method(): string {
    return this.request.method ?? 'GET';
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  async bytes(): Promise<Buffer> {
    if (this.bodyBytes === undefined) {
      const pieces: Buffer[] = [];
      for await (const piece of this.request) pieces.push(piece as Buffer);
      this.bodyBytes = Buffer.concat(pieces);
    }
    return this.bodyBytes;
  }

  /** undefined for an empty body. */
  async json(): Promise<unknown> {
    const bytes = await this.bytes();
    return bytes.length === 0 ? undefined : (JSON.parse(bytes.toString('utf8')) as unknown);
  }

  reply(status: number, body?: unknown, headers: Record<string, string> = {}): void {
    this.onReply(status, body === undefined ? undefined : 'application/json', body);
    if (this.loseReply) {
      this.response.destroy();
      return;
    }
    if (body === undefined) this.response.writeHead(status, headers).end();
    else
      this.response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body));
  }

  replyBytes(bytes: Buffer): void {
    this.onReply(200, 'application/octet-stream', bytes);
    this.response
      .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length })
      .end(bytes);
  }

  /** E2B's error body. */
  refuse(status: number, message: string, headers: Record<string, string> = {}): void {
    this.reply(status, { code: status, message }, headers);
  }
}
