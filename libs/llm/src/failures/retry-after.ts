const DAY_MS = 86_400_000;

/**
 * How long a server wants to be left alone, ms: `retry-after` in seconds or as a date (RFC 9110 section 10.2.3), `retry-after-ms` as both vendors' SDKs
 * know it. Undefined when it does not say, or says nothing that can be read. At most a day.
 */
export function retryAfterMs(
  headers: Pick<Headers, 'get'> | undefined,
  now: () => number = Date.now,
): number | undefined {
  const inMs = numberIn(headers?.get('retry-after-ms'));
  if (inMs !== undefined) return bounded(inMs);
  const text = headers?.get('retry-after')?.trim();
  if (text === undefined || text === '') return undefined;
  const seconds = numberIn(text);
  if (seconds !== undefined) return bounded(seconds * 1000);
  // A number that no delay can be, such as a negative one, is no date either.
  if (/^[-+.\d]/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : bounded(at - now());
}

function numberIn(text: string | null | undefined): number | undefined {
  return text !== null && text !== undefined && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

const bounded = (ms: number): number => Math.ceil(Math.min(Math.max(0, ms), DAY_MS));
