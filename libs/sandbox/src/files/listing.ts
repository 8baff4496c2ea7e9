import { quoted } from '../exec/quoted';
import { decodePath } from './file-paths';
import type { FileStat } from './files.types';

/**
 * A shell function body for `find -exec sh -c`: facts of a batch of files, one line each, an empty line, then their names and, for links, the
 * targets, each with a NUL byte at its end. GNU and busybox have no common way to print a name with its facts safely.
 */
const BATCH = String.raw`
stat -c '%f|%s|%i|%Y|%y|%z|%n' -- "$@" 2>/dev/null
printf '\0'
for f; do
  printf '%s\0' "$f"
  if [ -L "$f" ]; then readlink -n -- "$f"; fi
  printf '\0'
done
printf '\0'`;

export const MISSING = 44;

/** `$1`: the path. */
export const STAT_SCRIPT = `[ -e "$1" ] || [ -L "$1" ] || exit ${MISSING}
export LC_ALL=C TZ=UTC
set -- "$1"
${BATCH}`;

/** `$1`: the folder, `$2`: the depth. A link to a folder is followed; links below it are not. */
export const LIST_SCRIPT = `[ -d "$1" ] || exit ${MISSING}
export LC_ALL=C TZ=UTC
[ "$1" = / ] && from=/ || from=$1/
find "$from" -mindepth 1 -maxdepth "$2" -exec /bin/sh -c ${quoted(BATCH)} list {} + 2>/dev/null
exit 0`;

const KINDS: Readonly<Record<number, FileStat['kind']>> = {
  0x8000: 'file',
  0x4000: 'directory',
  0xa000: 'link',
};

export interface ListedFile extends FileStat {
  /** Changes whenever the file does. */
  fingerprint: string;
}

/** Parses what the scripts print. Files that vanished in between, and a batch that was cut off, are left out. */
export function parseListing(output: Buffer): ListedFile[] {
  const files: ListedFile[] = [];
  for (let at = 0; at < output.length;) {
    const factsEnd = output.indexOf(0, at);
    if (factsEnd === -1) break;
    const facts = output.subarray(at, factsEnd);
    at = factsEnd + 1;
    let factsAt = 0;
    for (;;) {
      const name = field(output, at);
      if (name === undefined) return files;
      at += name.length + 1;
      if (name.length === 0) break; // the end of the batch
      const target = field(output, at);
      if (target === undefined) return files;
      at += target.length + 1;
      const parsed = parseFacts(facts, factsAt, name);
      if (parsed === undefined) continue;
      factsAt = parsed.next;
      files.push(parsed.file.kind === 'link' ? { ...parsed.file, target: decodePath(target) } : parsed.file);
    }
  }
  return files;
}

function field(output: Buffer, at: number): Buffer | undefined {
  const end = output.indexOf(0, at);
  return end === -1 ? undefined : output.subarray(at, end);
}

const FACTS = /^([0-9a-f]+)\|(\d+)\|(\d+)\|(-?\d+)\|([^|\n]*)\|([^|\n]*)\|/;

/** The line about `name` at `at`; undefined when that line is about another file, because this one vanished. */
function parseFacts(facts: Buffer, at: number, name: Buffer): { file: ListedFile; next: number } | undefined {
  const match = FACTS.exec(facts.toString('latin1', at, at + 200));
  if (match === null) return undefined;
  const nameAt = at + match[0].length;
  const next = nameAt + name.length + 1;
  if (!facts.subarray(nameAt, next - 1).equals(name) || facts[next - 1] !== 10) return undefined;
  const [, mode = '0', bytes, , seconds, modified = ''] = match;
  const bits = parseInt(mode, 16);
  const milliseconds = Number(/\.(\d{3})/.exec(modified)?.[1] ?? 0);
  const file: ListedFile = {
    path: decodePath(name).replace(/^\/+/, '/'),
    kind: KINDS[bits & 0xf000] ?? 'other',
    bytes: Number(bytes),
    mode: bits & 0o7777,
    modifiedAt: new Date(Number(seconds) * 1000 + milliseconds).toISOString(),
    fingerprint: match[0],
  };
  return { file, next };
}
