import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { S3ObjectStore } from './s3.store';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function storeBehind(
  answer: (method: string, response: ServerResponse) => void,
): Promise<S3ObjectStore> {
  const running = createServer((request, response) => answer(request.method ?? '', response));
  server = running;
  await new Promise<void>((listening) => running.listen(0, '127.0.0.1', listening));
  return new S3ObjectStore({
    endpoint: `http://127.0.0.1:${(running.address() as AddressInfo).port}`,
    bucket: 'films',
    region: 'eu-1',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    silenceMs: 100,
  });
}

it('gives a server up that takes a request and is silent', async () => {
  const store = await storeBehind(() => undefined);
  await expect(store.put('a/b', 'text')).rejects.toMatchObject({ code: 'storage_failed', retryable: true });
});

it('gives an object up whose rest does not come', async () => {
  const store = await storeBehind((method, response) => {
    response.writeHead(200, { 'content-length': 1_000, etag: '"one"' });
    if (method === 'GET') response.write('the beginning');
    else response.end();
  });
  await expect(store.read('a/b')).rejects.toThrow();
});
