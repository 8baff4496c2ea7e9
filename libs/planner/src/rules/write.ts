import { findTargets, foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate, step } from '../candidate';
import { itemsOf } from '../items';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { isNew, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { subjectFor } from '../sample-values';
import { readable, shorten, withArticle } from '../words';

/** The field that a double click has opened in the place of a text. */
export const EDIT_IN_PLACE = 'edit-in-place';

/** Added to a number that stands in a cell, for another one. */
const ANOTHER = 35;
const SAYS_DOUBLE_CLICK = /\bdouble[- ]?click(ing)?\b/i;

/** Texts that are written or changed where they stand: in an editor, or by a double click on an entry. */
export function writeFeatures(context: RulesContext): Candidate[] {
  return [
    ...context.views.flatMap((view) => inEditor(context, view)).slice(0, 1),
    ...context.views.flatMap((view) => inPlace(context, view)).slice(0, 1),
  ];
}

/** An editor that owns its text (contenteditable): what is written stands in it, or in what the app makes of it. */
function inEditor(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  const editor = view.nodes.find(
    (node) => isEditor(node) && isUsable(node) && view.groupOf(node)?.role !== 'form',
  );
  if (before === undefined || editor === undefined) return [];
  const name = readable(editor.name);
  const text = subjectFor(`${name} ${view.snapshot.title} note`, '', (one) => !isNew(context, one));
  const target = view.targetOf(editor);
  return [
    candidate({
      kind: 'edit',
      variety: 'write',
      title:
        name !== '' && name.length <= 40
          ? `Write ${withArticle(name.toLowerCase().replace(/^(write|edit|your|an?|the) /, ''))}`
          : 'Write a text',
      description: 'Typed where it will stand.',
      startPath: view.path,
      steps: [
        ...before,
        {
          ...step({ type: 'type', target, text, submit: false }, `Write “${shorten(text, 60)}”`, {
            kind: 'value',
            target,
            equals: text,
          }),
        },
      ],
      score: 68 - 3 * before.length,
      words: ['write edit text note type editor', name],
      needsSignIn: view.page.signedIn,
      creates: text,
    }),
  ];
}

/** A text field that is no input of a form. */
export const isEditor = (node: Node): boolean =>
  node.role === 'textbox' && node.inputType === undefined && node.readonly !== true && node.box.height >= 60;

function inPlace(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  const item = itemsOf(view, 1)[0];
  if (
    before === undefined ||
    item === undefined ||
    !SAYS_DOUBLE_CLICK.test(`${view.snapshot.text} ${context.exploration.readme}`)
  )
    return [];
  const target = view.targetOf(item.node);
  const title = shorten(item.title, 50);
  const open = step({ type: 'doubleClick', target }, `Double-click “${title}”`, {
    kind: 'count',
    role: 'textbox',
    change: 'more',
  });
  return [
    candidate({
      kind: 'edit',
      variety: 'in-place',
      title: `Rename “${title}”`,
      description: 'Changed where it stands.',
      startPath: view.path,
      steps: [...before, { ...open, continues: EDIT_IN_PLACE }],
      score: 67 - 3 * before.length,
      words: ['edit rename change double click', title],
      needsSignIn: view.page.signedIn,
    }),
  ];
}

/** Another text into the field that has opened. */
export function stepsInPlace(page: PageSnapshot, before: PageSnapshot | undefined): CandidateStep[] {
  const view = PageView.of(page);
  const field = view.nodes.find(
    (node) =>
      isTextField(node) &&
      isUsable(node) &&
      node.value.trim() !== '' &&
      node.value.length <= 80 &&
      (before === undefined ||
        !findTargets(before.elements, { role: node.role, name: foldText(node.name), exact: true }).some(
          (one) => one.value === node.value,
        )),
  );
  if (field === undefined) return [];
  const old = field.value.trim();
  // A cell of numbers takes no words.
  const text = /^-?\d+(?:\.\d+)?$/.test(old) ? String(Number(old) + ANOTHER) : `${old}, revised`;
  return [
    step({ type: 'type', target: view.targetOf(field), text, submit: true }, `Write “${shorten(text, 60)}”`, {
      kind: 'textVisible',
      text,
    }),
  ];
}
