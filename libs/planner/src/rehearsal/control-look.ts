import type { CandidateStep, PageSnapshot, Step } from '@showrunner/contracts';
import type { RehearsalPerformer } from './performer';

/** How long a page is looked at without an action: what changes in that time changes by itself. */
const CONTROL_MS = 1000;

/** What is typed, and the looks of the whole page, do not come by themselves. */
export const isOwn = ({ action, success }: CandidateStep, typed: readonly string[]): boolean =>
  (success.kind === 'value' && action.type === 'type') ||
  success.kind === 'themeChanged' ||
  (success.kind === 'textVisible' && typed.includes(success.text));

const pathOf = ({ path }: PageSnapshot): string => path.split(/[?#]/)[0] ?? '';

/**
 * The control look at a page as it was loaded, which most pages need once: nobody has touched it yet, so its time may pass at once. Answers
 * whether the page has to be loaded anew.
 */
export async function controlAtStart(
  performer: RehearsalPerformer,
  controlled: Set<string>,
): Promise<boolean> {
  if (controlled.has(pathOf(await performer.snapshot()))) return false;
  const isForwarded = await performer.leaveAlone(CONTROL_MS, true);
  const later = await performer.snapshot();
  if (later.restless === undefined) controlled.add(pathOf(later));
  return isForwarded;
}

/** The page before the step, after a look of equal length without it where something else than what was typed is to prove it. */
export async function control(
  step: CandidateStep,
  typed: readonly string[],
  performer: RehearsalPerformer,
  controlled: Set<string>,
): Promise<PageSnapshot> {
  const page = await performer.snapshot();
  const path = pathOf(page);
  if (isOwn(step, typed) || (controlled.has(path) && page.restless === undefined)) return page;
  await performer.leaveAlone(CONTROL_MS);
  const later = await performer.snapshot();
  if (later.restless === undefined) controlled.add(path);
  return later;
}

/** Texts that a step brings in: what is typed, and what is chosen from a list. */
export const enteredBy = ({ action }: Step): string[] =>
  action.type === 'type'
    ? [action.text]
    : action.type === 'click' && action.target.role === 'option'
      ? [action.target.name]
      : [];
