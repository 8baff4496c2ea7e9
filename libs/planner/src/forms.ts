import { foldText } from '@showrunner/contracts';
import {
  ADDS,
  CALCULATES,
  CANCELS,
  CHANGES,
  GOES_ON,
  REGISTERS,
  SEARCHES,
  SIGNS_IN,
  SUBMITS,
} from '@showrunner/language';
import { isField, isTextField, isUsable } from './page-view';
import type { Node, PageView } from './page-view';
import { fieldHint, fieldKind } from './sample-values';
import { readable } from './words';

/** Fields that belong together, and what sends them. */
export interface Form {
  container: Node | undefined;
  fields: Node[];
  /** Fields and buttons that a calendar fills: they cannot be typed into. */
  pickers: Node[];
  /** Button that submits; undefined when only Enter can. */
  button: Node | undefined;
  /** Name of the form: its own, or the heading of its dialog or page. */
  heading: string;
  kind: 'signIn' | 'register' | 'search' | 'numbers' | 'change' | 'create' | 'wizard' | 'other';
}

const CONTINUES =
  /^(?:(?:save and )?continue|proceed|go on|fortfahren|continuer|continuar|continua|prosegui|doorgaan|kontynuuj|pokračovat|fortsätt|fortsett|fortsæt|jatka|devam(?: et)?|продолжить|продовжити)$|^(?:続ける|続行|次に進む|继续|繼續|계속|متابعة|استمرار|המשך|जारी रखें)/iu;
/** Whether a button leads to the next page of a form. */
export const goesOn = (name: string): boolean => GOES_ON.test(name) || CONTINUES.test(readable(name));

const PLUS = /^[+➕]$/;
const EQUALS = /^=$/;
/** The French verb, which is a noun in the names of pictures. */
const POSTER = /\S posters?\b/i;
const submits = (name: string): boolean =>
  (SUBMITS.test(name) && !(POSTER.test(name) && !SUBMITS.test(name.replace(POSTER, ' ')))) || PLUS.test(name);
const calculates = (name: string): boolean => CALCULATES.test(name) || EQUALS.test(name);

const TICKED = ['checkbox', 'radio', 'switch'];
/** `New contact`, `Add row`: words that make something rather than send something off. */
const MAKES = { test: (name: string): boolean => ADDS.test(name) || PLUS.test(name) };

const PICKS_DAY = /\b(pick|choose|select)\b.{0,12}\b(date|day)s?\b/i;

/** Filled by a calendar: a date that nobody can type. */
const isPicker = (view: PageView, node: Node): boolean =>
  node.disabled !== true &&
  ((node.role === 'textbox' &&
    node.readonly === true &&
    node.value === '' &&
    (fieldKind(node) === 'date' ||
      /\b(day|arriv|depart|check-?in|check-?out|when|from|until)/i.test(fieldHint(node)))) ||
    (node.role === 'button' &&
      PICKS_DAY.test(node.name) &&
      !view.nodes.some(
        (field) => field.role === 'textbox' && field.index < node.index && node.index - field.index <= 3,
      )));

export const isSearchField = (field: Node): boolean =>
  field.role === 'searchbox' ||
  field.inputType === 'search' ||
  (isTextField(field) && SEARCHES.test(fieldHint(field)));

/** All forms of the page: one a form, dialog or search landmark, and one for each run of fields outside of them. */
export function formsOf(view: PageView): Form[] {
  const fields = view.nodes.filter(
    (node) =>
      isField(node) && isUsable(node) && view.inside(node, 'row', 'listitem', 'toolbar') === undefined,
  );
  const groups = new Map<number, Node[]>();
  const loose: Node[] = [];
  for (const field of fields) {
    const group = view.groupOf(field);
    if (group === undefined) loose.push(field);
    else groups.set(group.index, [...(groups.get(group.index) ?? []), field]);
  }
  const grouped = [...groups].map(([index, members]) => readForm(view, view.nodes[index], members));
  return [...grouped, ...looseForms(view, loose)];
}

/** Fields without a form are split where a search field stands and after each submit button. */
function looseForms(view: PageView, fields: Node[]): Form[] {
  const runs: Node[][] = [];
  let run: Node[] = [];
  let last: Node | undefined;
  for (const field of fields) {
    const buttonBetween =
      last !== undefined &&
      view.nodes.some(
        (node) =>
          node.role === 'button' &&
          node.index > (last?.index ?? 0) &&
          node.index < field.index &&
          submits(node.name),
      );
    if (isSearchField(field) || buttonBetween || (last !== undefined && isSearchField(last))) {
      if (run.length > 0) runs.push(run);
      run = [];
    }
    run.push(field);
    last = field;
  }
  if (run.length > 0) runs.push(run);
  return runs.map((members) => readForm(view, undefined, members));
}

function readForm(view: PageView, container: Node | undefined, fields: Node[]): Form {
  const button = submitButton(view, container, fields);
  const heading = headingOf(view, container, fields);
  const kind = kindOf(container, fields, button, heading);
  return { container, fields, pickers: pickersOf(view, container, fields), button, heading, kind };
}

/** Those of the form, or, without one, those that stand among the fields. */
function pickersOf(view: PageView, container: Node | undefined, fields: Node[]): Node[] {
  const first = fields[0]?.index ?? 0;
  const last = (fields[fields.length - 1]?.index ?? 0) + 6;
  return view.nodes.filter(
    (node) =>
      isPicker(view, node) &&
      (container === undefined
        ? node.index > first && node.index <= last && view.groupOf(node) === undefined
        : view.ancestors(node).some((one) => one.index === container.index)),
  );
}

function submitButton(view: PageView, container: Node | undefined, fields: Node[]): Node | undefined {
  const lastField = fields[fields.length - 1];
  // A search or a box to tick beside `New item` asks for nothing that this would make.
  const onlySearches = container === undefined && fields.every(isSearchField);
  const onlyTicks = container === undefined && fields.every(({ role }) => TICKED.includes(role));
  const buttons = view.ofRole('button').filter((node) => {
    const name = readable(node.name) || foldText(node.name);
    if (name === '' || CANCELS.test(name) || node.popup !== undefined || node.expanded !== undefined)
      return false;
    if (onlySearches && !SEARCHES.test(name)) return false;
    if (onlyTicks && MAKES.test(name)) return false;
    if (container !== undefined) return view.ancestors(node).some((one) => one.index === container.index);
    // Without a form the button follows its fields closely and is in no other form.
    return (
      lastField !== undefined &&
      node.index > lastField.index &&
      node.index - lastField.index <= 12 &&
      view.groupOf(node) === undefined
    );
  });
  const worded = buttons.filter(
    (node) =>
      submits(node.name) ||
      SIGNS_IN.test(node.name) ||
      calculates(node.name) ||
      CHANGES.test(node.name) ||
      SEARCHES.test(node.name),
  );
  const onward = buttons.find((node) => goesOn(node.name));
  // Libraries put the buttons of a dialog below the form in it.
  const dialog =
    worded.length === 0 && onward === undefined && container?.role === 'form'
      ? view.inside(container, 'dialog', 'alertdialog')
      : undefined;
  const below = dialog && submitButton(view, dialog, fields);
  if (below !== undefined) return below;
  if (container === undefined) return worded[0] ?? onward;
  if (worded.length === 0 && onward !== undefined) return onward;
  return worded[worded.length - 1] ?? (buttons.length === 1 ? buttons[0] : undefined);
}

function headingOf(view: PageView, container: Node | undefined, fields: Node[]): string {
  const dialog = container && view.inside(container, 'dialog', 'alertdialog');
  const own = readable(container?.name ?? '') || readable(dialog?.name ?? '');
  if (own !== '') return own;
  const first = fields[0];
  const headings = view.ofRole('heading').filter((node) => readable(node.name) !== '');
  const inner =
    container && headings.find((node) => view.ancestors(node).some((one) => one.index === container.index));
  const before = headings.filter((node) => first !== undefined && node.index < first.index);
  // A card around the form may say what it is for without calling that a heading.
  const card = container && inner === undefined ? view.inside(container, 'entry') : undefined;
  const says = readable(card?.parts?.[0] ?? '');
  if (ADDS.test(says) && says.split(' ').length <= 4) return says;
  return readable((inner ?? before[before.length - 1] ?? view.mainHeading())?.name ?? '');
}

function kindOf(
  container: Node | undefined,
  fields: Node[],
  button: Node | undefined,
  heading: string,
): Form['kind'] {
  const passwords = fields.filter((field) => field.inputType === 'password');
  const texts = fields.filter(isTextField);
  const label = `${button?.name ?? ''} ${heading}`;
  if (passwords.length > 0) {
    if (
      REGISTERS.test(button?.name ?? '') ||
      passwords.length > 1 ||
      (REGISTERS.test(heading) && !SIGNS_IN.test(button?.name ?? ''))
    )
      return 'register';
    return texts.length >= 1 && texts.length <= 3 ? 'signIn' : 'other';
  }
  if (container?.role === 'search' || (texts.length > 0 && texts.every(isSearchField))) return 'search';
  if (button !== undefined && goesOn(button.name)) return 'wizard';
  if (texts.length === 0) return 'other';
  const numeric = texts.filter((field) => field.role === 'spinbutton' || field.inputType === 'number');
  const adds = ADDS.test(label) || CHANGES.test(label) || /\bpost\b/i.test(label);
  if (numeric.length > 0 && numeric.length === texts.length && !adds) return 'numbers';
  if (
    texts.some(
      (field) => field.value.trim() !== '' && field.inputType !== 'number' && field.inputType !== 'date',
    ) &&
    (button === undefined || CHANGES.test(button.name))
  )
    return 'change';
  if (button !== undefined ? submits(button.name) : texts.length === 1) return 'create';
  return 'other';
}
