import busboy from 'busboy';
import { AppError } from '@showrunner/contracts';
import { absolute } from './envd-rpc';
import type { Exchange } from './exchange';
import type { LoopbackBox } from './loopback-box';

/** envd's REST side, as far as its public proxy lets it through. @returns false for a path that this server does not have */
export async function serveRest(exchange: Exchange, box: LoopbackBox): Promise<boolean> {
  const path = exchange.url.searchParams.get('path') ?? '';
  switch (`${exchange.method} ${exchange.url.pathname}`) {
    case 'GET /health':
      exchange.reply(204);
      return true;
    case 'GET /envs':
      exchange.reply(200, box.options.envVars);
      return true;
    case 'GET /metrics': {
      const { memoryBytes, diskBytes } = await box.local.metrics();
      exchange.reply(200, {
        ts: Math.floor(Date.now() / 1000),
        mem_used: memoryBytes ?? 0,
        disk_used: diskBytes ?? 0,
      });
      return true;
    }
    case 'GET /files':
      await download(exchange, box, path);
      return true;
    case 'POST /files':
      await upload(exchange, box, path);
      return true;
    default:
      return false;
  }
}

async function download(exchange: Exchange, box: LoopbackBox, path: string): Promise<void> {
  try {
    exchange.replyBytes(await box.local.files.read(absolute(path)));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'file_not_found') throw error;
    exchange.refuse(404, `path '${path}' does not exist`);
  }
}

async function upload(exchange: Exchange, box: LoopbackBox, path: string): Promise<void> {
  const files =
    exchange.header('content-type') === 'application/octet-stream'
      ? [{ path, content: await exchange.bytes() }]
      : await parts(exchange, path);
  for (const file of files) await box.local.files.write(absolute(file.path), file.content);
  exchange.reply(
    200,
    files.map((file) => ({
      path: absolute(file.path),
      name: file.path.split('/').at(-1) ?? '',
      type: 'file',
    })),
  );
}

async function parts(exchange: Exchange, path: string): Promise<{ path: string; content: Buffer }[]> {
  const found: Promise<{ path: string; content: Buffer }>[] = [];
  const parser = busboy({ headers: exchange.request.headers, preservePath: true });
  parser.on('file', (_field, stream, { filename }) =>
    found.push(collect(stream, path === '' ? (filename ?? '') : path)),
  );
  const closed = new Promise((resolve, reject) => parser.once('close', resolve).once('error', reject));
  parser.end(await exchange.bytes());
  await closed;
  return Promise.all(found);
}

async function collect(
  stream: NodeJS.ReadableStream,
  path: string,
): Promise<{ path: string; content: Buffer }> {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return { path, content: Buffer.concat(pieces) };
}
