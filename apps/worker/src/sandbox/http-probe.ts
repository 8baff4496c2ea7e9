import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Sandbox } from '@showrunner/sandbox';

export interface ProbeAnswer {
  status: number;
  isHtml: boolean;
  contentType: string;
  location: string | undefined;
  /** First part of the body. */
  body: string;
}

const MAX_BODY = 64 * 1024;

/** One GET as a browser would send it, over the sandbox's own stream; undefined when nothing sensible came back in time. */
export async function probe(
  sandbox: Sandbox,
  port: number,
  host: string,
  path: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<ProbeAnswer | undefined> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  let stream: Awaited<ReturnType<Sandbox['connect']>>;
  try {
    stream = await sandbox.connect(port);
  } catch {
    return undefined; // nothing listens there any more, or not yet: the caller asks again
  }
  try {
    return await ask(stream as Socket, host, path, limit);
  } catch {
    signal.throwIfAborted();
    return undefined; // not HTTP, closed, or too late: no answer
  } finally {
    stream.destroy();
  }
}

function ask(stream: Socket, host: string, path: string, signal: AbortSignal): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        createConnection: () => stream,
        path,
        signal,
        headers: {
          host,
          accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
          'accept-language': 'en',
          'user-agent': 'Mozilla/5.0 (Showrunner health check)',
          connection: 'close',
        },
      },
      (answer) => {
        readStart(answer).then((body) => {
          const contentType = answer.headers['content-type'] ?? '';
          resolve({
            status: answer.statusCode ?? 0,
            contentType,
            isHtml: /html/i.test(contentType) || (contentType === '' && /^\s*<(!doctype|html)/i.test(body)),
            location: answer.headers.location,
            body,
          });
        }, reject);
      },
    );
    asked.once('error', reject);
    asked.end();
  });
}

async function readStart(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    parts.push(part as Buffer);
    bytes += (part as Buffer).length;
    if (bytes >= MAX_BODY) break;
  }
  return Buffer.concat(parts).toString('utf8').slice(0, MAX_BODY);
}
