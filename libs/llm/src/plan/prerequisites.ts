import type { Candidate } from '@showrunner/contracts';

/**
 * What was chosen, with what it needs before it: who shows pages behind a sign-in signs in first, and what builds on another feature comes after it. Otherwise the
 * order stays.
 * @param offered where what is missing is taken from; titles of `after` are theirs
 */
export function inOrder(chosen: readonly Candidate[], offered: readonly Candidate[]): Candidate[] {
  const byId = (id: string): Candidate | undefined => chosen.find(({ feature }) => feature.id === id);
  const ordered: Candidate[] = [];
  const add = (one: Candidate, depth: number): void => {
    if (ordered.some(({ feature }) => feature.id === one.feature.id)) return;
    const base = offered.find(({ feature }) => feature.title === one.after);
    const before = base && (byId(base.feature.id) ?? base);
    if (before !== undefined && depth > 0) add(before, depth - 1);
    // It names what it builds on by title, and that may have a new one.
    ordered.push(before === undefined ? one : { ...one, after: before.feature.title });
  };
  const needed = chosen.some(({ needsSignIn }) => needsSignIn)
    ? offered.filter(({ feature }) => feature.kind === 'signIn').slice(0, 1)
    : [];
  const signIns = [...chosen, ...needed].filter(({ feature }) => feature.kind === 'signIn');
  for (const one of needed.length > 0 ? [...signIns, ...chosen] : chosen) add(one, 3);
  return ordered;
}
