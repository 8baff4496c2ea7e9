/** Names whose values are never logged, wherever they stand. */
const SECRET_NAMES =
  /^(authorization|proxy-authorization|cookie|set-cookie|password|passwd|secret|token|access_?token|refresh_?token|api_?key|x-api-key|x-showrunner-internal|internal_?token|secret_?access_?key|database_?url|redis_?url|cdp_?url|credentials?)$/i;

const HIDDEN = '[hidden]';
const MAX_DEPTH = 8;

const PATTERNS: readonly [RegExp, string][] = [
  // https://user:password@host and https://token@host
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']+@/gi, `$1${HIDDEN}@`],
  [/\b(Bearer|Basic|token)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  [/\bsk[_-][A-Za-z0-9_-]{8,}/g, HIDDEN],
  [/\b(?:ghp|gho|ghu|ghs|ghr|glpat|github_pat)[_-][A-Za-z0-9_-]{16,}/g, HIDDEN],
  [/([?&](?:token|access_token|api_key|key|signature|X-Amz-Signature)=)[^&\s"']+/gi, `$1${HIDDEN}`],
];

/** Text without credentials: of URLs, of Authorization headers, API keys, tokens of Git hosts. */
export function redactText(text: string): string {
  return PATTERNS.reduce((redacted, [pattern, replacement]) => redacted.replace(pattern, replacement), text);
}

/** A copy of a value without secrets, by name and by look. Errors become `{type, code, message, stack}`. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return value;
  if (depth > MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET_NAMES.test(name) && member !== undefined && member !== null ? HIDDEN : redact(member, depth + 1),
    ]),
  );
}

function redactError(error: Error, depth: number): Record<string, unknown> {
  const { code, details } = error as { code?: unknown; details?: unknown };
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    ...(details === undefined ? {} : { details: redact(details, depth + 1) }),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
