import { foldText } from '@showrunner/contracts';
import type { CandidateStep, Condition, Target } from '@showrunner/contracts';
import { click } from '../candidate';
import { leavesApp } from '../forbidden';
import { isField, isUsable, labelOf } from '../page-view';
import type { Node, PageView } from '../page-view';
import { readable, stem, stemsOf, wordsOf } from '../words';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { sameMeaning } from './meanings';
import { readPhrase } from './phrase';
import type { ControlPhrase } from './phrase';

const PRESSED_ROLES = [
  'button',
  'link',
  'tab',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'radio',
  'checkbox',
  'switch',
  'treeitem',
  'columnheader',
  'DisclosureTriangle',
  'gridcell',
];

/** What can be clicked and does not lead out of the app. */
export const isControl = (node: Node): boolean =>
  PRESSED_ROLES.includes(node.role) && isUsable(node) && !leavesApp(node.href);

/** Lists that offer options to choose from. */
export const optionLists = (view: PageView): Node[] =>
  view.nodes.filter((node) => node.options !== undefined && isUsable(node) && isField(node));

/** Words by which a control may be named: those of the sentence that are no grammar. */
export const namingWords = (text: string): string[] =>
  wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word));

/**
 * Controls that a phrase names, the best first: of exactly this name, then those whose name holds all of its words, then those all of whose
 * words the phrase holds; of the kind that is said before others. None when no control has such a name: nothing is guessed.
 */
export function controlsNamed(nodes: readonly Node[], phrase: string | ControlPhrase): Node[] {
  const said = typeof phrase === 'string' ? readPhrase(phrase) : phrase;
  const wanted = [
    ...new Set(
      namingWords(said.name)
        .filter((word) => !STRUCTURE_WORDS.has(word))
        .map(stem),
    ),
  ];
  if (said.name === '') return [];
  const ranked = nodes.flatMap((node) => {
    if (!isControl(node)) return [];
    const name = nameOf(node);
    if (name === '') return [];
    const rank = rankOf(name, said, wanted);
    return rank === undefined ? [] : [{ node, rank }];
  });
  const kindRank = (node: Node): number => (said.isOfKind?.(node) === false ? 1 : 0);
  return [...ranked]
    .sort(
      (a, b) =>
        Math.floor(a.rank) - Math.floor(b.rank) ||
        kindRank(a.node) - kindRank(b.node) ||
        a.rank - b.rank ||
        roleRank(a.node) - roleRank(b.node),
    )
    .map(({ node }) => node);
}

function rankOf(name: string, said: ControlPhrase, wanted: readonly string[]): number | undefined {
  if (name === said.name) return 0;
  if (name.toLowerCase() === said.name.toLowerCase()) return 1;
  if (wanted.length === 0) return CLOSES.test(said.name) && CLOSES.test(name) ? 1 : undefined;
  const has = stemsOf(name);
  if (wanted.every((word) => has.some((one) => sameMeaning(one, word)))) return 2 + has.length / 1000;
  // What is quoted is the whole name or a part of it.
  if (said.isQuoted) return CLOSES.test(said.name) && CLOSES.test(name) ? 1 : undefined;
  const core = has.filter((word) => !FUNCTION_WORDS.has(word) && !STRUCTURE_WORDS.has(word));
  // A number that is said tells it from its likes: seat 3 is not seat 2.
  const isOther = wanted.some((word) => /^\d+$/.test(word) && !has.includes(word));
  return core.length > 0 &&
    !isOther &&
    core.length >= wanted.length / 2 &&
    core.every((one) => wanted.some((word) => isSaidBy(one, word)))
    ? 4 - core.length / 1000
    : undefined;
}

/** The noun for what they all are stands for none of them: a sepia theme is not the dark one. */
const isSaidBy = (own: string, word: string): boolean =>
  own === word || (word !== 'theme' && sameMeaning(own, word));

/** "The x" of a dialog has many looks and names. */
const CLOSES = /^(?:x|×|✕|✖|close|dismiss|schließen|fermer|cerrar|chiudi|fechar|sluiten)$/iu;

const roleRank = (node: Node): number => (['gridcell', 'option'].includes(node.role) ? 1 : 0);

/** What a control is called, or its icon when that is all. */
export const nameOf = (node: Node): string => readable(labelOf(node)) || foldText(node.name);

/** A click on a control, with how its success looks as far as that can be told before; anything else is learned in rehearsal. */
export function clickOn(view: PageView, node: Node, target: Target, caption: string): CandidateStep {
  const known = successOf(view, node, target);
  return known
    ? click(target, caption, known, node.href !== undefined)
    : click(target, caption, { kind: 'elementHidden', target }, true);
}

function successOf(view: PageView, node: Node, target: Target): Condition | undefined {
  // A sign in the name may turn with the state: an arrow, a star.
  const words = readable(node.name);
  const steady =
    words === '' || words === foldText(node.name) ? target : { ...target, name: words, exact: false };
  const state = (name: 'selected' | 'pressed' | 'checked' | 'expanded', equals = true): Condition => ({
    kind: 'state',
    target: steady,
    state: name,
    equals,
  });
  if (node.href !== undefined && node.href !== view.path) return { kind: 'url', path: node.href };
  if (node.role === 'tab') return state('selected', true);
  if (['checkbox', 'switch', 'radio'].includes(node.role) && node.checked !== undefined)
    return state('checked', !node.checked);
  if (node.pressed !== undefined) return state('pressed', !node.pressed);
  if (node.expanded !== undefined && node.popup === undefined) return state('expanded', !node.expanded);
  return undefined;
}
