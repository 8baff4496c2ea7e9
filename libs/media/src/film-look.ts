import type { FrameSize } from '@showrunner/contracts';

/** Every size and colour of the film in one place; sizes are given for a height of 720 and grow with the film. */
export interface FilmLook {
  font: string;
  /** Pixels per unit: 1 at 720p. */
  unit: number;
  colours: { slate: string; card: string; accent: string; text: string; muted: string; track: string };
}

/** Text sizes in px of the letter square (em), at 720p. */
export const TEXT = { filmTitle: 52, title: 46, body: 23, eyebrow: 15, caption: 25 } as const;

export function filmLook(size: FrameSize, font = 'Noto Sans'): FilmLook {
  return {
    font,
    unit: size.height / 720,
    colours: {
      slate: '#0b1220',
      card: '#111a2b',
      accent: '#5b9dff',
      text: '#ffffff',
      muted: '#c3cede',
      track: '#3a4860',
    },
  };
}

/** ASS measures a font from ascender to descender; the em of Noto Sans is that divided by this. */
const ASS_SIZE_PER_EM = 1.362;

export const fontSize = (em: number): string => `\\fs${(em * ASS_SIZE_PER_EM).toFixed(1)}`;

/** Opacity 0 to 1 as ASS alpha, where 00 is opaque. */
export const alpha = (opacity: number): string => {
  const value = Math.round((1 - Math.min(1, Math.max(0, opacity))) * 255);
  return `&H${value.toString(16).padStart(2, '0').toUpperCase()}&`;
};
