import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post, Query, Res } from '@nestjs/common';
import { AppError, NotFoundError } from '@showrunner/contracts';
import type { Response } from 'express';
import { z } from 'zod';
import { bootService, byInternalToken, openResources } from './index';
import type { RunningService } from './index';
import { call, TEST_HEADERS, TEST_TOKEN, testConfig } from './testing';

const CardSchema = z.object({ title: z.string().min(1), tags: z.array(z.string()).default([]) });

@Controller('api/cards')
class CardsController {
  @Post()
  create(@Body({ schema: CardSchema }) card: z.infer<typeof CardSchema>): unknown {
    return card;
  }
  @Get()
  list(
    @Query({ schema: z.object({ limit: z.coerce.number().int().max(5).default(2) }) }) query: unknown,
  ): unknown {
    return query;
  }
  @Get('missing')
  missing(): void {
    throw new NotFoundError('card', 'c1');
  }
  @Get('busy')
  busy(): void {
    throw new AppError('busy', 'Busy.', { status: 503, retryable: true, details: { secret: 'inside' } });
  }
  @Get('late')
  late(@Res() response: Response): void {
    response.end('{}');
    response.write('behind the end');
  }
  @Get('broken')
  broken(): void {
    throw new TypeError('secret path /root/x of the machine');
  }
}
@Module({ controllers: [CardsController] })
class CardsModule {}

const boot = (port = 0): Promise<RunningService> =>
  bootService({
    name: 'cards',
    host: '127.0.0.1',
    port,
    resources: openResources('cards', testConfig()),
    authenticate: byInternalToken(TEST_TOKEN),
    modules: [CardsModule],
    needsTemporal: true,
    body: { jsonBytes: 1000, largeJson: { '/api/large': 5000 } },
  });

let service: RunningService;
beforeAll(async () => {
  service = await boot();
});
afterAll(() => service.close());

const at = (path: string): string => `${service.url}${path}`;
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code }),
});

describe('credentials', () => {
  it('are asked for by every route but health, and by what does not exist', async () => {
    const paths = [
      ...service.routes.map(({ path }) => path),
      '/',
      '/api/nothing',
      '/healthz/',
      '/HEALTHZ',
      '/healthz/x',
    ];
    for (const path of paths) {
      const { status, headers } = await call(at(path), { token: null });
      expect([path, status]).toEqual([path, path === '/healthz' ? 200 : path === '/readyz' ? 503 : 401]);
      if (status === 401) expect(headers.get('www-authenticate')).toContain('Bearer');
    }
    expect(await call(at('/healthz'), { token: null, method: 'POST' })).toMatchObject(
      problem(401, 'unauthorized'),
    );
  });

  it('are compared whole', async () => {
    for (const token of [TEST_TOKEN.slice(0, -1), `${TEST_TOKEN}x`, 'x', TEST_TOKEN.toUpperCase()]) {
      expect((await call(at('/api/cards'), { token })).status).toBe(401);
    }
  });

  it('count before a body is read', async () => {
    const body = '{"broken';
    expect(
      await call(at('/api/cards'), { token: null, body, headers: { 'content-type': 'application/json' } }),
    ).toMatchObject(problem(401, 'unauthorized'));
  });
});

describe('text that PostgreSQL cannot hold', () => {
  it.each([
    ['an id', '/api/cards/%00', undefined],
    ['a query', '/api/cards?limit=2&label=a%00', undefined],
    ['a text', '/api/cards', '{"title":"a\\u0000"}'],
    ['a text deep inside', '/api/cards', '{"title":"a","tags":[["x",{"y":"\\ud800"}]]}'],
    ['half a pair', '/api/cards', '{"title":"\\udc00\\ud800"}'],
    ['the name of a member', '/api/cards', '{"title":"a","b\\u0000":1}'],
  ])('fault 9: in %s is 400', async (_what, path, body) => {
    const headers = { 'content-type': 'application/json' };
    expect(await call(at(path), body === undefined ? {} : { body, headers })).toMatchObject(
      problem(400, 'text_not_storable'),
    );
  });

  it('is not what only looks like it', async () => {
    for (const title of ['\\u0000', '%00', '😀', '\uFFFD'])
      expect(await call(at('/api/cards'), { json: { title } })).toMatchObject({ status: 201 });
  });

  it('is looked for without recursion', async () => {
    const deep = `${'['.repeat(300)}"\\u0000"${']'.repeat(300)}`;
    const headers = { 'content-type': 'application/json' };
    expect(await call(at('/api/cards'), { body: deep, headers })).toMatchObject(
      problem(400, 'text_not_storable'),
    );
  });
});

describe('a body that means nothing', () => {
  it.each([
    ['GET', 200],
    ['HEAD', 200],
    ['OPTIONS', 405],
  ])('fault 7: is not read with %s', async (method, expected) => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...TEST_HEADERS, 'content-type': 'application/json', 'content-length': 2 };
      const asked = request(at('/api/cards'), { method, headers });
      asked.on('response', (answer) => (answer.resume(), resolve(answer.statusCode)));
      asked.on('error', reject);
      asked.end('{"');
    });
    expect(status).toBe(expected);
  });
});

describe('problems', () => {
  it('have the shape of RFC 9457, a code and a remedy', async () => {
    const { headers, json } = await call(at('/api/cards/missing?key=secret'));
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(json).toEqual({
      type: 'urn:showrunner:problem:not_found',
      title: 'Not Found',
      status: 404,
      detail: 'There is no card "c1".',
      code: 'not_found',
      remedy: expect.any(String),
      instance: '/api/cards/missing',
    });
  });

  it('fault 1: an error of a request’s own streams ends nothing else', async () => {
    await call(at('/api/cards/late')).catch(() => undefined);
    expect((await call(at('/healthz'))).status).toBe(200);
  });

  it('say nothing of the inside', async () => {
    const { text, json, headers } = await call(at('/api/cards/broken'));
    expect(json).toMatchObject({ status: 500, code: 'internal_error' });
    expect(json['remedy']).toContain(headers.get('x-request-id'));
    expect(text).not.toMatch(/secret|root|TypeError|\.ts/);
    expect((await call(at('/api/cards/busy'))).text).not.toContain('inside');
  });

  it('tell when to try again', async () => {
    const answer = await call(at('/api/cards/busy'));
    expect(answer).toMatchObject(problem(503, 'busy'));
    expect(answer.headers.get('retry-after')).toBe('2');
  });

  it('name every wrong input', async () => {
    const answer = await call(at('/api/cards'), { json: { title: '', tags: ['a', 1] } });
    expect(answer).toMatchObject(problem(400, 'invalid_input'));
    expect(answer.json['errors']).toEqual([
      { path: 'title', message: expect.any(String) },
      { path: 'tags.1', message: expect.any(String) },
    ]);
    expect(await call(at('/api/cards?limit=6'))).toMatchObject(problem(400, 'invalid_input'));
    expect((await call(at('/api/cards?limit=4'))).json).toEqual({ limit: 4 });
  });

  it('tell an unknown path from a wrong method', async () => {
    expect(await call(at('/api/nothing'))).toMatchObject(problem(404, 'unknown_route'));
    const wrong = await call(at('/api/cards'), { method: 'DELETE' });
    expect(wrong).toMatchObject(problem(405, 'method_not_allowed'));
    expect(wrong.headers.get('allow')).toBe('GET, POST');
    expect((await call(at('/api/cards/%E0%A4%A'))).status).toBe(404);
  });

  it('refuse bodies that are broken, too large or of another type', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (body: string, headers: Record<string, string> = json) =>
      call(at('/api/cards'), { body, headers });
    expect(await post('{"title": ')).toMatchObject(problem(400, 'bad_json'));
    expect(await post('"text"')).toMatchObject(problem(400, 'bad_json'));
    expect(await post(JSON.stringify({ title: 'x'.repeat(1000) }))).toMatchObject(problem(413, 'too_large'));
    expect(await post('title=x', { 'content-type': 'application/x-www-form-urlencoded' })).toMatchObject(
      problem(415, 'unsupported_media_type'),
    );
    expect(await post('{}', { 'content-type': 'text/plain' })).toMatchObject(
      problem(415, 'unsupported_media_type'),
    );
    expect(await post('{}', { ...json, 'content-encoding': 'compress' })).toMatchObject(
      problem(415, 'unsupported_media_type'),
    );
  });
});

describe('answers', () => {
  it('carry headers that keep browsers from running or framing them, and a request id', async () => {
    const { headers } = await call(at('/api/cards'), { headers: { 'x-request-id': 'request-1234' } });
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-request-id')).toBe('request-1234');
    const forged = await call(at('/api/cards'), { headers: { 'x-request-id': 'a b\tc' } });
    expect(forged.headers.get('x-request-id')).toMatch(/^[\w-]{12}$/);
  });

  it('say what is waited for', async () => {
    expect(await call(at('/readyz'), { token: null })).toMatchObject(problem(503, 'not_ready'));
    expect((await call(at('/readyz'))).json['detail']).toBe('Waiting for PostgreSQL and Temporal.');
  });
});

it('names the port that is in use', async () => {
  const port = Number(new URL(service.url).port);
  await expect(boot(port)).rejects.toMatchObject({
    code: 'port_in_use',
    message: expect.stringContaining(String(port)),
  });
});
