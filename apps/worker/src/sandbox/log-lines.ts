import { printable } from '@showrunner/contracts';

/** Lines that tell the reader nothing about the cause. */
const NOISE =
  /^(npm (error|ERR!|notice|warn)\s*(A complete log of this run|\/home\/app\/\.npm|$)|\s*$|\[notice\]|npm (warn|notice) |Node\.js v\d+\.\d+\.\d+$)/;
/** Where an error came by, one call a line, as V8 and the JVM, Ruby, PHP, and Go write it (whose calls have two lines). */
const FRAME = /^\s+at \S|^\s+\.{3} \d+ more$|^\s+from \S+:\d+:in |^#\d+ \S|^\t\S+\.go:\d+/;
const GO_PLACE = /^\t\S+\.go:\d+/;
const GO_CALL = /^(?:created by )?[\w./*()[\]-]+(?:\(.*\)| in goroutine \d+)$/;
/** The first ones lie in the app, or nearest to it; what called them is of its runtime. */
const KEPT_FRAMES = 2;
const MAX_LINE = 300;

/** The last telling lines of a log, plain text, each bounded. */
export function lastLines(log: string, count: number): string[] {
  return tellingLines(log).slice(-count).map(bounded);
}

/** ` Its log ends with: ...` for the end of a message, without most calls of a stack, which would leave no room for the error itself. */
export function endOfLog(log: string, count = 8): string {
  const lines = withFirstFrames(tellingLines(log)).slice(-count).map(bounded);
  return lines.length === 0 ? ' It wrote no log.' : ` Its log ends with:\n${lines.join('\n')}`;
}

const tellingLines = (log: string): string[] =>
  log
    .split(/\r?\n|\r/)
    .map((line) => printable(line).trimEnd())
    .filter((line) => !NOISE.test(line));

function withFirstFrames(lines: readonly string[]): string[] {
  let inARow = 0;
  return lines.filter((line, at) => {
    const isFrame = FRAME.test(line) || (GO_CALL.test(line) && GO_PLACE.test(lines[at + 1] ?? ''));
    inARow = isFrame ? inARow + 1 : 0;
    return inARow <= KEPT_FRAMES;
  });
}

const bounded = (line: string): string => (line.length > MAX_LINE ? `${line.slice(0, MAX_LINE)}…` : line);
