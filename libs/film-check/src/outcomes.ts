import type { FilmCheck, FilmCheckName } from '@showrunner/contracts';

export const passed = (name: FilmCheckName, detail: string): FilmCheck => ({
  name,
  result: 'passed',
  detail,
});
export const failed = (name: FilmCheckName, detail: string): FilmCheck => ({
  name,
  result: 'failed',
  detail,
});
export const skipped = (name: FilmCheckName, detail: string): FilmCheck => ({
  name,
  result: 'skipped',
  detail,
});

/** What one look at pictures of the film says about a check. */
export interface Finding {
  name: FilmCheckName;
  /** What is wrong; null where it is right. */
  fault: string | null;
}

export const right = (name: FilmCheckName): Finding => ({ name, fault: null });
export const wrong = (name: FilmCheckName, fault: string): Finding => ({ name, fault });

/** A moment of the film, for people. */
export const at = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;

/** Hostile text as a part of a sentence. */
export const quoted = (text: string): string => `“${text.slice(0, 60)}”`;

/** The outcome of a check that looks at pictures, from all that was found. */
export function outcomeOf(name: FilmCheckName, findings: readonly Finding[]): FilmCheck {
  const own = findings.filter((finding) => finding.name === name);
  const [first, ...more] = own.flatMap(({ fault }) => fault ?? []);
  if (first !== undefined)
    return failed(name, more.length === 0 ? first : `${first} And ${more.length} more of the kind.`);
  if (name === 'black' || name === 'frozen') return passed(name, `No ${name} stretch without reason.`);
  return own.length === 0
    ? skipped(name, 'The film has nothing of the kind to look at.')
    : passed(name, `Seen ${own.length} times.`);
}
