import { findTargets, foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, ExploredPage, PageSnapshot } from '@showrunner/contracts';
import { candidate, click, fill, step } from '../candidate';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import type { Form } from '../forms';
import { isTextField, isUsable, labelOf, PageView } from '../page-view';
import type { Node } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint, fieldKind, subjectFor } from '../sample-values';
import { readable, shorten } from '../words';
import { COMMITS } from './form-words';
import { isEditor } from './write';

const EDIT = /^(edit|change|rename|update)\b/i;

/** Changing what exists: a form that is filled in already, an edit control, a select in the details of an item. */
export function editFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => [
    ...filledForms(context, view),
    ...editControls(context, view),
    ...detailSelects(context, view),
  ]);
}

function filledForms(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  if (before === undefined) return [];
  return formsOf(view)
    .filter((form) => form.kind === 'change' && allowed(context, form.button?.name ?? ''))
    .flatMap((form) => {
      const steps = changeSteps(view, form);
      if (steps.length === 0) return [];
      const what = shorten(readable(form.heading), 50) || 'the details';
      return [
        candidate({
          kind: 'edit',
          title: /settings|profile|account|preferences/i.test(what)
            ? `Change the ${what.toLowerCase()}`
            : `Edit “${what}”`,
          description: 'Changes are saved at once.',
          startPath: view.path,
          steps: [...before, ...steps],
          variants: form.button === undefined ? [[...before, ...live(steps)]] : [],
          score: 60 - 3 * before.length,
          words: ['edit change update rename save', what],
          needsSignIn: view.page.signedIn,
        }),
      ];
    });
}

/** A control named Edit; the form behind it is read when the rehearsal gets there. */
function editControls(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  // `Update preferences` below fields sends them off, and opens nothing.
  const sends = new Set(formsOf(view).map(({ button }) => button?.index));
  const node = view.nodes.find(
    (one) =>
      ['button', 'link'].includes(one.role) &&
      !sends.has(one.index) &&
      isUsable(one) &&
      EDIT.test(readable(one.name)) &&
      readable(one.name).length <= 60 &&
      allowed(context, one.name),
  );
  if (before === undefined || !node) return [];
  const heading = view.ofRole('heading').filter((one) => one.index < node.index && (one.level ?? 1) >= 1);
  const item = view.inside(node, 'article', 'listitem', 'row', 'entry');
  const within =
    item &&
    view
      .descendants(item)
      .find(
        (one) =>
          ['heading', 'link'].includes(one.role) &&
          one.index !== node.index &&
          readable(one.name).length >= 3,
      );
  const around = itemsOf(view, 1).find((one) =>
    view.ancestors(node).some(({ index }) => index === one.node.index),
  );
  const named = within?.name ?? around?.title ?? (item ? '' : heading[heading.length - 1]?.name);
  const what = shorten(readable(named ?? ''), 50);
  return [
    candidate({
      kind: 'edit',
      title: what === '' ? 'Edit an entry' : `Edit “${what}”`,
      description: 'Changes are saved at once.',
      startPath: view.path,
      steps: [
        ...before,
        click(
          view.targetOf(node),
          what === '' ? 'Open it for editing' : `Open “${what}” for editing`,
          { kind: 'elementHidden', target: view.targetOf(node) },
          true,
        ),
      ],
      score: 63 - 3 * before.length,
      words: ['edit change update rename', what],
      needsSignIn: view.page.signedIn,
      continues: OPENED_FORM,
      ...(what === '' || around === undefined ? {} : { about: around.title }),
    }),
  ];
}

/** What the edit control opens is a form that nobody has seen yet. */
export const OPENED_FORM = 'opened-form';

/** The steps in the form that the edit control has opened. */
export function stepsInOpenedForm(
  snapshot: PageSnapshot,
  wanted?: { text: string; instead: string },
): CandidateStep[] {
  const page: ExploredPage = { path: snapshot.path, snapshot, revealedBy: [] };
  const view = new PageView(page);
  for (const form of formsOf(view)) {
    const filled = form.fields.some((field) => isTextField(field) && field.value.trim() !== '');
    const steps = filled && form.kind !== 'search' ? changeSteps(view, form, wanted) : [];
    if (steps.length > 0) return steps;
  }
  return stepsInRow(view, wanted);
}

/** A row that turns into a field, which may be empty and say whose new name it takes. */
function stepsInRow(view: PageView, wanted?: { text: string; instead: string }): CandidateStep[] {
  const fields = view.nodes.filter(
    (one) =>
      isTextField(one) &&
      isUsable(one) &&
      (wanted === undefined
        ? ['subject', 'long', 'person'].includes(fieldKind(one))
        : one.value.trim() === wanted.instead) &&
      view.inside(one, 'listitem', 'row', 'entry') !== undefined,
  );
  const [field, ...others] = fields;
  const row = field && view.inside(field, 'listitem', 'row', 'entry');
  if (field === undefined || row === undefined || others.length > 0) return [];
  const text =
    wanted?.text ??
    (field.value.trim() === ''
      ? subjectFor(fieldHint(field), view.snapshot.title, (one) => view.shows(one))
      : changedText(field.value, false));
  const saves = view
    .descendants(row)
    .find(
      (one) =>
        one.role === 'button' &&
        /^(?:(?:save|update|apply|ok|done|confirm)\b|[✓✔]$)/i.test(readable(labelOf(one)) || one.name.trim()),
    );
  const visible = { kind: 'textVisible', text } as const;
  const saved =
    saves === undefined
      ? step({ type: 'press', key: 'Enter' }, 'Save the change', visible, true)
      : click(view.targetOf(saves), 'Save the change', visible, true);
  return [
    fill(view.targetOf(field), text, 'Write what it is to be called'),
    { ...saved, ...(wanted && { asks: { kind: 'renamed', ...wanted } }) },
  ];
}

/** What follows the typing at once, without being sent: the same text stands outside of the field. */
function live(steps: readonly CandidateStep[]): CandidateStep[] {
  const [first] = steps;
  return first?.action.type === 'type'
    ? [{ ...first, success: { kind: 'textVisible', text: first.action.text } }]
    : [];
}

/** `wanted`: the text that the user names, and what it takes the place of. */
function changeSteps(
  view: PageView,
  form: Form,
  wanted?: { text: string; instead: string },
): CandidateStep[] {
  const usable = form.fields.filter(
    (one) =>
      isTextField(one) &&
      // An editor saves by itself; there is nothing to press.
      !(isEditor(one) && form.button === undefined) &&
      one.value.trim() !== '' &&
      one.value.length <= 400 &&
      // Another word is no address.
      !/^\w+:\/\//.test(one.value.trim()) &&
      ['subject', 'person', 'long', 'city', 'company', 'firstName'].includes(fieldKind(one)),
  );
  const field =
    usable.find((one) => one.value.trim() === wanted?.instead) ??
    usable.find((one) => fieldKind(one) !== 'long') ??
    usable[0];
  if (!field || (wanted && field.value.trim() !== wanted.instead)) return [];
  const text = wanted?.text ?? changedText(field.value, fieldKind(field) === 'long');
  const target = view.targetOf(field);
  const name = readable(field.name).toLowerCase() || 'text';
  const steps = [fill(target, text, `Change the ${shorten(name, 40)}`)];
  const visible = { kind: 'textVisible', text } as const;
  // A save button may be asleep until something has changed.
  const sleeping =
    form.button ??
    view
      .ofRole('button')
      .find(
        (one) =>
          /\b(save|update|apply)\b/i.test(one.name) &&
          (form.container === undefined ||
            view.ancestors(one).some((two) => two.index === form.container?.index)),
      );
  const saved = sleeping
    ? click(view.targetOf(sleeping), 'Save the change', visible, true)
    : step({ type: 'press', key: 'Enter', target }, 'Save the change', visible, true);
  return [...steps, { ...saved, ...(wanted && { asks: { kind: 'renamed', ...wanted } }) }];
}

// Long texts are replaced by a short one: nobody wants to watch a paragraph being typed.
const changedText = (value: string, long: boolean): string => {
  if (!long && value.trim().length <= 40) return `${value.trim()}, revised`;
  return value.includes('Looks great') ? 'Read it again, still great.' : 'Looks great, ready to go.';
};

/** A select among the details that a click has opened. */
function detailSelects(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  const dialog = view.nodes.find((one) => one.role === 'dialog');
  if (!before || before.length === 0 || !dialog) return [];
  const base = context.views.find((one) => one.path === view.path && one.page.revealedBy.length === 0);
  const select = view
    .descendants(dialog)
    .find(
      (one) =>
        ['combobox', 'listbox'].includes(one.role) &&
        isUsable(one) &&
        (one.options?.length ?? 0) >= 2 &&
        one.value !== '',
    );
  const creates = formsOf(view).some(
    (form) => form.kind === 'create' && form.container?.index === dialog.index,
  );
  const option = select?.options?.find((one) => one !== select.value && one.trim() !== '');
  const isNewOpener = base
    ? findTargets(
        base.nodes,
        before[0]?.action.type === 'click' ? before[0].action.target : { role: '', name: '', exact: true },
      ).length === 0
    : false;
  if (!select || option === undefined || creates || isNewOpener) return [];
  const target = view.targetOf(select);
  const what = shorten(readable(dialog.name), 50);
  const commit = view
    .descendants(dialog)
    .find((one) => one.role === 'button' && isUsable(one) && COMMITS.test(readable(one.name)));
  const chosen = step({ type: 'select', target, option }, `Choose ${shorten(option, 40)}`, {
    kind: 'value',
    target,
    equals: option,
  });
  const title = titleIn(view, dialog, base);
  const isColumn = view.nodes.some(
    (one) => one.role === 'heading' && foldText(one.name).toLowerCase() === option.toLowerCase(),
  );
  // Nothing is done before it is saved, and the thing itself has to show it.
  if (commit !== undefined && title === undefined) return [];
  const asks: CandidateStep['asks'] =
    title === undefined
      ? undefined
      : isColumn
        ? { kind: 'column', title, heading: option }
        : { kind: 'row', title, effect: 'changes' };
  const last: CandidateStep[] =
    commit === undefined
      ? [{ ...chosen, needsEffect: true }]
      : [
          chosen,
          {
            ...click(
              view.targetOf(commit),
              readable(commit.name),
              { kind: 'elementHidden', target: view.targetOf(commit) },
              true,
            ),
            ...(asks && { asks }),
          },
        ];
  return [
    candidate({
      kind: 'edit',
      title: `Move ${what === '' ? 'it' : `“${what}”`} to ${shorten(option, 40)}`,
      description: `A new ${readable(select.name).toLowerCase() || 'value'}, chosen in the details.`,
      startPath: view.path,
      steps: [...before, ...last],
      score: 58,
      words: ['edit change move status column', select.name, option],
      needsSignIn: view.page.signedIn,
    }),
  ];
}

/** The thing on the page that a dialog is about: its heading or its name says it. */
function titleIn(view: PageView, dialog: Node, base: PageView | undefined): string | undefined {
  const said = [dialog.name, ...view.descendants(dialog).map(({ name, value }) => `${name} ${value}`)].map(
    foldText,
  );
  return itemsOf(base ?? view, 1)
    .map((item) => item.title)
    .find((title) => said.some((text) => text.includes(title)));
}
