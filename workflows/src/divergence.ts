import { canonicalJson } from '@showrunner/contracts';
import type { ActionRecord, RecordedAction } from '@showrunner/contracts';

const key = (action: RecordedAction): string => `${action.feature} step ${action.step}`;

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
      else if (before.tool !== now.tool || canonicalJson(before.arguments) !== canonicalJson(now.arguments))
        differences.push(
          `${key(now)}: recorded ${before.tool} ${canonicalJson(before.arguments)}, now ${now.tool} ${canonicalJson(now.arguments)}`,
        );
      else if (before.result !== now.result || before.verified !== now.verified)
        differences.push(
          `${key(now)}: recorded ${before.result}, now ${now.result}${now.error ? ` (${now.error})` : ''}`,
        );
    }
  }
  return differences;
}
