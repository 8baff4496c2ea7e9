import { plainLine } from './plain-line';

export interface Cue {
  startMs: number;
  endMs: number;
  text: string;
}

/** WebVTT (W3C) of the cues, in order; text is escaped and kept on one line. */
export function webVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(
    (cue, n) => `${n + 1}\n${timestamp(cue.startMs)} --> ${timestamp(cue.endMs)}\n${cueText(cue.text)}\n`,
  );
  return `WEBVTT\n\n${blocks.join('\n')}`;
}

function timestamp(ms: number): string {
  const whole = Math.max(0, Math.round(ms));
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  const seconds = Math.floor(whole / 1000);
  return `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}.${pad(whole % 1000, 3)}`;
}

function cueText(text: string): string {
  return plainLine(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
