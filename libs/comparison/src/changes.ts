import type { SourceChanges } from '@showrunner/contracts';

const MOST_FILES = 500;
const MOST_WORDS = 2000;
const MOST_MESSAGES = 50;
const LONGEST_PATH = 500;
const LONGEST_MESSAGE = 300;
/** Lines of files that machines write say nothing of what people see. */
const BY_MACHINES =
  /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|[^/]*\.(lock|lockb|map|snap|min\.\w+))$/;

/**
 * What a unified diff and commit messages change: its paths, and the words of the added and removed lines. Pure; bounded whatever comes in.
 * @param diff as `git diff` writes it
 * @param messages first lines, newest first
 */
export function changesOf(diff: string, messages: readonly string[]): SourceChanges {
  const files = new Set<string>();
  const added = new Set<string>();
  const removed = new Set<string>();
  let isInHunk = false;
  let isByMachine = false;
  for (const line of diff.split('\n')) {
    if (line.startsWith('diff --git ')) {
      isInHunk = false;
      const path = pathOf(line);
      isByMachine = BY_MACHINES.test(path);
      if (path !== '') add(files, path.slice(0, LONGEST_PATH), MOST_FILES);
    } else if (line.startsWith('@@')) isInHunk = true;
    else if (isInHunk && !isByMachine && (line.startsWith('+') || line.startsWith('-'))) {
      const into = line.startsWith('+') ? added : removed;
      for (const word of wordsOf(line.slice(1))) add(into, word, MOST_WORDS);
    }
  }
  return {
    files: [...files],
    added: [...added],
    removed: [...removed],
    messages: messages
      .map((message) => (message.split('\n')[0] ?? '').trim().slice(0, LONGEST_MESSAGE))
      .filter(Boolean)
      .slice(0, MOST_MESSAGES),
  };
}

/** Words that a reader would see or an author would name things by, in lower case: `addCard` is two. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3 && word.length <= 40 && !/^\d+$/.test(word));
}

/** The path after the change: `diff --git a/x b/x`, with quotes where a path needs them. */
function pathOf(line: string): string {
  const quoted = /"b\/((?:[^"\\]|\\.)*)"$/.exec(line);
  if (quoted) return quoted[1] ?? '';
  const rest = line.slice('diff --git '.length);
  const at = rest.lastIndexOf(' b/');
  return at === -1 ? '' : rest.slice(at + 3).trim();
}

function add(set: Set<string>, value: string, most: number): void {
  if (set.size < most) set.add(value);
}
