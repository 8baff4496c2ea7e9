import type { ActionRecord, RecordedAction } from '@showrunner/contracts';

const key = (action: RecordedAction): string => `${action.feature} step ${action.step}`;

/** JSON with sorted keys: histories and databases do not keep the order of keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
      .join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** Compares what a replay did with what was recorded, apart from times; one sentence a difference. Pure. */
export function divergencesOf(recorded: readonly RecordedAction[], done: readonly ActionRecord[]): string[] {
  const differences: string[] = [];
  for (let index = 0; index < Math.max(recorded.length, done.length); index += 1) {
    const before = recorded[index];
    const now = done[index];
    if (!before && now) differences.push(`${key(now)}: done now, not in the recording (${now.tool})`);
    else if (before && !now)
      differences.push(`${key(before)}: in the recording, not done now (${before.tool})`);
    else if (before && now) {
      if (key(before) !== key(now))
        differences.push(`action ${index}: recorded ${key(before)}, now ${key(now)}`);
      else if (before.tool !== now.tool || canonical(before.arguments) !== canonical(now.arguments))
        differences.push(
          `${key(now)}: recorded ${before.tool} ${canonical(before.arguments)}, now ${now.tool} ${canonical(now.arguments)}`,
        );
      else if (before.result !== now.result || before.verified !== now.verified)
        differences.push(
          `${key(now)}: recorded ${before.result}, now ${now.result}${now.error ? ` (${now.error})` : ''}`,
        );
    }
  }
  return differences;
}
