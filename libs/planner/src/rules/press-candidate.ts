import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, Condition } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import type { Node, PageView } from '../page-view';

/** Longer texts hold others in them. */
const LONGEST_SHOWN = 60;
const MOST_SHOWN = 40;

export interface PressInput {
  view: PageView;
  /** Steps that lead to what the view shows. */
  before?: readonly CandidateStep[];
  /** Clicked one after the other; each has to bring something about. */
  nodes: readonly Node[];
  title: string;
  captions: readonly string[];
  score: number;
  description?: string;
  variety?: string;
}

/** A click of which nobody knows what it does before it was tried: what is learned in rehearsal is the proof. */
export function pressing(input: PressInput): Candidate {
  const { view, before = [], nodes, title, captions, score, variety } = input;
  const there = textsOf(view);
  return candidate({
    kind: 'use',
    title,
    description: input.description ?? 'One click shows what it does.',
    startPath: view.path,
    steps: [
      ...before,
      ...nodes.map((node, at) => {
        const target = view.targetOf(node);
        // A guess that seldom holds.
        const guess: Condition = { kind: 'state', target, state: 'pressed', equals: true };
        return { ...click(target, captions[at] ?? title, guess, true), mayGo: there, ordered: there };
      }),
    ],
    score: score - 2 * before.length,
    words: ['press click use', ...nodes.map(({ name }) => name), title],
    needsSignIn: view.page.signedIn,
    ...(variety === undefined ? {} : { variety }),
  });
}

/** What the page names: headings, entries, cells. */
function textsOf(view: PageView): string[] {
  const texts = view
    .ofRole('heading', 'listitem', 'entry', 'cell')
    .map((one) => foldText(one.name === '' ? (one.text ?? '') : one.name))
    .filter((text) => text.length >= 3 && text.length <= LONGEST_SHOWN);
  return [...new Set(texts)].slice(0, MOST_SHOWN);
}
