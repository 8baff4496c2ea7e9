import type { AppError } from '@showrunner/contracts';
import type { ProcessStatus, Sandbox } from '@showrunner/sandbox';
import { setTimeout as delay } from 'node:timers/promises';
import { appFailures } from './app-failures';
import { visit, visitOtherPaths, type Visit } from './visit';

export interface PageFound {
  port: number;
  upstreamHost: string;
  path: string;
}

export interface AwaitPageOptions {
  sandbox: Sandbox;
  process: string;
  expectedPort: number | null;
  /** Several programs start together: those that are up first are rarely what people look at. */
  isSeveral?: boolean;
  /** The expected port is that of a front end's development server, which compiles before it listens. */
  isFrontEnd?: boolean;
  /** Where else there may be a page when the root has none. */
  pages?: readonly string[] | undefined;
  timeoutMs: number;
  signal: AbortSignal;
  outOfMemory: () => Promise<boolean>;
}

const ROUND_MS = 150;
/** How long an answer that is no page is tolerated: servers answer like that while they compile. */
const PATIENCE_MS = 10_000;
const LOOP_PATIENCE_MS = 2000;
/** How long the expected port may come after another that already shows a page. */
const EXPECTED_WAIT_MS = 2000;
const EXPECTED_SLOW_WAIT_MS = 60_000;
/** The same where nothing listens on it yet and others that were started beside it are up: it may be a guess. */
const EXPECTED_ABSENT_WAIT_MS = 20_000;
const FRONT_END_ABSENT_WAIT_MS = 90_000;
const LOG_BYTES = 64 * 1024;

/**
 * Waits until the started app shows a page on some port, for as long as its process lives.
 * @throws AppError `app_exited`, `app_not_listening`, `app_error_status`, `app_no_page`, `redirect_loop`, `out_of_memory`,
 *   `disk_full`, `process_limit`, `place_not_writable`
 */
export async function awaitPage(options: AwaitPageOptions): Promise<PageFound> {
  const { sandbox, signal } = options;
  const deadline = performance.now() + options.timeoutMs;
  const patience = new Patience();
  let lastVisits: Visit[] = [];
  while (performance.now() < deadline) {
    signal.throwIfAborted();
    const status = await sandbox.processStatus(options.process);
    const ports = [...new Set((await sandbox.listeningPorts()).map(({ port }) => port))];
    if (status?.running !== true && ports.length === 0) throw await exited(options, status);
    const timeoutMs = Math.round(Math.max(1000, Math.min(30_000, deadline - performance.now())));
    const visits = await firstPageOrAll(ports.map((port) => visit(sandbox, port, timeoutMs, signal)));
    const page = choose(visits, ports, options, patience);
    if (page !== undefined) return page;
    if (visits.length > 0) lastVisits = visits;

    if (
      patience.isOver(
        'loop',
        visits.length > 0 && visits.every(({ kind }) => kind === 'loop'),
        LOOP_PATIENCE_MS,
      )
    )
      break;
    const settled = visits.length > 0 && visits.every(({ kind }) => kind !== 'silent' && kind !== 'page');
    if (patience.isOver('no page', settled, PATIENCE_MS)) {
      const elsewhere = await lookElsewhere(sandbox, visits, options.pages ?? [], signal);
      if (elsewhere !== undefined) return elsewhere;
      break;
    }
    await delay(ROUND_MS, undefined, { signal });
  }
  throw await noPage(options, lastVisits);
}

/** Remembers since when something has been so without a break. */
class Patience {
  private readonly since = new Map<string, number>();

  isOver(what: string, holds: boolean, afterMs: number): boolean {
    if (!holds) {
      this.since.delete(what);
      return false;
    }
    const since = this.since.get(what) ?? performance.now();
    this.since.set(what, since);
    return performance.now() - since >= afterMs;
  }
}

/** The page on the expected port; another one only when the expected port does not come, or listens and stays silent for long. */
function choose(
  visits: readonly Visit[],
  ports: readonly number[],
  options: AwaitPageOptions,
  patience: Patience,
): PageFound | undefined {
  const pages = visits.filter((one) => one.kind === 'page');
  const wanted = pages.find((one) => one.port === options.expectedPort);
  if (wanted !== undefined) return found(wanted);
  const [first] = pages;
  const wait = waitFor(options, ports, visits);
  const isOver = patience.isOver('another port', first !== undefined, wait);
  return first !== undefined && isOver ? found(first) : undefined;
}

const found = ({ port, upstreamHost, path }: PageFound): PageFound => ({ port, upstreamHost, path });

/** How long the expected port is waited for while another one shows a page. */
function waitFor(
  { expectedPort, isSeveral, isFrontEnd }: AwaitPageOptions,
  ports: readonly number[],
  visits: readonly Visit[],
): number {
  if (expectedPort === null) return 0;
  if (!ports.includes(expectedPort)) {
    if (isSeveral !== true) return EXPECTED_WAIT_MS;
    return isFrontEnd === true ? FRONT_END_ABSENT_WAIT_MS : EXPECTED_ABSENT_WAIT_MS;
  }
  return visits.every((one) => one.port !== expectedPort) ? EXPECTED_SLOW_WAIT_MS : EXPECTED_WAIT_MS;
}

/** Every visit's outcome, or those so far as soon as one has found a page: a port that hangs delays nobody. */
function firstPageOrAll(visits: readonly Promise<Visit>[]): Promise<Visit[]> {
  return new Promise((resolve, reject) => {
    const done: Visit[] = [];
    if (visits.length === 0) resolve(done);
    for (const one of visits) {
      one.then((seen) => {
        done.push(seen);
        if (seen.kind === 'page' || done.length === visits.length) resolve([...done]);
      }, reject);
    }
  });
}

async function lookElsewhere(
  sandbox: Sandbox,
  visits: readonly Visit[],
  pages: readonly string[],
  signal: AbortSignal,
): Promise<PageFound | undefined> {
  for (const root of visits) {
    if (root.kind !== 'noPage') continue;
    const seen = await visitOtherPaths(sandbox, root, pages, signal);
    if (seen.kind === 'page') return found(seen);
  }
  return undefined;
}

async function exited(options: AwaitPageOptions, status: ProcessStatus | undefined): Promise<AppError> {
  const log = await options.sandbox.processLog(options.process, LOG_BYTES);
  return appFailures.exited({
    log,
    exitCode: status?.exitCode ?? null,
    signal: status?.signal ?? null,
    outOfMemory: await options.outOfMemory(),
  });
}

async function noPage(options: AwaitPageOptions, visits: readonly Visit[]): Promise<AppError> {
  const log = await options.sandbox.processLog(options.process, LOG_BYTES);
  return appFailures.noPage({
    log,
    visits,
    timeoutMs: options.timeoutMs,
    outOfMemory: await options.outOfMemory(),
  });
}
