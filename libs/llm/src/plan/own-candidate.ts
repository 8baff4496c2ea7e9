import type { Candidate, CandidateStep, Exploration, PageElement } from '@showrunner/contracts';
import { isAllowed } from '../guard';
import type { Guard } from '../guard';
import { plain } from '../prompts/page-data';
import { ownSteps } from './own-steps';
import type { PlannedFeature } from './plan-answer';
import type { PlanPrompt } from './plan-prompt';
import { titleWorthSaying, worthSaying } from './worth-saying';

/** Below what rules are sure of: it is tried, and nobody has seen it work. */
const SCORE = 60;
const MOST_STEPS = 8;

/** A feature of a model's own, made of elements of one explored page; or in words why it cannot be. */
export function ownCandidate(
  planned: PlannedFeature,
  prompt: PlanPrompt,
  { exploration, guard, intent }: { exploration: Exploration; guard: Guard; intent: string },
): { candidate: Candidate } | { wrong: string } {
  const listed = planned.page === null ? undefined : prompt.pages.get(planned.page);
  if (listed === undefined) return { wrong: 'it begins on a page that is not there' };
  const { page } = listed;
  const elements = page.snapshot.elements;
  const made = ownSteps(planned.steps, listed, {
    paths: new Set(exploration.pages.map((one) => one.path)),
    submitsHarm: (field) =>
      !elements.filter((one) => isInForm(field, one)).every((one) => isAllowed(one, guard, intent)),
  });
  if ('wrong' in made) return made;
  const before = page.revealedBy.map((target): CandidateStep => ({
    action: { type: 'click', target },
    caption: `Open “${plain(target.name, 60)}”`,
    success: { kind: 'themeChanged' },
    timeoutMs: 8000,
    learn: true,
  }));
  const steps = [...before, ...made.steps];
  if (steps.length > MOST_STEPS) return { wrong: `it has more than ${MOST_STEPS} steps` };
  const about = steps.map(({ caption }) => caption);
  const title =
    titleWorthSaying(planned.title, 80, [...about, intent]) ??
    plain(steps[steps.length - 1]?.caption ?? '', 80);
  return {
    candidate: {
      feature: {
        id: idOf(title, planned.page ?? 0),
        kind: planned.kind,
        title,
        description: worthSaying(planned.description, 200, []) ?? '',
        startPath: page.path,
        steps,
      },
      ...{ variants: [], score: SCORE, words: about, needsSignIn: page.signedIn === true },
    },
  };
}

const BUTTONS = new Set(['button', 'link', 'menuitem']);
const isInForm = (field: PageElement, one: PageElement): boolean =>
  field.group >= 0 && one.group === field.group && BUTTONS.has(one.role);

function idOf(title: string, page: number): string {
  const words =
    title
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join('-') ?? '';
  return `${words.slice(0, 48).replace(/-+$/, '') || 'feature'}-p${page}`;
}
