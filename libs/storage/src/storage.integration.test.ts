import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWhereMissing, freePort } from '@showrunner/contracts/testing';
import { createObjectStore } from './index';
import type { ObjectStore } from './index';

const folder = mkdtempSync(join(tmpdir(), 'showrunner-test-storage-'));
const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops) stop();
  rmSync(folder, { recursive: true, force: true });
});

const contract = (open: () => ObjectStore): void => {
  it('stores, reads, replaces, lists and deletes', async () => {
    const store = open();
    const head = await store.put('runs/r1/plan.json', '{"a":1}');
    expect(head).toMatchObject({ bytes: 7, contentType: 'application/json' });
    expect(await store.head('runs/r1/plan.json')).toEqual(head);
    expect((await store.read('runs/r1/plan.json')).toString()).toBe('{"a":1}');
    const replaced = await store.put('runs/r1/plan.json', Buffer.from('{"a":22}'));
    expect(replaced.etag).not.toBe(head.etag);
    await store.put('runs/r1/clips/c.jpg', Buffer.from([1, 2]));
    await store.put('runs/r10/plan.json', '');
    expect(await store.list('runs/r1/')).toEqual([
      { key: 'runs/r1/clips/c.jpg', bytes: 2, modifiedAtMs: expect.any(Number) },
      { key: 'runs/r1/plan.json', bytes: 8, modifiedAtMs: expect.any(Number) },
    ]);
    expect((await store.list('runs/r1')).map(({ key }) => key)).toContain('runs/r10/plan.json');
    expect(await store.list('nothing/here/')).toEqual([]);
    expect((await store.read('runs/r10/plan.json')).length).toBe(0);
    await store.delete('runs/r1/plan.json');
    await store.delete('runs/r1/plan.json');
    expect(await store.head('runs/r1/plan.json')).toBeNull();
    await expect(store.get('runs/r1/plan.json')).rejects.toMatchObject({ code: 'not_found', status: 404 });
  });

  it('streams large objects and answers ranges of them', async () => {
    const store = open();
    const chunk = randomBytes(1024 * 1024);
    const bytes = 20 * chunk.length;
    const key = 'runs/r2/takes/t.mkv';
    expect((await store.put(key, Readable.from(Array.from({ length: 20 }, () => chunk)))).bytes).toBe(bytes);
    const whole = await store.get(key);
    const hash = createHash('sha256');
    for await (const part of whole.stream) hash.update(part as Buffer);
    const expected = createHash('sha256');
    for (let index = 0; index < 20; index++) expected.update(chunk);
    expect(hash.digest('hex')).toBe(expected.digest('hex'));
    const part = await store.get(key, { start: chunk.length - 2, end: chunk.length + 1 });
    expect(part.range).toEqual({ start: chunk.length - 2, end: chunk.length + 1 });
    expect(await buffer(part.stream)).toEqual(Buffer.concat([chunk.subarray(-2), chunk.subarray(0, 2)]));
    expect(await buffer((await store.get(key, { start: bytes - 1 })).stream)).toEqual(chunk.subarray(-1));
    await expect(store.get(key, { start: bytes })).rejects.toMatchObject({
      code: 'range_not_satisfiable',
      status: 416,
    });
  });

  it('keeps the older object when the stream breaks', async () => {
    const store = open();
    await store.put('runs/r3/video.mp4', 'whole');
    const breaking = Readable.from(
      (async function* () {
        yield randomBytes(9 * 1024 * 1024);
        throw new RangeError('the renderer died');
      })(),
    );
    await expect(store.put('runs/r3/video.mp4', breaking)).rejects.toBeDefined();
    expect((await store.read('runs/r3/video.mp4')).toString()).toBe('whole');
    expect((await store.list('runs/r3/')).map(({ key }) => key)).toEqual(['runs/r3/video.mp4']);
  });

  it('stores a file and refuses keys that would leave the store', async () => {
    const store = open();
    const file = join(folder, 'a-file');
    writeFileSync(file, 'from a file');
    expect((await store.putFile('exports/e/captions.vtt', file)).contentType).toMatch('text/vtt');
    await expect(store.put('../escape', 'x')).rejects.toMatchObject({ code: 'bad_object_key' });
    await expect(store.head('runs/../../escape')).rejects.toMatchObject({ code: 'bad_object_key' });
    await expect(store.putFile('exports/e/none.vtt', join(folder, 'missing'))).rejects.toBeDefined();
    expect(await store.head('exports/e/none.vtt')).toBeNull();
  });
};

const plain = { SHOWRUNNER_HOME: folder, S3_BUCKET: 'films', S3_REGION: 'us-east-1' };

describe('objects in files', () => {
  const store = createObjectStore(plain);
  contract(() => store);

  it('leaves no unfinished file', () => {
    expect(readdirSync(join(folder, 'objects/.incoming'))).toEqual([]);
  });
});

const gateway = [
  join(homedir(), 'go/bin/versitygw'),
  resolve(import.meta.dirname, '../../../.showrunner/tools/bin/versitygw'),
  spawnSync('sh', ['-c', 'command -v versitygw']).stdout.toString().trim(),
].find((path) => path !== '' && existsSync(path));

const S3_SUITE = 'objects in an S3 server (needs versitygw)';
if (gateway) describe(S3_SUITE, s3Suite);
else describeWhereMissing(S3_SUITE, 'versitygw is not installed', s3Suite);

function s3Suite(): void {
  let store: ObjectStore;
  const keys = { S3_ACCESS_KEY_ID: 'test-access', S3_SECRET_ACCESS_KEY: 'test-secret-key' };
  let endpoint = '';

  beforeAll(async () => {
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    const data = mkdtempSync(join(folder, 's3-'));
    const server = spawn(
      gateway ?? '',
      [
        '--access',
        keys.S3_ACCESS_KEY_ID,
        '--secret',
        keys.S3_SECRET_ACCESS_KEY,
        '--port',
        `127.0.0.1:${port}`,
        'posix',
        data,
      ],
      { stdio: 'ignore' },
    );
    stops.push(() => void server.kill('SIGKILL'));
    while (
      !(await fetch(endpoint).then(
        () => true,
        () => false,
      ))
    )
      await new Promise((next) => setTimeout(next, 20));
    store = createObjectStore({ ...plain, ...keys, S3_ENDPOINT: endpoint });
  });

  contract(() => store);

  it('says which variables are wrong when the keys are refused, and does not ask to retry', async () => {
    const wrong = createObjectStore({
      ...plain,
      ...keys,
      S3_SECRET_ACCESS_KEY: 'other',
      S3_ENDPOINT: endpoint,
    });
    await expect(wrong.put('a/b', 'x')).rejects.toMatchObject({
      code: 'storage_failed',
      retryable: false,
      remedy: expect.stringContaining('S3_SECRET_ACCESS_KEY'),
    });
  });

  it('may be retried when the server is away', async () => {
    const away = createObjectStore({
      ...plain,
      ...keys,
      S3_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
    });
    await expect(away.put('a/b', 'x')).rejects.toMatchObject({
      code: 'storage_failed',
      retryable: true,
      status: 503,
    });
  });
}
