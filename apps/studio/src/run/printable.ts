import stripAnsi from 'strip-ansi';

/** Most of a log that a page shows: its end. */
const MOST_CHARACTERS = 200_000;

/** The end of what a program printed, without the codes that colour a terminal and other characters that cannot be seen. */
export function printable(text: string): string {
  return stripAnsi(text.slice(-MOST_CHARACTERS))
    .split('\n')
    .map(lastWritten)
    .join('\n')
    .replace(/[^\P{C}\n\t]/gu, '');
}

/** A line that was written over again and again shows what it was last. */
function lastWritten(line: string): string {
  const written = line.endsWith('\r') ? line.slice(0, -1) : line;
  return written.slice(written.lastIndexOf('\r') + 1);
}
