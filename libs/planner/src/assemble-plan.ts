import { InvalidInputError, PlanSchema } from '@showrunner/contracts';
import type { Exploration, Plan, Proposal } from '@showrunner/contracts';
import type { Rehearsal } from './rehearsal/rehearse';
import { readable, shorten } from './words';

const MOST_REJECTED = 40;

/** The plan as it is stored. Throws InvalidInputError `nothing_to_show` when there is no feature at all. */
export function assemblePlan(
  exploration: Exploration,
  rehearsal: Rehearsal,
  { planner, intent }: Pick<Proposal, 'planner' | 'intent'>,
): Plan {
  if (rehearsal.features.length === 0) {
    throw new InvalidInputError(
      'nothing_to_show',
      'The app was opened, but nothing in it was found that a film could show.',
      {
        remedy: 'Say with --intent what to show, or which page to begin with.',
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
  } satisfies Plan);
}
