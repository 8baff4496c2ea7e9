import { plainLine, type Cue } from '@showrunner/media';

/** Seen by nobody, and no part of a tag: what follows a mark is then text for every reader. */
const BREAK = '\u200b';

/**
 * SubRip (.srt) of the cues, in order. The format knows no escaping, and readers take `<b>`, `{\an8}` and `\N` for layout (ffmpeg also takes
 * `a < b`, and loses what follows). A zero-width space behind such a mark keeps it text; it is the only thing added to what was said.
 */
export function subRip(cues: readonly Cue[]): string {
  const blocks = cues.flatMap((cue) => {
    const text = cueText(cue.text);
    return text === '' ? [] : [{ cue, text }];
  });
  return blocks
    .map(({ cue, text }, n) => `${n + 1}\n${timestamp(cue.startMs)} --> ${timestamp(cue.endMs)}\n${text}\n`)
    .join('\n');
}

/** Readers that guess the format of a file take a line of nothing but digits for the number of the next cue. */
function cueText(text: string): string {
  const line = plainLine(text)
    .replace(/[<{\\]/gu, `$&${BREAK}`)
    .replaceAll('-->', `--${BREAK}>`);
  return /^\d+$/u.test(line) ? `${BREAK}${line}` : line;
}

function timestamp(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  const seconds = Math.floor(whole / 1000);
  return `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)},${pad(whole % 1000, 3)}`;
}
