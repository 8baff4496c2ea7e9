import { once } from 'node:events';
import { createServer, request as sendRequest } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FileObjectStore } from '@showrunner/storage';
import { ArchiveUploads } from './archive-uploads';

const MIB = 1024 ** 2;
const MEGABYTES = 99;

let folder: string;
let store: FileObjectStore;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'showrunner-uploads-'));
  store = new FileObjectStore(folder);
  const uploads = new ArchiveUploads(store);
  server = createServer((request, response) => {
    uploads.receive(request, 'p1').then(
      (received) => response.end(JSON.stringify(received)),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

it('stores an archive of nearly 100 MB without ever holding it: what it holds stays within a third of it', async () => {
  const request = sendRequest({
    port: (server.address() as AddressInfo).port,
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  // What is not held any more must not count.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = (): number => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const before = held();
  let most = before;
  const body = Readable.from(
    (async function* () {
      yield '--b\r\nContent-Disposition: form-data; name="archive"; filename="a.zip"\r\n\r\nPK\x03\x04';
      for (let n = 0; n < MEGABYTES; n++) {
        yield Buffer.alloc(MIB, n);
        // Slow enough that the service keeps up: what it holds then, it keeps.
        await delay(2);
        if (n % 33 === 32) most = Math.max(most, held());
      }
      yield '\r\n--b--\r\n';
    })(),
  );
  body.pipe(request);
  const [response] = await answered;
  const received = JSON.parse((await response.toArray()).join('')) as { archive: { bytes: number } };
  expect(received.archive.bytes).toBe(MEGABYTES * MIB + 4);
  expect((await store.list('projects/')).map(({ key }) => key)).toEqual(['projects/p1/upload/a.zip']);
  expect(most - before).toBeLessThan((MEGABYTES / 3) * MIB);
});
