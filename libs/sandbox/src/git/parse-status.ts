import { decodePath } from '../files/file-paths';
import type { GitChange, GitStatus } from './git.types';

/** Parses `git status --porcelain=v2 --branch -z` (git-status, "Porcelain Format Version 2"); a last line that was cut off is left out. */
export function parseStatus(output: Buffer): GitStatus {
  const status: GitStatus = { branch: null, commit: null, changes: [] };
  for (let at = 0; ;) {
    const end = output.indexOf(0, at);
    if (end === -1) return status;
    const line = output.subarray(at, end);
    at = end + 1;
    const kind = line.toString('latin1', 0, 2);
    if (kind === '# ') readHeader(status, line.toString('utf8'));
    else if (kind === '? ') status.changes.push({ path: decodePath(line.subarray(2)), change: 'untracked' });
    else if (kind === '1 ') status.changes.push({ path: pathAfter(line, 8), change: ordinary(line) });
    else if (kind === 'u ') status.changes.push({ path: pathAfter(line, 10), change: 'conflicted' });
    else if (kind === '2 ') {
      status.changes.push({ path: pathAfter(line, 9), change: 'renamed' });
      at = output.indexOf(0, at) + 1; // the name of before
      if (at === 0) return status;
    }
  }
}

function readHeader(status: GitStatus, line: string): void {
  const [, name, value = ''] = /^# (\S+) (.*)$/s.exec(line) ?? [];
  if (name === 'branch.oid') status.commit = value === '(initial)' ? null : value;
  if (name === 'branch.head') status.branch = value === '(detached)' ? null : value;
}

/** What the index says counts before what the work tree says, but for a deletion. */
function ordinary(line: Buffer): GitChange['change'] {
  const states = line.toString('latin1', 2, 4);
  if (states.includes('D')) return 'deleted';
  return states.includes('A') ? 'added' : 'modified';
}

/** The path behind `fields` fields that end with a blank each. */
function pathAfter(line: Buffer, fields: number): string {
  let at = 0;
  for (let field = 0; field < fields; field++) at = line.indexOf(32, at) + 1;
  return decodePath(line.subarray(at));
}
