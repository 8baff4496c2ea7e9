import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { answerOf, ApiClient } from '@showrunner/api-client';
import type { RunReport } from '@showrunner/contracts';
import { runReport } from '@showrunner/contracts/testing';
import { createMcpHttpServer } from './http-server';
import { createMcpServer } from './mcp-server';
import type { ToolContext } from './tool-context';

const KEYS = ['sk_one', 'sk_two'];
const RUN = { run: 'run1' };

/** A plan that waits for somebody's word. */
const OPEN = {
  ...{ state: 'open' as const, minutes: 5, deadline: '2030-01-01T12:00:00.000Z' },
  features: [
    { id: 'add', kind: 'create' as const, title: 'Add a card', description: 'It appears.' },
    { id: 'sort', kind: 'filter' as const, title: 'Sort by date', description: 'The order turns.' },
  ],
};

/** The parts of the REST API that the tools use, playing one run. */
class FakePlatform {
  requests: { line: string; body: string }[] = [];
  reports: Partial<RunReport>[] = [];
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
  }
  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
  api = (apiKey: string): ApiClient =>
    new ApiClient({
      baseUrl: `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api`,
      apiKey,
      patienceMs: 0,
    });

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const line = `${request.method ?? ''} ${(request.url ?? '').replace('/api', '')}`;
    this.requests.push({ line, body });
    const json = (status: number, value: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const problem = (status: number, code: string, detail: string): void =>
      json(status, { type: 'about:blank', title: code, status, detail, code, remedy: 'Look again.' });
    if (!KEYS.includes((request.headers.authorization ?? '').slice('Bearer '.length)))
      return problem(401, 'unauthorized', 'The key is not known.');
    const report = (): RunReport =>
      runReport({ id: 'run1', ...(this.reports.length > 1 ? this.reports.shift() : this.reports[0]) });
    switch (line) {
      case 'POST /projects':
        return json(201, { id: 'p1' });
      case 'POST /runs':
        return json(202, { id: 'run1' });
      case 'GET /runs/run1':
        return json(200, report());
      case 'GET /runs?limit=1':
      case 'GET /runs?limit=10':
        return json(200, { data: [{ ...report(), createdAt: 'today' }], nextCursor: null });
      case 'POST /runs/run1/review': {
        const { features } = JSON.parse(body) as { features?: string[] };
        const chosen = (features ?? ['add', 'sort']).map((id) => ({ ...OPEN.features[0], id }));
        return json(200, { ...OPEN, state: features ? 'changed' : 'accepted', features: chosen });
      }
      case 'POST /runs/run1/kill':
      case 'POST /runs/run1/cancel':
        return json(202, report());
      case 'GET /runs/run1/plan':
        return json(200, { id: 'plan1', body: { title: 'Board', features: [] } });
      case 'GET /runs/run1/logs':
        return void response.writeHead(200, { 'content-type': 'text/plain' }).end('all that happened');
      case 'GET /runs/run1/artifacts':
        return json(200, {
          data: [
            { name: 'poster.png', contentType: 'image/png', bytes: 3, href: '' },
            { name: 'video.mp4', contentType: 'video/mp4', bytes: 50_000_000, href: '' },
          ],
        });
      case 'GET /runs/run1/artifacts/poster.png':
        return void response.writeHead(200, { 'content-type': 'image/png' }).end('png');
      case 'GET /runs/run1/artifacts/video.mp4':
        return void response.writeHead(200, { 'content-type': 'video/mp4' }).end('film');
      case 'GET /sandboxes?limit=20':
        return json(200, {
          data: [{ id: 'sbx-1', status: 'running', purpose: 'api', previewUrl: 'http://p', message: 'up' }],
          nextCursor: null,
        });
      case 'DELETE /sandboxes/sbx-1?wait=30':
        return json(202, { id: 'sbx-1', status: 'destroyed' });
      case 'POST /agents':
        return json(201, { id: 'agent1', name: 'greeter' });
      case 'GET /agents?limit=20':
        return json(200, {
          data: [{ id: 'agent1', name: 'greeter', language: 'python', envNames: ['WHOM'] }],
          nextCursor: null,
        });
      case 'DELETE /agents/agent1':
        return void response.writeHead(204).end();
      case 'POST /agents/agent1/run':
        return json(200, { success: true, exit_code: 0, output: 'hello you' });
      case 'POST /agents/gone/run':
        return problem(404, 'agent_not_found', 'There is no agent "gone".');
      case 'POST /agents/mcp/execute':
        return json(200, { success: false, exit_code: 3, output: 'hello' });
      default:
        return problem(404, 'not_found', 'There is no such thing.');
    }
  }
}

describe('the MCP server', () => {
  const platform = new FakePlatform();
  let folder: string;
  beforeAll(async () => {
    await platform.start();
    folder = await mkdtemp(path.join(tmpdir(), 'showrunner-mcp-'));
  });
  afterAll(async () => {
    platform.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    platform.requests = [];
    platform.reports = [{}];
  });

  const contextFor = (key: string, isLocal: boolean): ToolContext => ({
    api: () => Promise.resolve(platform.api(key)),
    baseUrl: () => platform.api(key).baseUrl,
    isLocal,
  });
  async function clientOf(context: ToolContext): Promise<Client> {
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    await createMcpServer(context).connect(ours);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(theirs);
    return client;
  }
  const textOf = (result: unknown): string =>
    (result as { content: { text: string }[] }).content.map(({ text }) => text).join('\n');
  const call = async (client: Client, name: string, args: Record<string, unknown> = {}) => {
    const result = await client.callTool({ name, arguments: args });
    return { text: textOf(result), isError: result.isError === true, data: result.structuredContent };
  };

  const bodyOf = (line: string): unknown =>
    JSON.parse(platform.requests.find((request) => request.line === line)?.body ?? '{}');

  describe('for a client of this machine', () => {
    let client: Client;
    beforeAll(async () => {
      client = await clientOf(contextFor('sk_one', true));
    });

    it('films a repository, tells its progress, and answers what was proven', async () => {
      platform.reports = [
        { state: 'building', message: 'Installing' },
        { state: 'filming', message: 'Add a card' },
        { features: [{ feature: 'add', title: 'Add a card', verified: true, proven: true }] },
      ];
      const said: (string | undefined)[] = [];
      const result = await client.callTool(
        {
          name: 'film',
          arguments: {
            source: 'https://example.org/team/app',
            intent: 'add a card',
            env: { TOKEN: 'a=b' },
            wait_seconds: 30,
          },
        },
        undefined,
        { onprogress: ({ message }) => said.push(message) },
      );
      expect(said.slice(0, 2)).toEqual(['Installing', 'Add a card']);
      expect(textOf(result)).toContain('✓ Add a card');
      expect(result.structuredContent).toMatchObject({ run: 'run1', state: 'done', finished: true });
      expect(bodyOf('POST /runs')).toMatchObject({
        projectId: 'p1',
        intent: 'add a card',
        overrides: { env: { TOKEN: 'a=b' } },
      });
    });

    it('answers how a run is when it was not waited for to its end', async () => {
      platform.reports = [{ state: 'filming', message: 'Add a card', video: null }];
      const { text, data } = await call(client, 'watch_run', { ...RUN, wait_seconds: 0 });
      expect(data).toMatchObject({ finished: false, seconds: null });
      expect(text).toContain('Wait with watch_run');
    });

    it('tells what would be filmed as soon as the plan waits, and lets the run go on with what is chosen of it', async () => {
      platform.reports = [
        { state: 'planning', message: 'Planning', review: { ...OPEN, state: 'asked' } },
        { state: 'planning', message: 'Waiting', video: null, review: OPEN },
      ];
      const source = 'https://example.org/team/app';
      const film = await call(client, 'film', { source, review: true, review_minutes: 5, wait_seconds: 30 });
      expect(bodyOf('POST /runs')).toMatchObject({ review: true, reviewMinutes: 5 });
      expect(film.data).toMatchObject({
        finished: false,
        plan_waits: { deadline: OPEN.deadline, features: [{ id: 'add' }, { id: 'sort' }] },
      });
      expect(film.text).toContain('2  Sort by date: The order turns.  (sort)');
      expect(film.text).toContain('review_plan, run "run1"');
      const chosen = await call(client, 'review_plan', { ...RUN, features: ['2', 'add'] });
      expect(bodyOf('POST /runs/run1/review')).toEqual({ features: ['sort', 'add'] });
      expect(chosen.text).toContain('Filmed as changed:');
      platform.requests = [];
      expect((await call(client, 'review_plan', RUN)).text).toContain('Filmed as proposed:');
      expect(bodyOf('POST /runs/run1/review')).toEqual({});
      const unknown = await call(client, 'review_plan', { ...RUN, features: ['3'] });
      expect([unknown.isError, unknown.text]).toEqual([true, expect.stringContaining('from 1 to 2')]);
    });

    it('says that a plan waits no more, or never did; a run whose plan waited when it was asked is waited for', async () => {
      platform.reports = [{ state: 'filming', review: null }];
      const none = await call(client, 'review_plan', RUN);
      expect([none.isError, none.text]).toEqual([true, expect.stringContaining('Code: review_not_open')]);
      platform.reports = [
        { state: 'planning', review: OPEN },
        { state: 'done', review: { ...OPEN, state: 'expired' } },
      ];
      const watched = await call(client, 'watch_run', { ...RUN, wait_seconds: 30 });
      expect(watched.data).toMatchObject({ finished: true, plan_waits: null });
    });

    it('says what of the intent is missing, and why a run failed', async () => {
      platform.reports = [
        {
          state: 'failed',
          video: null,
          intentParts: [
            { text: 'star the message', status: 'not_shown', reason: 'no such message' },
          ] as never,
          failure: {
            code: 'intent_not_shown',
            message: 'Nothing was shown.',
            remedy: 'Name it otherwise.',
          } as never,
        },
      ];
      const { text } = await call(client, 'watch_run', RUN);
      expect(text).toContain('Not shown: star the message: no such message');
      expect(text).toContain('Try: Name it otherwise.');
    });

    it('saves the film into a folder', async () => {
      const { text } = await call(client, 'get_video', { ...RUN, folder: path.join(folder, 'film') });
      expect(text).toContain('video.mp4');
      expect(await readdir(path.join(folder, 'film'))).toEqual(
        expect.arrayContaining(['run.json', 'video.mp4']),
      );
    });

    it('lists, cancels and kills runs, gives plans', async () => {
      expect((await call(client, 'list_runs')).text).toContain('run1');
      await call(client, 'cancel_run', RUN);
      await call(client, 'cancel_run', { ...RUN, now: true });
      expect(platform.requests.map(({ line }) => line)).toEqual(
        expect.arrayContaining(['POST /runs/run1/cancel', 'POST /runs/run1/kill']),
      );
      expect(JSON.parse((await call(client, 'get_plan', RUN)).text)).toEqual({
        title: 'Board',
        features: [],
      });
    });

    it('lists and ends sandboxes, runs code', async () => {
      expect((await call(client, 'list_sandboxes')).text).toBe('sbx-1  running  api  http://p  up');
      expect((await call(client, 'end_sandbox', { sandbox: 'sbx-1' })).text).toContain('destroyed');
      expect((await call(client, 'run_code', { code: 'print(1)' })).data).toEqual({
        exit_code: 3,
        output: 'hello',
      });
    });

    it('stores agents, runs, lists and deletes them', async () => {
      const saved = await call(client, 'save_agent', { name: 'greeter', code: 'x', env_names: ['WHOM'] });
      expect(saved.data).toEqual({ agent: 'agent1' });
      const stored = { name: 'greeter', code: 'x', language: 'python', files: {}, envNames: ['WHOM'] };
      expect(bodyOf('POST /agents')).toEqual(stored);
      expect((await call(client, 'list_agents')).text).toBe('agent1  python  greeter  needs WHOM');
      const run = await call(client, 'run_agent', { agent: 'agent1', environment: { WHOM: 'you' } });
      expect([run.data, run.text]).toEqual([{ exit_code: 0, output: 'hello you' }, 'hello you\nexit code 0']);
      const asked = { environment: { WHOM: 'you' }, args: [], timeoutMs: 240_000 };
      expect(bodyOf('POST /agents/agent1/run')).toEqual(asked);
      const unknown = await call(client, 'run_agent', { agent: 'gone' });
      expect([unknown.isError, unknown.text]).toEqual([true, expect.stringContaining('agent_not_found')]);
      expect((await call(client, 'delete_agent', { agent: 'agent1' })).text).toContain('deleted');
    });

    it('answers what is refused with its remedy, not with an error of the protocol', async () => {
      const missing = await call(client, 'film', { source: path.join(folder, 'nothing-here') });
      expect([missing.isError, missing.text]).toEqual([
        true,
        expect.stringContaining('Code: source_missing'),
      ]);
      const unknown = await call(client, 'watch_run', { run: 'other' });
      expect([unknown.isError, unknown.text]).toEqual([true, expect.stringContaining('Try: Look again.')]);
      expect((await call(client, 'film', { source: 'https://e.org/a', size: 'wide' })).text).toContain(
        'bad_size',
      );
      expect((await call(client, 'film', { source: 'https://e.org/a', wait_seconds: 1000 })).isError).toBe(
        true,
      );
    });

    it('reads plans, logs and pictures as resources, and sends no film through a model', async () => {
      const { resources } = await client.listResources();
      expect(resources.map(({ uri }) => uri)).toEqual([
        'showrunner://runs/run1/plan',
        'showrunner://runs/run1/log',
      ]);
      const read = async (name: string) =>
        (await client.readResource({ uri: `showrunner://runs/run1/${name}` })).contents[0];
      expect(await read('log')).toMatchObject({ text: 'all that happened' });
      expect(await read('files/poster.png')).toMatchObject({
        mimeType: 'image/png',
        blob: Buffer.from('png').toString('base64'),
      });
      await expect(read('files/video.mp4')).rejects.toThrow(/too many for an answer/);
      await expect(read('files/nothing')).rejects.toThrow(/no such thing/);
    });
  });

  describe('over HTTP', () => {
    let server: Server;
    let url: URL;
    beforeAll(async () => {
      server = createMcpHttpServer({
        hosts: ['127.0.0.1'],
        contextOf: async (key) => {
          await answerOf(platform.api(key).GET('/runs', { params: { query: { limit: 1 } } }));
          return contextFor(key, false);
        },
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });
    const connected = async (key: string): Promise<{ client: Client; sessionId: string }> => {
      const transport = new StreamableHTTPClientTransport(url, {
        requestInit: { headers: { authorization: `Bearer ${key}` } },
      });
      const client = new Client({ name: 'test', version: '1' });
      await client.connect(transport as Parameters<typeof client.connect>[0]);
      return { client, sessionId: transport.sessionId ?? '' };
    };
    const post = (headers: Record<string, string>, body = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}') =>
      fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
        body,
      });

    it('works with the key of each client, and gives addresses in place of files', async () => {
      const { client } = await connected('sk_one');
      const { text } = await call(client, 'get_video', RUN);
      expect(text).toContain('/api/runs/run1/artifacts/video.mp4  video/mp4');
      await client.close();
    });

    it('films no path of the machine that it runs on', async () => {
      const { client } = await connected('sk_one');
      const { text, isError } = await call(client, 'film', { source: folder });
      expect([isError, text]).toEqual([true, expect.stringContaining('source_not_allowed')]);
      await client.close();
    });

    it('refuses who has no key, a wrong one, or the session of another', async () => {
      expect((await post({})).status).toBe(401);
      expect((await post({ authorization: 'Bearer sk_three' })).status).toBe(401);
      const { client, sessionId } = await connected('sk_one');
      expect((await post({ authorization: 'Bearer sk_two', 'mcp-session-id': sessionId })).status).toBe(404);
      expect((await post({ authorization: 'Bearer sk_one', 'mcp-session-id': 'made-up' })).status).toBe(404);
      await client.close();
    });

    it('refuses pages of other names, other paths, what is not JSON and what is too large', async () => {
      const key = { authorization: 'Bearer sk_one' };
      const { port } = server.address() as AddressInfo;
      expect((await fetch(`http://localhost:${port}/mcp`, { headers: key })).status).toBe(403);
      expect((await fetch(new URL('/other', url), { headers: key })).status).toBe(404);
      expect((await post(key, 'no json')).status).toBe(400);
      expect((await post(key, `"${'x'.repeat(5 * 1024 * 1024)}"`)).status).toBe(413);
      expect((await fetch(url, { headers: key })).status).toBe(400);
    });
  });
});
