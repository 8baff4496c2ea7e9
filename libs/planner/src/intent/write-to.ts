import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate } from '../candidate';
import { isTextField } from '../page-view';
import type { Node, PageView } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint } from '../sample-values';
import { shorten, stem, stemsOf } from '../words';
import type { Answers } from './act-on-row';
import { asAsked } from './as-asked';
import { clickOn, isControl, nameOf, namingWords } from './controls';
import { STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun } from './meanings';
import { noteOf } from './note';
import { readPart } from './read-intent';
import { referTo } from './refer';
import { controlIn } from './row-control';
import { rowsOf, targetInRow } from './rows';
import type { Row } from './rows';
import type { Writing } from './writing';
import { fieldIn, stepsInRow, WRITE_TO, WRITES_IN, writingSteps } from './writing-place';
import type { Noted } from './writing-place';

/** Opens whom or what it goes to, where it is not open yet, writes the words, sends them; they have to stand there afterwards. */
export function writeTo(writing: Writing, context: RulesContext): Answers {
  let reason = '';
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const offer = (steps: CandidateStep[], about: string, score: number): Candidate[] =>
      steps.length === 0
        ? []
        : [
            candidate({
              kind: 'create',
              title: titleOf(writing, about),
              ...asAsked(view),
              steps: [...before, ...steps],
              score: score - 3 * before.length,
              words: [writing.text, about],
              about: about || writing.text,
            }),
          ];
    if (writing.to === '') return offer(writingSteps(view, undefined, { t: writing.text }), '', 90);
    const part = { ...readPart(`open ${writing.to}`), verb: '' };
    const rows = rowsOf(view);
    const referred = referTo(part, rows, view, {
      ...(context.focus === undefined ? {} : { focus: context.focus }),
      prefer: (row) => fieldIn(row) !== undefined || controlIn(row, part) !== undefined,
    });
    const row = 'rows' in referred ? referred.rows[0] : undefined;
    if ('missing' in referred) reason ||= referred.missing;
    const opener =
      (row && (controlIn(row, part) ?? (isControl(row.node) ? row.node : undefined))) ??
      placeCalled(view, writing.to);
    const open = isOpen(view, writing.to)
      ? writingSteps(view, undefined, { t: writing.text, ...(row && { to: row.title }) })
      : [];
    return [
      ...(row === undefined ? [] : offer(stepsInRow(view, row, writing.text), row.title, 97)),
      ...offer(open, writing.to, 96),
      ...(opener === undefined
        ? []
        : offer(byOpening(view, row, opener, writing.text), row?.title ? '' : nameOf(opener), 95)),
    ];
  });
  return {
    candidates,
    reason:
      candidates.length > 0 ? '' : reason || `No place was found to write “${shorten(writing.text, 60)}” in.`,
  };
}

const titleOf = ({ text }: Writing, about: string): string =>
  `Write “${shorten(text, 50)}”${about === '' ? '' : `: “${shorten(about, 40)}”`}`;

/** Words of a name, without those that say what kind of thing it is. */
const namesOf = (phrase: string): string[] =>
  namingWords(phrase.replace(/['’]s\b/giu, ''))
    .filter((word) => !STRUCTURE_WORDS.has(word) && !isCommonNoun(word) && !KINDS.has(word))
    .map(stem);
const KINDS = new Set([
  'channel',
  'chat',
  'conversation',
  'thread',
  'group',
  'mail',
  'email',
  'dm',
  'kanal',
  'canal',
  'canale',
]);

/** A heading, or the name of the field itself, says that it is the one that is meant which is open. */
function isOpen(view: PageView, phrase: string): boolean {
  const names = namesOf(phrase);
  const inRows = new Set(rowsOf(view).flatMap(({ members }) => members.map(({ index }) => index)));
  const said = [
    ...view.ofRole('heading').filter(({ index }) => !inRows.has(index)),
    ...view.nodes.filter((node) => isTextField(node) && WRITES_IN.test(fieldHint(node))),
  ].map((node) => stemsOf(isTextField(node) ? fieldHint(node) : node.name));
  return names.length > 0 && said.some((words) => names.every((name) => words.includes(name)));
}

/** A link, tab or entry of a side bar of this name. */
const placeCalled = (view: PageView, phrase: string): Node | undefined => {
  const names = namesOf(phrase);
  const found = view.nodes.filter((node) => {
    const words = stemsOf(nameOf(node));
    return (
      ['link', 'tab', 'button', 'treeitem', 'option', 'listitem'].includes(node.role) &&
      isControl(node) &&
      names.length > 0 &&
      words.length <= names.length + 2 &&
      names.every((name) => words.includes(name))
    );
  });
  return found.length === 1 ? found[0] : undefined;
};

function byOpening(view: PageView, row: Row | undefined, opener: Node, text: string): CandidateStep[] {
  const to = row?.title ?? nameOf(opener);
  const note = noteOf(WRITE_TO, { t: text, to: shorten(to, 40) } satisfies Noted);
  if (note === undefined) return [];
  const target = row === undefined ? view.targetOf(opener) : targetInRow(view, row, opener);
  const opened = clickOn(view, opener, target, `Open “${shorten(to, 50)}”`);
  const asks = { kind: 'row', title: to, effect: 'opens' } as const;
  return [{ ...opened, learn: true, ...(row && { asks }), continues: note }];
}
