import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowserSession, pipeTo } from '@showrunner/browser';
import { driveApp } from '../drive-app';
import type { DrivenApp } from '../drive-app';
import expectations from './expect.json';
import { APPS } from './lying-apps';
import type { LyingApp } from './lying-pair';
import type { Asked } from './parts';

/** What may be claimed of an app: the kind of a feature, and words of its title where the kind alone does not tell. */
export interface Expectation {
  /** Of lie. */
  kind: string;
  must?: string;
  mustNot?: string;
  /** Driven with every run of the tests; the others by command. */
  quick?: boolean;
}
export const EXPECTATIONS: Readonly<Record<string, Expectation>> = expectations;

export interface CorpusResult {
  name: string;
  kind: string;
  /** What the film would show. */
  claimed: string[];
  /** What is wrong with that; undefined when nothing is. */
  fault: string | undefined;
  reasons: string[];
  ms: number;
}

/** A small app, how it is started and what may be claimed of it. */
export interface CorpusApp {
  name: string;
  expectation: Expectation;
  start: () => Promise<{ port: number; close: () => void; reset?: () => void }>;
  intent?: string;
  readme?: string;
}

/** Drives apps one after the other in one browser, as films of them would be made. */
export async function driveAll(
  apps: readonly CorpusApp[],
  onResult: (result: CorpusResult) => void = () => undefined,
): Promise<CorpusResult[]> {
  const workDir = await mkdtemp(join(tmpdir(), 'showrunner-corpus-'));
  let port = 0;
  const session = await openBrowserSession({
    ...{ sessionId: 'corpus', workDir, chromiumPath: '/usr/bin/chromium', bwrapPath: '/usr/bin/bwrap' },
    size: { width: 1280, height: 720 },
    previewUrl: 'http://s1.preview.localhost:4401',
    serve: pipeTo(async () => connect(port, '127.0.0.1')),
    limits: { maxSteps: 20_000, maxMs: 2 * 60 * 60_000 },
  });
  const results: CorpusResult[] = [];
  try {
    for (const { name, expectation, start, intent = '', readme = '' } of apps) {
      const app = await start();
      port = app.port;
      const startedAt = Date.now();
      const driven = await driveApp({ port, workDir, session, intent, readme, reset: app.reset });
      app.close();
      const result = judged(name, expectation, driven, Date.now() - startedAt);
      results.push(result);
      onResult(result);
    }
  } finally {
    await session.close();
    await rm(workDir, { recursive: true, force: true, maxRetries: 5 });
  }
  return results;
}

/** Apps of the corpus by name. Throws for one that is not in it. */
export const corpusApps = (names: readonly string[]): CorpusApp[] =>
  names.map((name) => {
    const expectation = EXPECTATIONS[name];
    if (expectation === undefined) throw new RangeError(`There is no app ${name} in the corpus.`);
    return { name, expectation, start: () => startPages(APPS[name] ?? {}) };
  });

/** One line for each app. */
export const tableOf = (results: readonly CorpusResult[]): string =>
  results
    .map(({ name, kind, claimed, fault, reasons, ms }) =>
      [
        fault === undefined ? 'ok   ' : 'FAULT',
        name.padEnd(34),
        kind.padEnd(24),
        `${ms} ms`.padStart(9),
        fault ?? (claimed.join(', ') || reasons[0] || 'nothing to show'),
      ].join(' '),
    )
    .join('\n');

function judged(
  name: string,
  { kind, must, mustNot }: Expectation,
  { features, failure, plan }: DrivenApp,
  ms: number,
): CorpusResult {
  const shown = features.filter(({ verified }) => verified).map(({ feature }) => feature);
  const isClaimed = (wanted: string): boolean => {
    const [feature, ...words] = wanted.split(' ');
    return shown.some(
      (one) => (feature === 'any' || one.kind === feature) && words.every((word) => one.title.includes(word)),
    );
  };
  const reasons = [
    ...features.flatMap(({ error }) => error ?? []),
    ...(failure?.rejected ?? plan?.rejected ?? []).map(({ title, reason }) => `${title}: ${reason}`),
  ];
  const fault =
    mustNot !== undefined && isClaimed(mustNot)
      ? `claims what did not happen: ${shown.map(({ title }) => title).join(', ')}`
      : must !== undefined && !isClaimed(must)
        ? `does not show ${must}: ${reasons.join('; ') || failure?.message || 'nothing was proposed'}`
        : undefined;
  return { name, kind, claimed: shown.map(({ title }) => title), fault, reasons, ms };
}

/** Serves one page, what a server answers, or both, on a port of its own. */
export async function startPages({
  page,
  serve,
  afterMs = 0,
}: Partial<Pick<LyingApp, 'page' | 'serve' | 'afterMs'>>): ReturnType<CorpusApp['start']> {
  const state: Asked['state'] = {};
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://app');
      const asked = { method: request.method ?? 'GET', path: url.pathname, url, state };
      const answer = serve?.({ ...asked, body: Buffer.concat(parts).toString('utf8') });
      if (answer)
        setTimeout(
          () => response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body),
          asked.method === 'GET' ? 0 : afterMs,
        );
      else if (page !== undefined && url.pathname === '/')
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      else response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not here</h1>');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    reset() {
      delete state.notes;
      delete state.done;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
