import { findTargets, foldText } from '@showrunner/contracts';
import type { Asked, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate, click, fill, submit } from '../candidate';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint } from '../sample-values';
import { shorten } from '../words';
import type { Answers } from './act-on-row';
import { asAsked } from './as-asked';
import { isControl, nameOf } from './controls';
import type { Labelling } from './labelling';
import { noteOf } from './note';
import { readPart } from './read-intent';
import { referTo } from './refer';
import { rowsOf, targetInRow } from './rows';
import type { Row } from './rows';

/** What takes a label of one thing has come up. */
export const LABEL_ROW = 'label-row';

/** The label, and the title of what gets it; in the note of a step, so its names are short. */
interface Noted {
  t: string;
  to: string;
}

const SAYS_LABEL =
  /(?<!\p{L})(?:label|tag|keyword|categor|etikett|schlagw|étiquette|mots?-clé|etiqueta|etichett|trefwoord)|タグ|ラベル|标签|标籤|وسم/iu;
/** What takes a label away, or stands for one that is there. */
const REMOVES =
  /(?<!\p{L})(?:remove|delete|clear|entfern\w*|lösch\w*|supprim\w*|retir\w*|quita\w*|elimina\w*|rimuov\w*)(?!\p{L})|[×✕✖]/iu;
const KEEPS =
  /^(?:add|save|ok|apply|done|create|set|\+|hinzufügen|speichern|ajouter|enregistrer|añadir|guardar|aggiungi|salva|adicionar|salvar|toevoegen|opslaan|✓|✔|追加|保存)(?!\p{L})/iu;

/** Puts a label on one of many things, with what that thing has for it: it has to stand on it afterwards, and on no other. */
export function labelRow({ text, to }: Labelling, context: RulesContext): Answers {
  let reason = '';
  // What it goes on may be called by any words: `the note Books to read`.
  const part = { ...readPart(`open ${to}`), verb: '' };
  const candidates = context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const referred = referTo(part, rowsOf(view), view, {
      ...(context.focus === undefined ? {} : { focus: context.focus }),
      prefer: (row) => openerIn(row) !== undefined || fieldIn(row) !== undefined,
    });
    if ('missing' in referred) reason ||= referred.missing;
    const row = 'rows' in referred ? referred.rows[0] : undefined;
    if (row === undefined) return [];
    const steps = stepsOn(view, row, text);
    reason ||= `“${shorten(row.title, 50)}” offers nothing that takes a label.`;
    return steps.length === 0
      ? []
      : [
          candidate({
            kind: 'edit',
            title: `Label “${shorten(row.title, 40)}” “${shorten(text, 40)}”`,
            ...asAsked(view),
            steps: [...before, ...steps],
            score: 96 - 3 * before.length,
            words: [text, row.title],
            about: row.title,
          }),
        ];
  });
  return { candidates, reason: candidates.length > 0 ? '' : reason };
}

const fieldIn = ({ members }: Row): Node | undefined =>
  members.find((node) => isTextField(node) && isUsable(node) && SAYS_LABEL.test(fieldHint(node)));

const openerIn = ({ members }: Row): Node | undefined =>
  members.find(
    (node) =>
      ['button', 'link'].includes(node.role) &&
      isControl(node) &&
      [nameOf(node), node.hint ?? ''].some((name) => SAYS_LABEL.test(name) && !REMOVES.test(name)),
  );

function stepsOn(view: PageView, row: Row, text: string): CandidateStep[] {
  const field = fieldIn(row);
  if (field !== undefined) return entering(view, field, text, row);
  const opener = openerIn(row);
  const note = noteOf(LABEL_ROW, { t: text, to: row.title } satisfies Noted);
  if (opener === undefined || note === undefined) return [];
  const target = targetInRow(view, row, opener);
  const opened = click(
    target,
    `Open the labels of “${shorten(row.title, 40)}”`,
    { kind: 'elementHidden', target },
    true,
  );
  return [{ ...opened, continues: note }];
}

const asksOf = (text: string, { title }: Pick<Row, 'title'>): Asked => ({
  ...{ kind: 'written', text, to: title, own: true },
});

function entering(view: PageView, field: Node, text: string, row: Row): CandidateStep[] {
  const asks = asksOf(text, row);
  const isWithin = row.members.some(({ index }) => index === field.index);
  const target = isWithin ? targetInRow(view, row, field) : view.targetOf(field);
  const caption = `Enter “${shorten(text, 40)}”`;
  const among = isWithin ? row.members : view.nodes;
  const keeps = among.find(
    (node) =>
      node.role === 'button' &&
      node.index > field.index &&
      node.index <= field.index + 3 &&
      KEEPS.test(nameOf(node)),
  );
  // Another thing may have this label already.
  const isOld = view.shows(text);
  const said = isOld
    ? ({ kind: 'elementHidden', target } as const)
    : ({ kind: 'textVisible', text } as const);
  // It may be disabled until something is entered.
  if (keeps === undefined) return [{ ...submit(target, text, caption, said, isOld), asks }];
  const kept = isWithin ? targetInRow(view, row, keeps) : view.targetOf(keeps);
  return [fill(target, text, caption), { ...click(kept, shorten(nameOf(keeps), 40), said, isOld), asks }];
}

/** The choice of this name, or the field that has come up for it. Empty when neither has. */
export function stepsOfLabelling(
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  note: string,
): CandidateStep[] {
  const { t: text, to } = JSON.parse(note) as Noted;
  const view = PageView.of(page);
  const row = rowsOf(view).find(({ title }) => title === to);
  if (row === undefined) return [];
  const isFresh = (node: Node): boolean =>
    before === undefined ||
    findTargets(before.elements, { role: node.role, name: foldText(node.name), exact: true }).length <
      findTargets(page.elements, { role: node.role, name: foldText(node.name), exact: true }).length;
  const fresh = view.nodes.filter((node) => isUsable(node) && isFresh(node));
  const [choice, ...choices] = fresh.filter(
    (node) =>
      CHOICES.includes(node.role) &&
      foldText(nameOf(node)).toLowerCase() === text.toLowerCase() &&
      node.checked !== true,
  );
  if (choice !== undefined && choices.length === 0) {
    const target = view.targetOf(choice);
    const taken = click(target, `Choose “${shorten(text, 40)}”`, { kind: 'textVisible', text });
    return [{ ...taken, asks: asksOf(text, row) }];
  }
  const fields = fresh.filter(isTextField);
  const [field, ...others] = fields.some((node) => row.members.includes(node))
    ? fields.filter((node) => row.members.includes(node))
    : fields;
  return field === undefined || others.length > 0 ? [] : entering(view, field, text, row);
}
const CHOICES = ['option', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'checkbox', 'button', 'listitem'];
