import type { Box } from '@showrunner/contracts';
import type { Gray } from './gray';
import type { Place } from './seen-page';

/** Pictures of one moment: the film's in the size that is looked at, and the page's. */
export interface Looked {
  film: Gray;
  /** In the order of the probe's moments. */
  pages: Gray[];
  place: Place;
}

/** Where things stand in the pictures that are looked at, and what is drawn there. */
export interface Look {
  content: Box;
  /** Pixels per unit: 1 at 720p. */
  unit: number;
  /** Luma of the accent's colour, of captions' boxes and of their text. */
  accent: number;
  caption: { box: number; text: number };
  isEdited: boolean;
  hasPointer: boolean;
  hasClicks: boolean;
  boxToFilm: (place: Box, ms: number) => Box;
  /** Where an action in a place happens. */
  pointToFilm: (place: Box, ms: number) => { x: number; y: number };
  /** Pixels of the film, as it is delivered, per pixel of the page. */
  scaleAt: (ms: number) => number;
  /** Boxes of captions that are drawn at a moment, and of hidden places. */
  captionsAt: (ms: number) => Box[];
  blursAt: (ms: number) => Box[];
}
