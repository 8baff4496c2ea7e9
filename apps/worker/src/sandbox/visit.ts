import type { Sandbox } from '@showrunner/sandbox';
import { probe, type ProbeAnswer } from './http-probe';

/** What one port answered at its root, redirects followed. */
export type Visit =
  | { kind: 'page'; port: number; upstreamHost: string; path: string }
  | { kind: 'silent'; port: number }
  | { kind: 'loop'; port: number; path: string }
  | { kind: 'away'; port: number; location: string }
  | { kind: 'error'; port: number; status: number }
  | { kind: 'noPage'; port: number; status: number; contentType: string; body: string };

const MAX_REDIRECTS = 10;
/** Where user interfaces lie whose root shows nothing. */
const OTHER_PATHS = [
  '/index.html',
  '/home',
  '/app/',
  '/ui/',
  '/_/',
  '/dashboard',
  '/admin/',
  '/login',
  '/docs',
  '/swagger-ui.html',
  '/swagger-ui/index.html',
  '/swagger/index.html',
  '/api-docs',
  '/api/docs',
  '/documentation',
  '/api',
  '/graphql',
];

/** Visits a port as `localhost` and, if the app does not like that name, as `127.0.0.1`. */
export async function visit(
  sandbox: Sandbox,
  port: number,
  timeoutMs: number,
  signal: AbortSignal,
  start = '/',
): Promise<Visit> {
  let first: Visit | undefined;
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`]) {
    const seen = await follow(sandbox, port, host, start, timeoutMs, signal);
    if (seen.kind === 'page' || seen.kind === 'silent') return seen;
    first ??= seen;
  }
  return first ?? { kind: 'silent', port };
}

/** Looks for a page elsewhere on a port whose root has none: where that itself leads, where the source says, where such pages usually lie. */
export async function visitOtherPaths(
  sandbox: Sandbox,
  root: Extract<Visit, { kind: 'noPage' }>,
  pages: readonly string[],
  signal: AbortSignal,
): Promise<Visit> {
  for (const path of new Set([...pathsIn(root.body), ...pages, ...OTHER_PATHS])) {
    const seen = await visit(sandbox, root.port, 10_000, signal, path);
    if (seen.kind === 'page') return seen;
  }
  return root;
}

async function follow(
  sandbox: Sandbox,
  port: number,
  host: string,
  start: string,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<Visit> {
  const seen = new Set<string>();
  let path = start;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    if (seen.has(path)) return { kind: 'loop', port, path };
    seen.add(path);
    const answer = await probe(sandbox, port, host, path, timeoutMs, signal);
    if (answer === undefined) return { kind: 'silent', port };
    const next = redirectOf(answer, port, host, path);
    if (next === undefined) return judge(answer, port, host, path);
    if (next.away) return { kind: 'away', port, location: next.to };
    path = next.to;
  }
  return { kind: 'loop', port, path };
}

function judge(answer: ProbeAnswer, port: number, host: string, path: string): Visit {
  if (answer.status >= 500) return { kind: 'error', port, status: answer.status };
  if (answer.status < 400 && answer.isHtml) return { kind: 'page', port, upstreamHost: host, path };
  return { kind: 'noPage', port, status: answer.status, contentType: answer.contentType, body: answer.body };
}

function redirectOf(
  answer: ProbeAnswer,
  port: number,
  host: string,
  path: string,
): { to: string; away: boolean } | undefined {
  if (answer.status < 300 || answer.status > 399 || answer.location === undefined) return undefined;
  const base = `http://${host}${path}`;
  if (!URL.canParse(answer.location, base)) return undefined;
  const target = new URL(answer.location, base);
  const isHere =
    ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'].includes(target.hostname) &&
    (target.port || '80') === String(port);
  return isHere ? { to: target.pathname + target.search, away: false } : { to: target.href, away: true };
}

/** Paths that an error page itself names: the patterns of a Django site, or its links. */
function pathsIn(body: string): string[] {
  const patterns = [...body.matchAll(/<code>\s*\^?([a-z][\w-]*\/)\s*(?:<|\[)/g)].map(
    (match) => `/${match[1]}`,
  );
  const links = [...body.matchAll(/href="(\/[\w/-]*)"/g)].map((match) => match[1] ?? '/');
  return [...patterns, ...links].filter((path) => path !== '/' && path !== '/admin/').slice(0, 6);
}
