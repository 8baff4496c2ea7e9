/** Most of a log that a page shows: its end. */
const MOST_CHARACTERS = 200_000;

/** The end of what a program printed, without the codes that colour a terminal and other characters that cannot be seen. */
export function printable(text: string): string {
  return (
    text
      .slice(-MOST_CHARACTERS)
      .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-_]/g, '')
      // A line that was written over again and again shows what it was last.
      .replace(/[^\n]*\r(?!\n)/g, '')
      .replace(/[^\P{C}\n\t]/gu, '')
  );
}
