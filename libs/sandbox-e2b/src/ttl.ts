/**
 * E2B's timer is a time to live counted from the call, in seconds. It is only the backstop behind our own lease, so it is generous where no
 * lease is known, and bounded by what the plan allows (Hobby one hour, Pro a day); a longer lease renews it in time.
 */
export interface TtlRules {
  /** Used when no backstop is known. */
  defaultMs: number;
  /** The longest time to live that the plan grants. */
  maxMs: number;
}

export const DEFAULT_TTL: TtlRules = { defaultMs: 60 * 60_000, maxMs: 60 * 60_000 };

/** @returns whole seconds, at least 1: zero would end the sandbox at once */
export function ttlSeconds(backstopAt: Date | undefined, nowMs: number, rules: TtlRules): number {
  const wantedMs = backstopAt === undefined ? rules.defaultMs : backstopAt.getTime() - nowMs;
  return Math.max(1, Math.ceil(Math.min(wantedMs, rules.maxMs) / 1000));
}

/** For a sandbox that is started: a backstop that is nearly past would end it again before its lease was renewed. */
export function startTtlSeconds(backstopAt: Date | undefined, nowMs: number, rules: TtlRules): number {
  const wanted = ttlSeconds(backstopAt, nowMs, rules);
  return backstopAt === undefined ? wanted : Math.max(wanted, ttlSeconds(undefined, nowMs, rules));
}
