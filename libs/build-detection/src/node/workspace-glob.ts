const MAX_ALTERNATIVES = 24;

/**
 * Whether a workspace glob names a folder: `*`, `**` and `{a,b}`, which is what package managers document. Its cost is bounded by the
 * product of both lengths, whatever the glob says, since it comes from the source.
 */
export function globMatches(glob: string, dir: string): boolean {
  const folders = dir.split('/');
  return alternatives(glob.replace(/^\.\//, '').replace(/\/+$/, '')).some((one) =>
    partsMatch(one.split('/'), folders),
  );
}

function alternatives(glob: string): string[] {
  const found = [glob];
  for (let at = 0; at < found.length && found.length < MAX_ALTERNATIVES; at += 1) {
    const open = found[at]?.indexOf('{') ?? -1;
    const close = found[at]?.indexOf('}', open) ?? -1;
    if (open < 0 || close < 0) continue;
    const one = found[at] ?? '';
    const inner = one.slice(open + 1, close).split(',');
    found.splice(at, 1, ...inner.map((word) => one.slice(0, open) + word + one.slice(close + 1)));
    at -= 1;
  }
  return found.slice(0, MAX_ALTERNATIVES);
}

/** Parts against folders, row by row: `reached[i]` says that the parts so far can have used the first i folders. */
function partsMatch(parts: readonly string[], folders: readonly string[]): boolean {
  let reached = folders.map(() => false);
  let atStart = true;
  for (const part of parts) {
    const before: boolean[] = [atStart, ...reached];
    if (part === '**') {
      const first = before.indexOf(true);
      reached = folders.map((_, index) => first >= 0 && index + 1 >= first);
      atStart = first === 0;
    } else {
      reached = folders.map((folder, index) => before[index] === true && wordMatches(part, folder));
      atStart = false;
    }
  }
  return reached.at(-1) === true;
}

/** `*` within one folder name: the last star takes what is left over, so that nothing is tried twice. */
function wordMatches(pattern: string, word: string): boolean {
  let [at, from, star, taken] = [0, 0, -1, 0];
  while (from < word.length) {
    if (pattern[at] === '*') [star, taken, at] = [at, from, at + 1];
    else if (at < pattern.length && pattern[at] === word[from]) [at, from] = [at + 1, from + 1];
    else if (star >= 0) [taken, from, at] = [taken + 1, taken + 1, star + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(at));
}
