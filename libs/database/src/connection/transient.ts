/** How far a failed statement may have come. `unsent`: it never ran. `unknown`: the connection broke, or its time was over, while it ran. */
export type TransientKind = 'unsent' | 'unknown';

const UNSENT_CODES = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  '57P03',
  '53300',
  'P1001',
  'P1002',
  'P2024',
]);
const UNKNOWN_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57014',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  'P1008',
  'P1017',
  'P2028',
  '40001',
  '40P01',
]);
const UNSENT_TEXT =
  /the database system is (starting up|shutting down|in recovery mode|not yet accepting)|timeout exceeded when trying to connect|can't reach database/i;
const UNKNOWN_TEXT =
  /connection terminated|terminating connection|connection (was )?closed|server closed the connection|client has encountered a connection error|connection ended|query read timeout|transaction already closed|unable to start a transaction/i;

/**
 * Says whether an error means that the database is away for a moment, and how far the statement may have come; null for any other error.
 * Looks through causes and through Prisma's wrapping of driver errors.
 */
export function transientKind(error: unknown): TransientKind | null {
  let found: TransientKind | null = null;
  for (const { code, message } of layersOf(error)) {
    if (UNKNOWN_CODES.has(code) || UNKNOWN_TEXT.test(message)) return 'unknown';
    if (UNSENT_CODES.has(code) || UNSENT_TEXT.test(message)) found = 'unsent';
  }
  return found;
}

/** Whether a row was refused because what it belongs to is not there, or not any more. */
export function isOrphan(error: unknown): boolean {
  return [...layersOf(error)].some(({ code }) => code === 'P2003' || code === '23503');
}

function* layersOf(error: unknown): Generator<{ code: string; message: string }> {
  const seen = new Set<unknown>();
  const queue: unknown[] = [error];
  while (queue.length > 0) {
    const next = queue.shift();
    if (next === null || typeof next !== 'object' || seen.has(next)) continue;
    seen.add(next);
    const layer = next as Record<string, unknown>;
    for (const code of [layer['code'], layer['originalCode'], layer['kind']]) {
      if (typeof code === 'string') yield { code, message: '' };
    }
    if (typeof layer['message'] === 'string') {
      // Prisma puts the driver's code into its text: "Database error. Code: `57P01`."
      yield { code: /\bCode: `(\w+)`/.exec(layer['message'])?.[1] ?? '', message: layer['message'] };
    }
    queue.push(layer['cause'], layer['meta'], layer['driverAdapterError'], layer['originalError']);
    if (Array.isArray(layer['errors'])) queue.push(...(layer['errors'] as unknown[]));
  }
}
