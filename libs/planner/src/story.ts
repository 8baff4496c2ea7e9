import type { Candidate, Feature } from '@showrunner/contracts';

/** The order in which a person would tell it. */
const CHAPTERS: Feature['kind'][] = [
  'signIn',
  'create',
  'calculate',
  'toggle',
  'edit',
  'use',
  'search',
  'filter',
  'open',
  'navigate',
];
const PER_KIND: Record<Feature['kind'], number> = {
  signIn: 2,
  create: 2,
  calculate: 1,
  toggle: 2,
  edit: 1,
  use: 3,
  search: 1,
  filter: 1,
  open: 1,
  navigate: 2,
};

/** A film that has this many features needs none that score below `FILLS`: they would only make it longer. */
const ENOUGH = 3;
const FILLS = 38;

const byScore = (a: Candidate, b: Candidate): number =>
  b.score - a.score || a.feature.id.localeCompare(b.feature.id, 'en');

const isTheme = ({ feature }: Candidate): boolean =>
  feature.steps.some((step) => step.success.kind === 'themeChanged');

/** Place in the story: the look of the app comes last. */
const chapterOf = (one: Candidate): number =>
  isTheme(one) ? CHAPTERS.length : CHAPTERS.indexOf(one.feature.kind);

/** Without those that only make a film longer, when enough is left. */
export function worthwhile(candidates: readonly Candidate[]): Candidate[] {
  const worth = candidates.filter((one) => one.score >= FILLS);
  return worth.length >= ENOUGH ? worth : [...candidates];
}

/** Story order; features of one kind by score. */
export function inStoryOrder(candidates: readonly Candidate[]): Candidate[] {
  return [...candidates].sort((a, b) => chapterOf(a) - chapterOf(b) || byScore(a, b));
}

/**
 * At most `count` of them, various rather than many of a kind: first the best of each kind, then second ones. Apps that have only pages
 * to visit get more visits.
 */
export function various(
  candidates: readonly Candidate[],
  count: number,
): { picked: Candidate[]; left: Candidate[] } {
  const ranked = [...candidates].sort(byScore);
  const kinds = new Set(ranked.map((one) => one.feature.kind));
  const picked: Candidate[] = [];
  const limitOf = (kind: Feature['kind']): number =>
    kinds.size <= 2 && (kind === 'navigate' || kind === 'use') ? 5 : PER_KIND[kind];
  const varietyOf = ({ feature, variety }: Candidate): string => variety ?? feature.kind;
  for (let round = 1; round <= 5; round += 1) {
    for (const one of ranked) {
      if (picked.length >= count || picked.includes(one)) continue;
      // The look of the app counts as a kind of its own.
      const alike = picked.filter(
        (other) => varietyOf(other) === varietyOf(one) && isTheme(other) === isTheme(one),
      );
      const themes = isTheme(one) && alike.length > 0;
      const most = one.variety === undefined ? limitOf(one.feature.kind) : 1;
      if (alike.length < Math.min(round, most) && !themes) picked.push(one);
    }
  }
  return { picked, left: ranked.filter((one) => !picked.includes(one)) };
}
