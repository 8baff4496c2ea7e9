import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate } from '../candidate';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { sentence, shorten, stemsOf } from '../words';
import type { Answers } from './act-on-row';
import { composeNote } from './compose';
import type { Message } from './compose';
import { clickOn, isControl, nameOf } from './controls';
import { meantOn } from './meant';
import { sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';
import { referTo } from './refer';
import { rowsOf, targetInRow } from './rows';
import type { Row } from './rows';
import { seekNote } from './seek';

/** A control of the thing that is named: in its row, or on what opens when the row is clicked. `onlyWhole`: no other row is opened than one that is clicked as a whole. */
export function pressWithin(part: IntentPart, context: RulesContext, onlyWhole = false): Answers {
  const { within } = part;
  if (within === undefined) return { candidates: [], reason: '' };
  let reason = '';
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const referred = referTo(within, rowsOf(view), view, {
      ...(context.focus === undefined ? {} : { focus: context.focus }),
    });
    const row = 'rows' in referred ? referred.rows[0] : undefined;
    if (row === undefined) {
      reason ||= 'missing' in referred ? referred.missing : '';
      return [];
    }
    const named = controlOf(part, view, row);
    // What is called by the thing's name alone does not do what the verb says.
    const inRow =
      onlyWhole && named && !stemsOf(nameOf(named)).some((word) => sameMeaning(word, part.verb))
        ? undefined
        : named;
    if (inRow !== undefined && !allowed(context, nameOf(inRow))) {
      reason = `“${shorten(nameOf(inRow), 60)}” ends, pays, sends or deletes something, and the intent does not say so.`;
      return [];
    }
    const title = titleOf(part, row, inRow);
    const message = messageIn(part);
    const note = message && composeNote(message);
    const steps = inRow
      ? [
          {
            ...clickOn(view, inRow, targetInRow(view, row, inRow), title),
            ...(note === undefined ? {} : { continues: note }),
          },
        ]
      : onlyWhole && row.node.role !== 'generic' && row.node.clickable !== true
        ? []
        : byOpening(part, view, row);
    if (steps.length === 0) reason ||= `“${shorten(row.title, 50)}” offers nothing of this name.`;
    return steps.length === 0
      ? []
      : [
          candidate({
            kind: 'toggle',
            title,
            description: 'Exactly this one.',
            startPath: view.path,
            steps: [...before, ...steps],
            score: 95 - 3 * before.length - (inRow ? 0 : 5),
            words: [row.title],
            needsSignIn: view.page.signedIn ?? false,
            about: row.title,
          }),
        ];
  });
  return { candidates, reason };
}

const controlOf = (part: IntentPart, view: PageView, row: Row): Node | undefined =>
  meantOn(view, part.object, isControl, row.members) ??
  (part.act === 'press' ? undefined : meantOn(view, wantedOf(part), isControl, row.members));

/** Clicks the row, or what it is called, and looks for the control on what that opens. */
function byOpening(part: IntentPart, view: PageView, row: Row): CandidateStep[] {
  const opener =
    isControl(row.node) || row.node.role === 'generic' || row.node.clickable === true
      ? row.node
      : row.members.find((node) => isControl(node) && row.text.startsWith(nameOf(node)));
  if (opener === undefined) return [];
  const message = messageIn(part);
  const note = seekNote({ p: wantedOf(part), ...(message === undefined ? {} : { c: message }) });
  if (note === undefined) return [];
  const clicked = clickOn(view, opener, view.targetOf(opener), `Open “${shorten(row.title, 50)}”`);
  return [{ ...clicked, continues: note }];
}

/** How the control is spoken of: by its own name, or by the verb. */
const wantedOf = (part: IntentPart): string =>
  part.act === 'press' ? part.object : (/^\p{L}+/u.exec(part.said ?? '')?.[0] ?? part.verb);

/** What is to be written, and to whom, of `reply to them with the text "x"` and `forward that email to Ana`. */
function messageIn(part: IntentPart): Message | undefined {
  if (part.act === 'press') return undefined;
  const text = part.quoted[0];
  const to = /\sto\s+(?!them\b|him\b|her\b|it\b|me\b|this\b|that\b|the\b)(\S+)\s*$/iu.exec(
    part.said ?? '',
  )?.[1];
  return text === undefined && to === undefined
    ? undefined
    : { ...(text === undefined ? {} : { t: text }), ...(to === undefined ? {} : { to }) };
}

function titleOf(part: IntentPart, row: Row, control: Node | undefined): string {
  const said = control === undefined ? part.object.replace(/["“”]/gu, '') : nameOf(control);
  return `${sentence(shorten(said, 50))}: “${shorten(row.title, 50)}”`;
}
