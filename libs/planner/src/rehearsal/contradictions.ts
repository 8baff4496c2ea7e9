import { findTargets, foldText, textIsVisible } from '@showrunner/contracts';
import type { CandidateStep, Condition, PageElement, PageSnapshot, Target } from '@showrunner/contracts';
import { ENTRY_ROLES, itemsOf } from '../items';
import type { Item } from '../items';
import { PageView } from '../page-view';
import { COMMITS } from '../rules/form-words';
import { wordsOf } from '../words';

const wordsIn = (text: string): string[] => wordsOf(foldText(text));
const has = (text: string, words: readonly string[]): boolean => {
  const all = wordsIn(text);
  return words.length > 0 && all.some((_, at) => words.every((word, n) => all[at + n] === word));
};
const targetOf = ({ action }: Pick<CandidateStep, 'action'>): Target | undefined =>
  'target' in action ? action.target : undefined;

/** Names of the choice that a step makes, and of the others beside it. */
function choicesOf(
  step: Pick<CandidateStep, 'action'>,
  page: PageSnapshot,
): { own: string; others: string[] } {
  const target = targetOf(step);
  const control = target && findTargets(page.elements, target)[0];
  if (target === undefined || control === undefined) return { own: '', others: [] };
  const own = step.action.type === 'select' ? step.action.option : target.name;
  const beside =
    step.action.type === 'select'
      ? (control.options ?? [])
      : page.elements
          .filter(({ role, parent }) => role === control.role && parent === control.parent && parent >= 0)
          .map(({ name }) => name);
  return { own, others: beside.filter((name) => foldText(name) !== foldText(own)) };
}

const ONLY =
  /\b(?:only|just|nur|seulement|s[oó]lo|somente|apenas|alleen|bara|kun|tylko)\b|только|のみ|仅|만/iu;
const MOSTLY_TAGS = 0.6;

/**
 * What a filter has let stand although it says to be of another choice, or has hidden although it says to be of this one. Entries that say nothing of
 * it are nobody's proof.
 */
export function misfiltered(
  step: Pick<CandidateStep, 'action' | 'leavesOut'>,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  const isSaid = ONLY.test(targetOf(step)?.name ?? '');
  if (step.leavesOut === undefined && !isSaid) return undefined;
  if (before.path.split(/[?#]/)[0] !== after.path.split(/[?#]/)[0]) return undefined;
  const { own, others } = choicesOf(step, before);
  const [wanted, ...unwanted] = [own.replace(ONLY, ''), ...others].map(wordsIn);
  if (wanted === undefined || wanted.length === 0) return undefined;
  const all = itemsOf(PageView.of(before));
  const gone = all.filter(({ title }) => !textIsVisible(after, title));
  if (gone.length === all.length || gone.length === 0) return undefined;
  const tags = tagsOf(all, wanted);
  const isOther = (item: Item): boolean =>
    !has(item.text, wanted) && (unwanted.some((words) => has(item.text, words)) || tags.has(tagOf(item)));
  const left = all.find((item) => !gone.includes(item) && isOther(item));
  if (left !== undefined) return `the list still shows what is of another kind: “${left.title}”`;
  const hidden = gone.find((item) => has(item.title, wanted) || (tags.size > 0 && tagOf(item) === wanted[0]));
  return hidden === undefined ? undefined : `“${hidden.title}” is of the kind and is hidden`;
}

const tagOf = ({ text }: Item): string => wordsIn(text).pop() ?? '';

/** The words of other kinds, where each entry ends with the word of its own: fewer words than entries, and all that name the kind have it there. */
function tagsOf(items: readonly Item[], wanted: readonly string[]): Set<string> {
  const ends = items.map(tagOf);
  const isTag =
    wanted.length === 1 &&
    new Set(ends).size <= items.length * MOSTLY_TAGS &&
    items.every((item) => has(item.text, wanted) === (tagOf(item) === wanted[0]));
  return new Set(isTag ? ends.filter((word) => word !== wanted[0]) : []);
}

const STATES = ['checked', 'pressed', 'selected'] as const;
const isOn = (one: PageElement | undefined): boolean => STATES.some((state) => one?.[state] === true);

/** The one that is chosen now in place of the one that was clicked: another of the same row of choices. */
export function anotherChosen(
  step: Pick<CandidateStep, 'action'>,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  const target = targetOf(step);
  if (target === undefined || step.action.type !== 'click' || before.path !== after.path) return undefined;
  const was = findTargets(before.elements, target)[0];
  const at = was === undefined ? -1 : before.elements.indexOf(was);
  const is = after.elements[at];
  // A page that has become another one cannot be compared one by one.
  if (was === undefined || after.elements.length !== before.elements.length || is?.role !== was.role)
    return undefined;
  if (isOn(was) || isOn(is) || !STATES.some((state) => is[state] === false)) return undefined;
  const other = after.elements.find(
    (one, n) =>
      n !== at &&
      one.role === was.role &&
      one.parent === is.parent &&
      isOn(one) &&
      before.elements[n]?.role === one.role &&
      !isOn(before.elements[n]),
  );
  return other === undefined ? undefined : `“${foldText(other.name)}” is chosen instead`;
}

const VIEWS =
  /\b(?:view|layout|grid|list|gallery|cards?|tiles?|columns?|rows?|compact|comfortable|dense|density|wide|narrow|split|timeline|zoom|sidebar|panel|ansicht|raster|kacheln|vue|grille|vista|cuadr[ií]cula|griglia)\b|表示|视图|보기/iu;

/** A control of the view that is pressed now, while everything else is what it was, where it was. */
export function onlyPressed(
  step: Pick<CandidateStep, 'action'>,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  const target = targetOf(step);
  if (target === undefined || step.action.type !== 'click' || !VIEWS.test(target.name)) return undefined;
  const control = findTargets(before.elements, target)[0];
  if (control === undefined || before.path !== after.path || before.theme !== after.theme) return undefined;
  const looks = ({ elements }: PageSnapshot): string =>
    elements
      .filter((one) => one.role !== control.role || one.parent !== control.parent)
      .map(({ role, name, text, value, picture, expanded, box: { x, y, width, height } }) =>
        [role, name, text, value, picture, expanded, ...[x, y, width, height].map(Math.round)].join(' '),
      )
      .join('\n');
  return looks(before) === looks(after)
    ? 'only the control looks otherwise: the page is laid out as before'
    : undefined;
}

/** The heading that an entry stands under: the last one before it. */
function headingOver({ elements }: PageSnapshot, title: string): string | undefined {
  const at = elements.findIndex(
    ({ role, name, text = '' }) =>
      ENTRY_ROLES.includes(role) && `${foldText(name)} ${foldText(text)}`.includes(title),
  );
  const headings = elements.slice(0, Math.max(0, at)).filter(({ role }) => role === 'heading');
  return at === -1 ? undefined : headings[headings.length - 1]?.name;
}

const SHORTEST_STEM = 4;

/** An entry that was to go where a heading says the very word of the control, and stands under another one now. */
export function underAnother(
  step: Pick<CandidateStep, 'action' | 'asks'>,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  if (step.asks?.kind !== 'row' || before.path !== after.path) return undefined;
  const { title } = step.asks;
  const [was, is] = [before, after].map((page) => headingOver(page, title));
  if (was === undefined || is === undefined || was === is) return undefined;
  const verbs = wordsIn(targetOf(step)?.name.replace(title, '') ?? '')
    .filter((word) => word.length > SHORTEST_STEM)
    .map((word) => word.slice(0, Math.max(SHORTEST_STEM, word.length - 2)));
  const names = (heading: string): boolean =>
    wordsIn(heading).some((word) => verbs.some((verb) => word.startsWith(verb)));
  const meant = after.elements.find(({ role, name }) => role === 'heading' && names(name));
  return meant === undefined || names(is)
    ? undefined
    : `“${title}” stands under “${is}”, not under “${foldText(meant.name)}”`;
}

/** The button that what was only set in a dialog still waits for. */
export function waitsFor(
  step: Pick<CandidateStep, 'action' | 'success'>,
  page: PageSnapshot,
): string | undefined {
  const { action, success } = step;
  const isSet =
    (action.type === 'type' && !action.submit) ||
    action.type === 'select' ||
    (action.type === 'click' && ['option', 'radio', 'checkbox', 'switch'].includes(action.target.role));
  if (!isSet || (success.kind !== 'value' && success.kind !== 'state')) return undefined;
  const view = PageView.of(page);
  const field = findTargets(view.nodes, success.target)[0];
  const node = view.nodes.find((one) => one === field);
  const dialog = node && view.inside(node, 'dialog', 'alertdialog');
  const commit =
    dialog &&
    view
      .descendants(dialog)
      .find((one) => one.role === 'button' && one.disabled !== true && COMMITS.test(foldText(one.name)));
  return commit === undefined ? undefined : foldText(commit.name);
}

/** What another field has taken of a text that was entered into one. */
export function enteredElsewhere(
  step: Pick<CandidateStep, 'action' | 'success'>,
  before: PageSnapshot,
  after: PageSnapshot,
): string | undefined {
  const { action, success } = step;
  if (action.type !== 'type' || success.kind !== 'value' || before.path !== after.path) return undefined;
  const own = findTargets(after.elements, success.target)[0];
  if (own === undefined) return undefined;
  const other = after.elements.find((one, at) => {
    const then = before.elements[at];
    return (
      one !== own &&
      one.role === own.role &&
      then?.role === one.role &&
      then.name === one.name &&
      one.value === success.equals &&
      then.value !== one.value
    );
  });
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const [now, wanted] = [plain(own.value), plain(success.equals)];
  // A field that formats what it takes shows it in its own way.
  if (now === '' || now.startsWith(wanted) || wanted.startsWith(now)) return undefined;
  return other === undefined
    ? `the field shows “${own.value}” as soon as it is left`
    : `“${foldText(other.name)}” has taken it instead`;
}

/** That a control is on now, where its name has a number that counts by itself. */
export function stateBesideNumber(
  { action }: Pick<CandidateStep, 'action'>,
  before: PageSnapshot,
  after: PageSnapshot,
): Condition | undefined {
  const stem =
    action.type === 'click' ? (/^[^\d]{3,}/u.exec(foldText(action.target.name))?.[0].trim() ?? '') : '';
  if (action.type !== 'click' || stem === '' || stem === foldText(action.target.name)) return undefined;
  const target: Target = { ...action.target, name: stem, exact: false };
  const [was, is] = [before, after].map((page) => findTargets(page.elements, target));
  const state = STATES.find((one) => is?.[0]?.[one] === true && was?.[0]?.[one] !== true);
  return state === undefined || is?.length !== 1 || was?.length !== 1
    ? undefined
    : { kind: 'state', target, state, equals: true };
}
