import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ApiClient } from '@showrunner/api-client';
import { share } from './share.command';

const asked: { method: string; url: string; body: string }[] = [];
let printed = '';
beforeEach(() => {
  asked.length = 0;
  printed = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true));
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => void jest.restoreAllMocks());

const link = {
  ...{ id: 'shr-1', runId: 'r1', state: 'live', path: '/watch/t', embedPath: '/embed/t', revokedAt: null },
  ...{ createdAt: '2026-11-30T08:00:00.000Z', expiresAt: '2026-12-30T08:00:00.000Z' },
};
const api = (answer: Response) =>
  new ApiClient({
    ...{ baseUrl: 'http://127.0.0.1:4400/api', apiKey: 'sk_x' },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push({ method: request.method, url: request.url, body: await request.text() });
      return answer;
    },
  });

it('prints the address alone, for the time that was said', async () => {
  expect(await share(api(Response.json(link, { status: 201 })), 'r1', { expires: '7d' })).toBe(0);
  expect(printed).toBe('http://127.0.0.1:4400/watch/t\n');
  const url = 'http://127.0.0.1:4400/api/runs/r1/shares';
  expect(asked).toEqual([{ method: 'POST', url, body: '{"expiresInSeconds":604800}' }]);
});

it('lists what there is, and takes one back', async () => {
  const ended = { ...link, id: 'shr-0', state: 'revoked' };
  await share(api(Response.json({ data: [link, ended] })), 'r1', { list: true });
  expect(printed).toBe(
    'shr-1  until 2026-12-30T08:00:00.000Z  http://127.0.0.1:4400/watch/t\nshr-0  revoked\n',
  );
  printed = '';
  await share(api(Response.json({ data: [link] })), 'r1', { list: true, json: true });
  expect(JSON.parse(printed)).toEqual([
    expect.objectContaining({ embedUrl: 'http://127.0.0.1:4400/embed/t' }),
  ]);
  await share(api(new Response(null, { status: 204 })), 'r1', { revoke: 'shr-1' });
  expect(asked.at(-1)).toMatchObject({
    method: 'DELETE',
    url: 'http://127.0.0.1:4400/api/runs/r1/shares/shr-1',
  });
});

it('says what the platform says when there is no film, and what is no time', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Conflict',
    status: 409,
    code: 'nothing_to_share',
    detail: 'No film.',
  };
  await expect(share(api(Response.json(problem, { status: 409 })), 'r1', {})).rejects.toMatchObject({
    code: 'nothing_to_share',
  });
  await expect(share(api(Response.json(link)), 'r1', { expires: 'soon' })).rejects.toMatchObject({
    code: 'age_invalid',
  });
});
