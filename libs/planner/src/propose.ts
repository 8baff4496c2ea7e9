import { evaluateCondition } from '@showrunner/contracts';
import type { Candidate, Exploration, PageSnapshot, Proposal } from '@showrunner/contracts';
import { chooseByIntent, withoutAvoided } from './intent/choose';
import type { PageView } from './page-view';
import { rulesContext } from './rules-context';
import type { RulesContext } from './rules-context';
import { answerFeatures } from './rules/answer';
import { adjustFeatures } from './rules/adjust';
import { arrangeFeatures } from './rules/arrange';
import { calculateFeatures } from './rules/calculate';
import { cellFeatures } from './rules/cells';
import { checkoutFeatures } from './rules/checkout';
import { chooseFeatures } from './rules/choose';
import { createFeatures } from './rules/create';
import { blankFeatures } from './rules/create-blank';
import { dayFeatures } from './rules/day';
import { destroyFeatures } from './rules/destroy';
import { drawFeatures } from './rules/draw';
import { editFeatures } from './rules/edit';
import { filterFeatures } from './rules/filter';
import { keyFeatures } from './rules/keys';
import { navigateFeatures } from './rules/navigate';
import { openFeatures } from './rules/open';
import { playFeatures } from './rules/play';
import { pressFeatures } from './rules/press';
import { rateFeatures } from './rules/rate';
import { searchFeatures } from './rules/search';
import { signInFeatures } from './rules/sign-in';
import { sortFeatures } from './rules/sort';
import { toggleFeatures } from './rules/toggle';
import { tourFeatures } from './rules/tour';
import { turnPageFeatures } from './rules/turn-page';
import { uploadFeatures } from './rules/upload';
import { wizardFeatures } from './rules/wizard';
import { writeFeatures } from './rules/write';
import { inStoryOrder, various, worthwhile } from './story';

const RULES = [
  signInFeatures,
  createFeatures,
  blankFeatures,
  wizardFeatures,
  checkoutFeatures,
  writeFeatures,
  drawFeatures,
  calculateFeatures,
  adjustFeatures,
  uploadFeatures,
  arrangeFeatures,
  rateFeatures,
  sortFeatures,
  turnPageFeatures,
  toggleFeatures,
  editFeatures,
  searchFeatures,
  filterFeatures,
  openFeatures,
  playFeatures,
  keyFeatures,
  cellFeatures,
  dayFeatures,
  answerFeatures,
  chooseFeatures,
  pressFeatures,
  navigateFeatures,
  tourFeatures,
  destroyFeatures,
];

/** Who plans by these rules; stored with the plan. */
export const RULE_PLANNER = 'rules-1';
/** Features that make a film, and those that take the place of what rehearsal drops. */
export const MOST_FEATURES = 6;
const MOST_RESERVES = 4;
const MOST_STEPS = 8;

/**
 * Features that a product person would show, read off what exploring found. Pure: the same exploration and intent give the same proposal.
 */
export function proposeFeatures(exploration: Exploration, intent: string): Proposal {
  const context = rulesContext(exploration, intent);
  const all = allCandidates(context);
  const by = { planner: RULE_PLANNER, intent };
  const choice = chooseByIntent(all, context);
  if (choice) {
    const { parts, ...chosen } = choice;
    return { ...by, byIntent: true, ...chosen, intentParts: parts };
  }
  const { picked, left } = various(worthwhile(withoutAvoided(all, context)), MOST_FEATURES);
  const reserves = various(left, MOST_RESERVES).picked;
  return {
    ...by,
    byIntent: false,
    candidates: inStoryOrder(picked),
    reserves: inStoryOrder(reserves),
    rejected: [],
  };
}

/** What the app offers after a feature has made something, on the page where it ended. */
export function proposeFollowUps(page: PageSnapshot, made: string, intent: string): Candidate[] {
  const exploration: Exploration = {
    appTitle: page.title,
    readme: '',
    pages: [{ path: page.path, snapshot: page, revealedBy: [] }],
    notes: [],
  };
  const context = rulesContext(exploration, intent, made);
  const rules = [toggleFeatures, editFeatures, filterFeatures, searchFeatures, pressFeatures, chooseFeatures];
  const found = rules.flatMap((rule) => rule(context));
  // The page stays as it is: loading it again could forget what was made.
  return distinct(found, context).map((one) => ({ ...one, feature: { ...one.feature, startPath: null } }));
}

function allCandidates(context: RulesContext): Candidate[] {
  return distinct(
    RULES.flatMap((rule) => rule(context)),
    context,
  );
}

/** Every feature once, with steps that can be proven: too long ones and those that hold already are left out. */
function distinct(candidates: readonly Candidate[], context: RulesContext): Candidate[] {
  const kept = new Map<string, Candidate>();
  for (const one of [...candidates].sort((a, b) => b.score - a.score)) {
    const { steps, id } = one.feature;
    if (steps.length === 0 || steps.length > MOST_STEPS || kept.has(id) || holdsAlready(one, context))
      continue;
    const goal = goalOf(one);
    if ([...kept.values()].some((other) => goalOf(other) === goal)) continue;
    kept.set(id, one);
  }
  return [...kept.values()];
}

/** What a feature comes to. One that goes on from there is another: where it cannot, its beginning may still be shown. */
const goalOf = ({ feature, continues }: Candidate): string =>
  JSON.stringify([continues, feature.steps.map((step) => [step.success, step.continues])]);

/** Whether the first step's success can be seen before it was done. */
function holdsAlready({ feature }: Candidate, context: RulesContext): boolean {
  const first = feature.steps[0];
  const start = context.views.find(
    (view: PageView) => view.path === feature.startPath && view.page.revealedBy.length === 0,
  );
  return first !== undefined && start !== undefined && evaluateCondition(first.success, start.snapshot);
}
