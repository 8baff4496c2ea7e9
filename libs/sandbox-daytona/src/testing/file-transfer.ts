import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import { AppError } from '@showrunner/contracts';
import type { Answer } from './answer';
import type { LoopbackBox } from './loopback-box';

const BOUNDARY = 'DAYTONA-FILE-BOUNDARY';
const MOST = 1024 ** 3;

/** A form as it came: fields by name, with paths before their files. */
export type Form = { name: string; value: string | Buffer }[];

export function readForm(request: IncomingMessage): Promise<Form> {
  return new Promise((resolve, reject) => {
    const form: Form = [];
    const parser = busboy({ headers: request.headers });
    parser.on('field', (name, value) => form.push({ name, value }));
    parser.on('file', (name, stream) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => form.push({ name, value: Buffer.concat(chunks) }));
    });
    parser.on('error', reject);
    parser.on('close', () => resolve(form));
    request.pipe(parser);
  });
}

/** `POST /files/bulk-upload` */
export async function upload(box: LoopbackBox, form: Form): Promise<Answer> {
  const paths = new Map(form.map(({ name, value }) => [name, String(value)]));
  const errors: string[] = [];
  for (const { name, value } of form) {
    if (!name.endsWith('.file')) continue;
    const path = paths.get(name.replace(/\.file$/, '.path'));
    try {
      if (path === undefined) errors.push(`${name}: missing .path metadata`);
      else await box.sandbox?.files.write(path, value);
    } catch (error) {
      errors.push(`${path}: create: ${String(error)}`);
    }
  }
  if (errors.length === 0) return { status: 200 };
  return { status: 400, body: { statusCode: 400, message: errors.join(', '), code: 'BAD_REQUEST', ...FORM } };
}

const FORM = { timestamp: new Date(0).toISOString(), path: '/files/bulk-upload', method: 'POST' };

/** `POST /files/bulk-download` */
export async function download(box: LoopbackBox, paths: string[]): Promise<Answer> {
  const parts: Buffer[] = [];
  for (const path of paths) {
    const { name, type, bytes } = await part(box, path);
    const head = [
      `--${BOUNDARY}`,
      `Content-Disposition: form-data; name="${name}"; filename="${path}"`,
      `Content-Type: ${type}`,
      `Content-Length: ${bytes.length}`,
    ];
    parts.push(Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes, Buffer.from('\r\n'));
  }
  parts.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  const headers = { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` };
  return { status: 200, body: Buffer.concat(parts), headers };
}

async function part(box: LoopbackBox, path: string): Promise<{ name: string; type: string; bytes: Buffer }> {
  try {
    const bytes = (await box.sandbox?.files.read(path, MOST)) ?? Buffer.alloc(0);
    return { name: 'file', type: 'application/octet-stream', bytes };
  } catch (error) {
    const code =
      error instanceof AppError && error.code === 'file_not_found' ? 'FILE_NOT_FOUND' : 'FILE_READ_FAILED';
    const bytes = Buffer.from(JSON.stringify({ statusCode: 404, message: String(error), code }));
    return { name: 'error', type: 'application/json; charset=utf-8', bytes };
  }
}
