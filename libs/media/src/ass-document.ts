import type { FrameSize } from '@showrunner/contracts';
import { plainLine } from './plain-line';

/** One line of an ASS (Advanced SubStation Alpha) document. `body` may hold override codes; text in it must come through `assText`. */
export interface AssEvent {
  layer: number;
  startMs: number;
  endMs: number;
  body: string;
}

/**
 * Hostile text as plain ASS text: one line, braces escaped, no backslash that could begin a code. libass reads `\{` and `\}` as braces;
 * a backslash itself cannot be escaped, so its look-alike U+2216 stands for it.
 */
export function assText(text: string, max?: number): string {
  return plainLine(text, max).replaceAll('\\', '\u2216').replaceAll('{', '\\{').replaceAll('}', '\\}');
}

/** `&HBBGGRR&` of `#rrggbb`. */
export function assColour(rgb: string): string {
  return `&H${rgb.slice(5, 7)}${rgb.slice(3, 5)}${rgb.slice(1, 3)}&`.toUpperCase();
}

/** A document whose coordinates are the video's pixels. Font sizes in events are given by `\fs`. */
export function assDocument(size: FrameSize, font: string, events: AssEvent[]): string {
  // Encoding -1: the direction of each line is its own, so that a full stop of Hebrew or Arabic stands at the end that is theirs.
  const style = `Style: Film,${font},40,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,7,0,0,0,-1`;
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${size.width}`,
    `PlayResY: ${size.height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: TV.709',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    style,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...events.map(
      (e) => `Dialogue: ${e.layer},${timestamp(e.startMs)},${timestamp(e.endMs)},Film,,0,0,0,,${e.body}`,
    ),
    '',
  ].join('\n');
}

function timestamp(ms: number): string {
  const centi = Math.max(0, Math.round(ms / 10));
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${Math.floor(centi / 360_000)}:${pad(Math.floor(centi / 6000) % 60)}:${pad(Math.floor(centi / 100) % 60)}.${pad(centi % 100)}`;
}
