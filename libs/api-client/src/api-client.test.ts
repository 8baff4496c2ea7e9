import { describe, expect, it } from '@jest/globals';
import { answerOf } from './answer-of';
import { ApiClient } from './api-client';

interface Seen {
  url: string;
  method: string;
  headers: Headers;
  body: unknown;
}
type Answer = () => Response;

const refused: Answer = () => {
  throw new TypeError('fetch failed', {
    cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  });
};
const broken: Answer = () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
};
const json = (value: unknown, status = 200): Answer => {
  const headers = { 'content-type': 'application/json' };
  return () => new Response(JSON.stringify(value), { status, headers });
};
const problem = (status: number, code: string): Answer =>
  json(
    { type: `urn:${code}`, title: 'Error', status, detail: 'It is so.', code, remedy: 'Do that.' },
    status,
  );

/** A client whose server gives these answers, one a request; the last for ever. */
function clientOf(answers: Answer[], more: { patienceMs?: number; isStopped?: () => boolean } = {}) {
  const seen: Seen[] = [];
  const answer = (url: string | URL | Request, { method = 'GET', headers, body }: RequestInit = {}) => {
    seen.push({ url: String(url), method, headers: new Headers(headers), body });
    return (answers[seen.length - 1] ?? answers.at(-1) ?? refused)();
  };
  const options = { baseUrl: 'http://platform.test/api', apiKey: 'sk_test', ...more };
  const api = new ApiClient({ ...options, fetch: async (url, init) => answer(url, init) });
  return { api, seen };
}
const cancel = { params: { path: { id: 'r1' } } };

describe('the client of the REST API', () => {
  it('asks below the given address, with the key, names encoded', async () => {
    const { api, seen } = clientOf([json({ id: 'p/1' })]);
    expect(await answerOf(api.GET('/plans/{id}', { params: { path: { id: 'p/1' } } }))).toEqual({
      id: 'p/1',
    });
    expect(seen[0]).toMatchObject({ url: 'http://platform.test/api/plans/p%2F1', method: 'GET' });
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer sk_test');
  });

  it('sends a body again, whole, when the connection was refused', async () => {
    const { api, seen } = clientOf([refused, json({ id: 'r1' }, 202)]);
    const body = { projectId: 'p1' };
    expect(await answerOf(api.POST('/runs', { body }))).toEqual({ id: 'r1' });
    expect(seen.map((one) => JSON.parse(String(one.body)) as unknown)).toEqual([body, body]);
    expect(seen[1]?.headers.get('content-type')).toBe('application/json');
  });

  it('sends a form again as a form', async () => {
    const { api, seen } = clientOf([refused, json({ id: 'p1' }, 201)]);
    const form = new FormData();
    form.append('archive', new Blob(['bytes']), 'app.tar.gz');
    await answerOf(api.POST('/projects', { body: form as never, bodySerializer: () => form }));
    expect(seen.map(({ body }) => body)).toEqual([form, form]);
    expect(seen[1]?.headers.has('content-type')).toBe(false);
  });

  it('sends nothing twice that may have been done', async () => {
    const { api, seen } = clientOf([broken, json({}, 202)]);
    await expect(api.POST('/runs', { body: { projectId: 'p1' } })).rejects.toMatchObject({
      code: 'gateway_unreachable',
      message: 'The connection to the platform broke while it was asked to do something.',
    });
    const busy = clientOf([problem(503, 'not_ready'), json({}, 202)]);
    await expect(busy.api.POST('/runs', { body: { projectId: 'p1' } })).rejects.toMatchObject({
      code: 'not_ready',
      status: 503,
    });
    expect([seen.length, busy.seen.length]).toEqual([1, 1]);
  });

  it('repeats what has the effect of one, and every read, while the gateway starts', async () => {
    const { api, seen } = clientOf([broken, problem(503, 'not_ready'), json({}, 202)]);
    await api.repeatedly.POST('/runs/{id}/cancel', cancel);
    expect(seen).toHaveLength(3);
    const reads = clientOf([problem(502, 'bad_gateway'), json({ state: 'done' })]);
    expect(await answerOf(reads.api.GET('/runs/{id}', cancel))).toEqual({ state: 'done' });
  });

  it('gives up after its patience with what it heard last, and at once where nobody starts the gateway', async () => {
    const { api, seen } = clientOf([refused], { patienceMs: 60 });
    await expect(api.GET('/runs/{id}', cancel)).rejects.toMatchObject({
      code: 'gateway_unreachable',
      message: 'The platform does not answer at http://platform.test/api.',
    });
    expect(seen.length).toBeLessThanOrEqual(3);
    const stopped = clientOf([refused], { isStopped: () => true });
    await expect(stopped.api.GET('/runs/{id}', cancel)).rejects.toMatchObject({
      message: 'The platform is not running.',
    });
    expect(stopped.seen).toHaveLength(1);
    const unready = clientOf([problem(503, 'not_ready')], { patienceMs: 60 });
    await expect(unready.api.GET('/runs/{id}', cancel)).rejects.toMatchObject({ code: 'not_ready' });
  });

  it('ends with its signal', async () => {
    const { api } = clientOf([refused]);
    const signal = AbortSignal.timeout(50);
    await expect(api.GET('/runs/{id}', { ...cancel, signal })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
  });

  it('keeps the code of a problem that this version does not know', async () => {
    const { api } = clientOf([problem(409, 'of_a_later_version')]);
    await expect(api.POST('/runs/{id}/kill', cancel)).rejects.toMatchObject({
      code: 'of_a_later_version',
      message: 'It is so.',
      remedy: 'Do that.',
      status: 409,
    });
  });

  it('says when the answer is not one of the platform', async () => {
    const { api } = clientOf([() => new Response('<h1>Other</h1>', { status: 404 })]);
    await expect(api.GET('/runs/{id}', cancel)).rejects.toMatchObject({
      code: 'unexpected_answer',
      message: 'The platform answered 404.',
      status: 404,
    });
  });
});
