import { IntentNotShownError, InvalidInputError, PlanSchema } from '@showrunner/contracts';
import type { Exploration, Plan, Proposal } from '@showrunner/contracts';
import type { Rehearsal } from './rehearsal/rehearse';
import { whatWasSeen } from './what-was-seen';
import { readable, shorten } from './words';

const MOST_REJECTED = 40;

/**
 * The plan as it is stored.
 * @throws InvalidInputError `nothing_to_show` when there is no feature at all
 * @throws IntentNotShownError when there is none of what the intent asks for: nothing else is filmed instead
 */
export function assemblePlan(
  exploration: Exploration,
  rehearsal: Rehearsal,
  { planner, intent }: Pick<Proposal, 'planner' | 'intent'>,
): Plan {
  const { parts } = rehearsal;
  if (parts !== undefined && !parts.some(({ feature }) => feature !== undefined))
    throw new IntentNotShownError(parts);
  const isCutOff = rehearsal.proven === 0 && (exploration.unreachable ?? []).length > 0;
  if (rehearsal.features.length === 0 || isCutOff) {
    const { sentence, remedy } = whatWasSeen(exploration, rehearsal.rejected);
    throw new InvalidInputError(
      'nothing_to_show',
      `The app was opened, but nothing in it was found that a film could show. ${sentence}`,
      {
        remedy,
        details: {
          pages: exploration.pages.map((page) => page.path),
          rejected: rehearsal.rejected.slice(0, MOST_REJECTED),
        },
      },
    );
  }
  const used = new Set<string>();
  const features = rehearsal.features.map((feature) => {
    let id = feature.id;
    for (let round = 2; used.has(id); round += 1) id = `${feature.id.slice(0, 60)}-${round}`;
    used.add(id);
    return { ...feature, id };
  });
  return PlanSchema.parse({
    schemaVersion: 1,
    videoType: 'demo',
    title: shorten(readable(exploration.appTitle) || 'The app', 80),
    intent,
    planner,
    features,
    rejected: rehearsal.rejected.slice(0, MOST_REJECTED),
    ...(parts === undefined ? {} : { intentParts: parts }),
  } satisfies Plan);
}
