import type { Candidate, Proposal, SourceChanges } from '@showrunner/contracts';
import { MOST_FEATURES } from './propose';
import { inStoryOrder } from './story';

/** A word that says nothing of one feature rather than another, since most apps are full of it. */
const EVERYWHERE = 6;
/** Worth of a word, by where it changed: people name in a message what they mean to be seen. */
const WORTH = { message: 3, added: 2, file: 1 } as const;

/**
 * A proposal in which what touches changed things is filmed before anything else: of candidates and reserves those that share words with the changes
 * of the source come first, as many as a film has room for. What an intent names stays as it is. Pure; texts of changes are compared, and no more.
 */
export function rankByChanges(proposal: Proposal, changes: SourceChanges): Proposal {
  if (proposal.byIntent) return proposal;
  const all = [...proposal.candidates, ...proposal.reserves];
  const common = wordsOfMost(all);
  const worth = worthOfWords(changes);
  const touch = (candidate: Candidate): number =>
    [...namesIn(candidate)].reduce((sum, word) => sum + (common.has(word) ? 0 : (worth.get(word) ?? 0)), 0);
  const touched = all
    .filter((one) => touch(one) > 0)
    .sort((a, b) => touch(b) - touch(a) || b.score - a.score);
  if (touched.length === 0) return proposal;
  const needed = withWhatTheyNeed(touched, all);
  const first = needed.slice(0, Math.max(MOST_FEATURES, proposal.candidates.length));
  const rest = all.filter((one) => !first.includes(one));
  const room = Math.max(0, proposal.candidates.length - first.length);
  return {
    ...proposal,
    candidates: inStoryOrder([...first, ...rest.slice(0, room)]),
    reserves: inStoryOrder(rest.slice(room)),
  };
}

/** Each with the features it builds on before it. */
function withWhatTheyNeed(some: readonly Candidate[], all: readonly Candidate[]): Candidate[] {
  const kept = new Set<Candidate>();
  const add = (one: Candidate, depth: number): void => {
    const before = all.find(({ feature }) => feature.title === one.after);
    if (before !== undefined && depth < all.length) add(before, depth + 1);
    kept.add(one);
  };
  for (const one of some) add(one, 0);
  return [...kept];
}

function worthOfWords({ added, files, messages }: SourceChanges): Map<string, number> {
  const worth = new Map<string, number>();
  const note = (words: readonly string[], value: number): void => {
    for (const word of words) worth.set(word, Math.max(value, worth.get(word) ?? 0));
  };
  note(files.flatMap(wordsOf), WORTH.file);
  note(added, WORTH.added);
  note(messages.flatMap(wordsOf), WORTH.message);
  return worth;
}

/** Words by which a person would know what is acted on. */
function namesIn({ feature }: Candidate): Set<string> {
  const names = feature.steps.flatMap(({ action }) => [
    ...('target' in action && action.target !== undefined ? [action.target.name] : []),
    ...('option' in action ? [action.option] : []),
    ...('path' in action ? [action.path] : []),
  ]);
  return new Set([feature.title, ...names].flatMap(wordsOf));
}

/** Words of so many features that they do not tell one from another. */
function wordsOfMost(all: readonly Candidate[]): Set<string> {
  const counts = new Map<string, number>();
  for (const one of all) for (const word of namesIn(one)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(EVERYWHERE, all.length);
  return new Set([...counts].filter(([, count]) => count >= most).map(([word]) => word));
}

const wordsOf = (text: string): string[] =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3 && !/^\d+$/.test(word));
