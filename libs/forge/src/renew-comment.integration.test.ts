import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRequest, type Forge } from './pull-request';
import { renewComment } from './renew-comment';

const TOKEN = 'sekret-token-of-the-test';
interface Comment {
  id: number;
  body: string;
  /** Of somebody else: the forge refuses to change it. */
  isForeign?: boolean;
}

/** As GitHub and GitLab answer, as far as comments go: their paths, methods, headers, pages and status codes. */
let server: Server;
let comments: Comment[];
let asked: string[];
/** What is answered instead, once. */
let instead: { status: number; headers?: Record<string, string>; text?: string } | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://forge.test');
    asked.push(`${request.method ?? ''} ${url.pathname}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const reply = (status: number, value: unknown, headers = {}): void => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof value === 'string' ? value : JSON.stringify(value));
      };
      if (instead !== undefined) return reply(instead.status, instead.text ?? '{}', instead.headers);
      const isGithub = url.pathname.startsWith('/repos/');
      const given = isGithub ? request.headers.authorization : request.headers['private-token'];
      if (given !== (isGithub ? `Bearer ${TOKEN}` : TOKEN)) return reply(401, { message: 'Bad credentials' });
      const list = isGithub
        ? '/repos/octo/app/issues/12/comments'
        : '/projects/group%2Fsub%2Fapp/merge_requests/12/notes';
      const one = new RegExp(isGithub ? '^/repos/octo/app/issues/comments/(\\d+)$' : `^${list}/(\\d+)$`).exec(
        url.pathname,
      );
      const change = isGithub ? 'PATCH' : 'PUT';
      const sent =
        chunks.length === 0 ? undefined : (JSON.parse(Buffer.concat(chunks).toString()) as { body: string });
      if (request.method === 'GET' && url.pathname === list) {
        const [page, size] = [Number(url.searchParams.get('page')), Number(url.searchParams.get('per_page'))];
        return reply(200, comments.slice((page - 1) * size, page * size));
      }
      if (request.method === 'POST' && url.pathname === list && sent) {
        comments.push({ id: comments.length + 1, body: sent.body });
        return reply(201, { id: comments.length, html_url: 'https://forge.test/c' });
      }
      const found = comments.find(({ id }) => id === Number(one?.[1]));
      if (request.method === change && found && sent) {
        if (found.isForeign) return reply(403, { message: 'Forbidden' });
        found.body = sent.body;
        return reply(200, { id: found.id });
      }
      return reply(404, { message: 'Not Found' });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());
beforeEach(() => {
  [comments, asked, instead] = [[], [], undefined];
});

const NAMES: Record<Forge, string> = { github: 'octo/app#12', gitlab: 'group/sub/app!12' };
const request = (forge: Forge) =>
  readRequest(forge, NAMES[forge], `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);

describe.each(['github', 'gitlab'] as const)('a comment at %s', (forge) => {
  it('is posted once and renewed from then on, also on a later page', async () => {
    comments = Array.from({ length: 150 }, (_, n) => ({ id: n + 1, body: 'Looks good' }));
    expect(await renewComment(request(forge), { token: TOKEN, body: '## One' })).toMatchObject({
      ...{ id: 151, isNew: true, url: 'https://forge.test/c' },
    });
    expect(await renewComment(request(forge), { token: TOKEN, body: '## Two' })).toMatchObject({
      ...{ id: 151, isNew: false },
    });
    expect(comments).toHaveLength(151);
    expect(comments[150]?.body).toBe('<!-- showrunner -->\n## Two');
  });

  it('of somebody else with the same mark is left alone', async () => {
    comments = [
      { id: 1, body: '<!-- showrunner -->\nspoofed', isForeign: true },
      { id: 2, body: 'quotes <!-- showrunner -->' },
    ];
    expect(await renewComment(request(forge), { token: TOKEN, body: 'x' })).toMatchObject({
      id: 3,
      isNew: true,
    });
    expect(comments[0]?.body).toContain('spoofed');
  });

  it('is no longer than the forge takes', async () => {
    await renewComment(request(forge), { token: TOKEN, body: 'x'.repeat(200_000) });
    expect(comments[0]?.body.length).toBeLessThan(65_536);
  });

  it.each([
    ['a wrong token', undefined, 'forge_refused', false],
    ['a forge that is down', { status: 503 }, 'forge_unreachable', true],
    ['a forge that is asked too much', { status: 429 }, 'forge_unreachable', true],
    ['something that is no forge', { status: 200, text: '<html>' }, 'forge_refused', false],
    [
      'a redirect, which could lead anywhere',
      { status: 302, headers: { location: 'http://127.0.0.1:9/' } },
      'forge_unreachable',
      true,
    ],
  ])('is not posted for %s, and the token is not told', async (_name, answer, code, retryable) => {
    instead = answer;
    const token = answer === undefined ? 'another-sekret' : TOKEN;
    const failure: unknown = await renewComment(request(forge), { token, body: 'x' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code, retryable, remedy: expect.any(String) });
    const told = `${String(failure)} ${JSON.stringify(failure)} ${String((failure as Error).stack)}`;
    expect(told).not.toMatch(/sekret/);
    expect(asked.join()).not.toMatch(/sekret/);
  });
});

it.each([
  ['github', 'octo/app'],
  ['github', 'octo/app!1'],
  ['github', '../app#1'],
  ['github', 'a/b/c#1'],
  ['gitlab', 'group/app#1'],
  ['gitlab', 'group/../app!1'],
  ['github', 'octo/app?x=1#1'],
] as const)('%s has no request %s', (forge, text) => {
  expect(() => readRequest(forge, text)).toThrow(expect.objectContaining({ code: 'bad_forge' }));
});

it.each([
  'http://forge.example',
  'https://user:pass@forge.example',
  'ftp://x',
  'nonsense',
  'https://x.test/?a=1',
])('a token is not sent to %s', (apiUrl) => {
  expect(() => readRequest('github', 'octo/app#1', apiUrl)).toThrow(
    expect.objectContaining({ code: 'bad_forge' }),
  );
});
