import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, PageSnapshot, Target } from '@showrunner/contracts';
import { candidate, click, fill, step } from '../candidate';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { OPENED_FORM } from '../rules/edit';
import { choicesOn } from '../rules/choices';
import { sentence, shorten, stem, stemsOf } from '../words';
import { asAsked } from './as-asked';
import { isControl, nameOf } from './controls';
import { placeIn } from './drag';
import { sameMeaning } from './meanings';
import { noteOf } from './note';
import { readPart } from './read-intent';
import type { IntentPart } from './read-intent';
import { referTo } from './refer';
import { actsOn, askedOf, controlIn, wantedName } from './row-control';
import { rowsOf, targetInRow } from './rows';
import type { Row } from './rows';

/** What a row offers has come up: the control that is asked for is used. */
export const IN_ROW_MENU = 'in-row-menu';

/** What is asked for, and of what; written into the note of a step, so its names are short. */
interface Wanted {
  /** The part as it was said. */
  p: string;
  /** Title of the row. */
  t: string;
}

/** Signs and words of what opens the actions of one thing. */
export const OPENS_MENU =
  /^(?:[⋮⋯…︙•·.☰≡⚙▾▼˅]{1,3}|(?:open |show )?(?:more|actions?|options|menu|more actions|more options|mehr|aktionen|optionen|más|opciones|acciones|plus|options|altro|azioni|mais|ações|opções|المزيد|خيارات|その他|操作|メニュー|更多))$/iu;
const OPENED = new Set<IntentPart['act']>([
  'open',
  'show',
  'choose',
  'set',
  'add',
  'search',
  'filter',
  'sort',
]);

/** What a row may offer without showing it: behind its menu, while the pointer is over it, with the other mouse button, by a double click. */
export function behindRow(view: PageView, row: Row, part: IntentPart, before: CandidateStep[]): Candidate[] {
  if (part.act === 'move' && placeIn(part.value ?? '') !== undefined) return [];
  if (OPENED.has(part.act) || (part.act === undefined && part.verb === '')) return [];
  const note = noteOf(IN_ROW_MENU, { p: part.text, t: row.title } satisfies Wanted);
  if (note === undefined) return [];
  const target = view.targetOf(row.node);
  const hidden = { kind: 'elementHidden', target } as const;
  const shown = shorten(row.title, 50);
  const menu = row.members.find(
    (node) =>
      isUsable(node) &&
      ['button', 'generic', 'link', 'img'].includes(node.role) &&
      (node.popup === 'menu' ||
        [nameOf(node), foldText(node.name), node.hint ?? ''].some((name) => OPENS_MENU.test(name))),
  );
  const opened = menu && targetInRow(view, row, menu);
  // What shows its controls hides no others behind a gesture that nothing speaks of.
  const isBlank = row.members.every(
    (node) => node === menu || !isControl(node) || nameOf(node) === row.title,
  );
  const ways: CandidateStep[] = [
    ...(opened === undefined
      ? []
      : [click(opened, `Open the actions of “${shown}”`, { kind: 'elementHidden', target: opened }, true)]),
    ...(isBlank
      ? [
          step({ type: 'hover', target }, `Point at “${shown}”`, hidden, true),
          step({ type: 'click', target, button: 'right' }, `Open the actions of “${shown}”`, hidden, true),
        ]
      : []),
    ...selecting(view, row, part),
  ];
  const base = {
    kind: part.act === 'edit' || part.act === 'delete' || part.act === 'move' ? 'edit' : 'toggle',
    title: titleOf(part, row),
    ...asAsked(view),
    words: [row.title],
    about: row.title,
  } as const;
  const behind = ways.map((way, at) =>
    candidate({
      ...base,
      steps: [...before, { ...way, continues: note }],
      score: 90 - at - 3 * before.length,
    }),
  );
  if (part.act !== 'edit' || part.value === undefined || !isBlank) return behind;
  const written = step(
    { type: 'doubleClick', target: textTarget(view, row) ?? target },
    `Double-click “${shown}”`,
    hidden,
    true,
  );
  return [
    ...behind,
    candidate({
      ...base,
      steps: [...before, { ...written, continues: note }],
      score: 86 - 3 * before.length,
    }),
  ];
}

/** Rows that are only selected offer what to do with them in a bar of the page. */
function selecting(view: PageView, row: Row, part: IntentPart): CandidateStep[] {
  const box = row.members.find(
    (node) =>
      node.role === 'checkbox' &&
      isUsable(node) &&
      node.checked === false &&
      (nameOf(node) === '' || SELECTS.test(nameOf(node))),
  );
  const shown = row.members.filter(
    (node) => node.role === 'button' && isUsable(node) && nameOf(node) !== '' && nameOf(node) !== row.title,
  );
  // A row that shows what it offers offers no more.
  if (box === undefined || part.act === 'mark' || shown.length > 1) return [];
  const target = targetInRow(view, row, box);
  const ticked = { kind: 'state', target, state: 'checked', equals: true } as const;
  return [click(target, `Select “${shorten(row.title, 50)}”`, ticked)];
}
const SELECTS = /\b(?:select|auswählen|sélectionner|seleccionar|seleziona|selecionar)\b|選択|选择|تحديد/iu;

/** The part of a row that holds its words. */
const textTarget = (view: PageView, row: Row): Target | undefined => {
  const node = row.members.find((one) => foldText(one.name) === row.title && !isTextField(one));
  return node && targetInRow(view, row, node);
};

const titleOf = (part: IntentPart, row: Row): string => {
  const shown = shorten(row.title, 50);
  if (part.act === 'edit' && part.value !== undefined)
    return `Rename “${shown}” to “${shorten(part.value, 40)}”`;
  if (part.act === 'move' && part.value !== undefined) return `Move “${shown}” to ${shorten(part.value, 40)}`;
  const name = wantedName(part);
  return `${sentence(name || 'Use')}${/\s/.test(name) ? ':' : ''} “${shown}”`;
};

/** The step that does it with what has come up. Empty when nothing of this name has. */
export function stepsInRowMenu(
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  note: string,
): CandidateStep[] {
  const { p, t } = JSON.parse(note) as Wanted;
  const view = PageView.of(page);
  const part = readPart(p);
  const typed = part.act === 'edit' ? inPlace(view, before, part.value, t) : [];
  if (typed.length > 0) return typed;
  const item = itemFor(part, choicesOn(view, before)) ?? itemFor(part, newlyUsable(view, before));
  const rows = rowsOf(view);
  const referred = referTo(part, rows, view, { prefer: (one) => controlIn(one, part) !== undefined });
  const row = rows.find((one) => one.title === t) ?? ('rows' in referred ? referred.rows[0] : undefined);
  if (item !== undefined) return used(view, item, part, { title: t });
  const control = row && controlIn(row, part);
  if (row === undefined || control === undefined) return [];
  const [first] = actsOn(view, row, control, part, []);
  if (first === undefined) return [];
  const { steps } = first.feature;
  const last = steps[steps.length - 1];
  return last === undefined || first.continues === undefined
    ? steps
    : [...steps.slice(0, -1), { ...last, continues: first.continues }];
}

/** Buttons that came, or can be pressed only now: a place of the same name stands elsewhere. */
const newlyUsable = (view: PageView, before: PageSnapshot | undefined): Node[] =>
  before === undefined
    ? []
    : view.nodes.filter(
        (node) =>
          ['button', 'link'].includes(node.role) &&
          isUsable(node) &&
          !before.elements.some(
            (one) =>
              one.role === node.role &&
              one.name === node.name &&
              isUsable(one) &&
              one.box.x === node.box.x &&
              one.box.width === node.box.width,
          ),
      );

/** Of several whose names hold what is wanted the one that says least else. */
function itemFor(part: IntentPart, fresh: readonly Node[]): Node | undefined {
  const goal = part.act === 'move' ? (part.value ?? part.column) : undefined;
  const wanted =
    goal === undefined ? wantedWords(part) : stemsOf(goal.replace(/^(?:the|column|list)\s+/iu, ''));
  const fitting = fresh.filter((node) => {
    const has = stemsOf(nameOf(node));
    return wanted.length > 0 && wanted.every((word) => has.some((one) => sameMeaning(one, word)));
  });
  return [...fitting].sort((a, b) => nameOf(a).length - nameOf(b).length)[0];
}

const wantedWords = (part: IntentPart): string[] => {
  if (part.act === 'delete') return ['delet'];
  if (part.act === 'edit') return ['renam'];
  if (part.act === 'mark' && wantedName(part) === part.verb) return ['done'];
  return stemsOf(wantedName(part));
};

function used(view: PageView, node: Node, part: IntentPart, row: Pick<Row, 'title'>): CandidateStep[] {
  const target = view.targetOf(node);
  const asks = askedOf(part, row, view);
  const caption = `${shorten(nameOf(node), 40)}: “${shorten(row.title, 50)}”`;
  if (part.act === 'edit') {
    const { value } = part;
    const again = noteOf(IN_ROW_MENU, { p: part.text, t: row.title } satisfies Wanted);
    if (value === undefined || again === undefined)
      return [{ ...click(target, caption, { kind: 'elementHidden', target }, true), continues: OPENED_FORM }];
    return [{ ...click(target, caption, { kind: 'elementHidden', target }, true), continues: again }];
  }
  if (part.act === 'delete')
    return [{ ...click(target, caption, { kind: 'textHidden', text: row.title }), asks }];
  const isPutAway = PUTS_AWAY.some((verb) => sameMeaning(verb, part.verb));
  const guess = isPutAway
    ? ({ kind: 'textHidden', text: row.title } as const)
    : ({ kind: 'elementHidden', target } as const);
  return [{ ...click(target, caption, guess, true), asks }];
}

/** After these the thing is mostly somewhere else. */
const PUTS_AWAY = ['archive', 'hide', 'snooze'].map(stem);

/** The field that has come up in the place of the text: it is written anew, and sent by Enter or by what saves. */
function inPlace(
  view: PageView,
  before: PageSnapshot | undefined,
  value: string | undefined,
  title: string,
): CandidateStep[] {
  const fields = view.nodes.filter(
    (node) => isTextField(node) && isUsable(node) && node.value.trim() === title,
  );
  const isOld = (node: Node): boolean =>
    before?.elements.some((one) => isTextField(one) && one.value === node.value) === true;
  const field = fields.find((node) => !isOld(node));
  if (field === undefined || value === undefined) return [];
  const target = view.targetOf(field);
  const asks = { kind: 'renamed', text: value, instead: title } as const;
  const caption = `Rename it to “${shorten(value, 60)}”`;
  const visible = { kind: 'textVisible', text: value } as const;
  const save = view
    .ofRole('button')
    .find((node) => node.index > field.index && node.index <= field.index + 4 && SAVES.test(nameOf(node)));
  return save === undefined
    ? [{ ...step({ type: 'type', target, text: value, submit: true }, caption, visible), asks }]
    : [
        fill(target, value, caption),
        { ...click(view.targetOf(save), shorten(nameOf(save), 40), visible), asks },
      ];
}

const SAVES =
  /^(?:save|ok|done|apply|update|rename|speichern|fertig|enregistrer|guardar|salva|salvar|حفظ|保存|✓|✔)\b/iu;
