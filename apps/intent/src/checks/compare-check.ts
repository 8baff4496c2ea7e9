import { canonicalJson } from '@showrunner/contracts';
import type { ActionRecord, CheckedStep, Plan } from '@showrunner/contracts';

type Seen = Pick<
  ActionRecord,
  'feature' | 'step' | 'verified' | 'decision' | 'error' | 'startMs' | 'endMs' | 'caption'
>;

/**
 * What became of each step of a plan since it was filmed. Pure.
 * @param before actions of the run that is checked, in order; of a step the last one counts
 * @param now actions of the check
 */
export function compareCheck(
  plan: Pick<Plan, 'features'>,
  before: readonly Seen[],
  now: readonly Seen[],
): CheckedStep[] {
  return plan.features.flatMap((feature) => {
    const was = lastOf(before, feature.id);
    const is = lastOf(now, feature.id);
    const start = is(-1);
    const opens = start?.verified !== false;
    const begun: CheckedStep[] = opens
      ? []
      : [
          {
            ...{
              feature: feature.id,
              featureTitle: feature.title,
              step: -1,
              caption: `Open ${feature.startPath ?? 'the page'}`,
            },
            change: was(-1)?.verified === false ? 'stillFails' : 'missing',
            reason: start?.error ?? '',
            durationMs: start === undefined ? 0 : durationOf(start),
          },
        ];
    return [
      ...begun,
      ...feature.steps.map(({ caption }, step): CheckedStep => {
        const [then, today] = [was(step), is(step)];
        return {
          ...{ feature: feature.id, featureTitle: feature.title, step, caption },
          ...changeOf(then, today),
          durationMs: today === undefined ? 0 : durationOf(today),
        };
      }),
    ];
  });
}

const lastOf =
  (actions: readonly Seen[], feature: string) =>
  (step: number): Seen | undefined =>
    actions.filter((one) => one.feature === feature && one.step === step).at(-1);

const durationOf = ({ startMs, endMs }: Seen): number => Math.max(0, endMs - startMs);

function changeOf(then: Seen | undefined, today: Seen | undefined): Pick<CheckedStep, 'change' | 'reason'> {
  const worked = then?.verified === true;
  if (today === undefined)
    return worked
      ? { change: 'notReached', reason: 'A step before it failed.' }
      : { change: 'stillFails', reason: 'It was not reached, as it was not when it was filmed.' };
  if (today.verified) {
    if (!worked) return { change: 'worksNow', reason: 'It did not work when it was filmed.' };
    const [old, found] = [then.decision?.target, today.decision?.target];
    return old != null && found != null && canonicalJson(old) !== canonicalJson(found)
      ? {
          change: 'healed',
          reason: `It was ${old.role} "${old.name}", and is ${found.role} "${found.name}" now.`,
        }
      : { change: 'same', reason: '' };
  }
  const reason = today.error ?? 'The success condition did not hold.';
  if (!worked) return { change: 'stillFails', reason };
  return {
    change: today.decision !== undefined && today.decision.outcome !== 'resolved' ? 'missing' : 'refuted',
    reason,
  };
}
