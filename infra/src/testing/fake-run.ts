import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A gateway with one run that films until it is cancelled or killed. */
export interface FakeRun {
  /** Value for SHOWRUNNER_API_URL. */
  apiUrl: string;
  /** What was asked for, such as `POST /runs/r1/cancel`. */
  requests: readonly string[];
  close: () => Promise<void>;
}

const RUN = {
  id: 'run001',
  projectId: 'project001',
  message: '',
  intent: '',
  replayOf: null,
  features: [],
  divergences: [],
  failure: null,
  notes: [],
  intentParts: [],
  usage: { llm: { calls: 0, tokensIn: 0, tokensOut: 0, costUsd: 0, callsWithoutPrice: 0, by: [] } },
};

export async function startFakeRun(): Promise<FakeRun> {
  const requests: string[] = [];
  let state = 'filming';
  const server = createServer((request, response) => {
    const route = (request.url ?? '').replace(/^\/api/, '');
    requests.push(`${request.method ?? ''} ${route}`);
    const answer = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    request.resume();
    if (route.endsWith('/replay')) return answer(202, RUN);
    if (route === `/runs/${RUN.id}`) return answer(200, { ...RUN, state });
    if (route === `/runs/${RUN.id}/events`) {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':hello\n\n');
      return undefined;
    }
    const stop = /\/(cancel|kill)$/.exec(route)?.[1];
    if (!stop) return answer(404, {});
    state = stop === 'kill' ? 'killed' : 'cancelled';
    return answer(202, {});
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
