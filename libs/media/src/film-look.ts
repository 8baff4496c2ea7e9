import type { FrameSize } from '@showrunner/contracts';
import { THEMES, type Theme } from './themes';

/** Every size and colour of the film in one place; sizes are given for a height of 720 and grow with the film. */
export interface FilmLook {
  font: string;
  /** Pixels per unit: 1 at 720p. */
  unit: number;
  colours: Theme['colours'];
  /** Of what stands on the background itself. */
  onBackground: string;
}

/** Text sizes in px of the letter square (em), at 720p. */
export const TEXT = { filmTitle: 52, title: 46, body: 23, eyebrow: 15, caption: 25 } as const;

export function filmLook(size: FrameSize, theme: Theme = THEMES.plain): FilmLook {
  const { font, colours, onBackground } = theme;
  const unit = Math.min(size.width, size.height) / 720;
  // An upright film is watched on a small screen.
  return { font, unit: size.height > size.width * 1.2 ? unit * 1.1 : unit, colours, onBackground };
}

/** ASS measures a font from ascender to descender; the em of Noto Sans is that divided by this. */
const ASS_SIZE_PER_EM = 1.362;

export const fontSize = (em: number): string => `\\fs${(em * ASS_SIZE_PER_EM).toFixed(1)}`;

/** Opacity 0 to 1 as ASS alpha, where 00 is opaque. */
export const alpha = (opacity: number): string => {
  const value = Math.round((1 - Math.min(1, Math.max(0, opacity))) * 255);
  return `&H${value.toString(16).padStart(2, '0').toUpperCase()}&`;
};
