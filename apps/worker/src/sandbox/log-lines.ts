import { printable } from '@showrunner/contracts';

/** Lines that tell the reader nothing about the cause. */
const NOISE =
  /^(npm (error|ERR!|notice|warn)\s*(A complete log of this run|\/home\/app\/\.npm|$)|\s*$|\[notice\]|npm (warn|notice) )/;
const MAX_LINE = 300;

/** The last telling lines of a log, plain text, each bounded. */
export function lastLines(log: string, count: number): string[] {
  return log
    .split(/\r?\n|\r/)
    .map((line) => printable(line).trimEnd())
    .filter((line) => !NOISE.test(line))
    .slice(-count)
    .map((line) => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line));
}

/** ` Its log ends with: ...` for the end of a message; '' when the log is empty. */
export function endOfLog(log: string, count = 8): string {
  const lines = lastLines(log, count);
  return lines.length === 0 ? ' It wrote no log.' : ` Its log ends with:\n${lines.join('\n')}`;
}
