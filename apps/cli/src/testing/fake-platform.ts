import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunReport } from '@showrunner/contracts';
import { runReport } from '@showrunner/contracts/testing';

/** The parts of the REST API that the command line uses, playing one run. */
export class FakePlatform {
  requests: string[] = [];
  runs: unknown[] = [];
  report: Partial<RunReport> = {};
  artefacts: Record<string, string> = {};
  /** What is told of the export `e1`, one answer after another. */
  exports: Record<string, unknown>[] = [];
  /** Events are sent up to this id, then the connection breaks; one entry a connection. */
  connections: { upTo: number; end: 'break' | 'stay' }[] = [];
  lastEventIds: (string | undefined)[] = [];
  onEvents: () => void = () => undefined;
  private server: Server | undefined;
  port = 0;

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((done) => this.server?.listen(this.port, '127.0.0.1', done));
    this.port = (this.server.address() as AddressInfo).port;
  }
  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((done) => this.server?.close(done) ?? done(undefined));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const route = (request.url ?? '').replace('/api', '');
    this.requests.push(`${request.method ?? ''} ${route}`);
    const json = (status: number, value: unknown): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (request.headers.authorization !== 'Bearer sk_test') return json(401, {});
    if (route === '/projects') return json(201, { id: 'p1', got: body.length });
    if (route === '/plans/plan-1') return json(200, { id: 'plan-1', projectId: 'p7' });
    if (route === '/runs') this.runs.push(JSON.parse(body));
    if (route === '/runs' || route.endsWith('/replay')) return json(202, { id: 'run1' });
    if (request.method === 'DELETE')
      return route === '/runs/run1'
        ? void response.writeHead(204).end()
        : json(409, problem(409, 'run_in_use', 'Run run2 has not ended: it is filming.'));
    if (/\/(cancel|kill)$/.test(route)) {
      this.report.state = route.endsWith('kill') ? 'killed' : 'cancelled';
      return json(202, {});
    }
    if (route === '/runs/run1') return json(200, { ...finished, ...this.report });
    if (route === '/runs/run1/events') return this.sendEvents(request, response);
    if (route === '/runs/run1/exports') return json(202, this.exports[0]);
    if (route === '/exports/e1')
      return json(200, this.exports.length > 1 ? this.exports.shift() : this.exports[0]);
    const artefact = this.artefacts[route.split('/').at(-1) ?? ''];
    if (artefact === undefined) return json(404, problem(404, 'not_found', 'There is none.'));
    response.writeHead(200).end(artefact);
  }

  private sendEvents(request: IncomingMessage, response: ServerResponse): void {
    const after = request.headers['last-event-id'];
    this.lastEventIds.push(after as string | undefined);
    const { upTo, end } = this.connections.shift() ?? { upTo: 0, end: 'stay' as const };
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':hello\n\ndata: {"broken\n\n');
    for (let id = Number(after ?? 0) + 1; id <= upTo; id++) {
      const state = id === 4 ? 'done' : 'filming';
      const event = {
        id: `${id}`,
        type: 'RUN_STATE',
        at: '',
        projectId: null,
        runId: 'run1',
        data: { state, message: `event ${id}` },
      };
      response.write(`id: ${id}\nevent: RUN_STATE\ndata: ${JSON.stringify(event)}\n\n`);
    }
    this.onEvents();
    if (end === 'break') setTimeout(() => response.destroy(), 20);
  }
}

const problem = (status: number, code: string, detail: string) => ({
  type: 'about:blank',
  title: 'x',
  status,
  detail,
  code,
});
const finished = runReport({
  features: [{ feature: 'add', title: 'Add', verified: true, proven: true }],
});
