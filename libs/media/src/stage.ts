import type { Box, FrameSize } from '@showrunner/contracts';
import type { Theme } from './themes';

/** Where things stand in the film's picture; whole even pixels. */
export interface Stage {
  size: FrameSize;
  /** Where the page is seen. */
  content: Box;
  /** The content and, above it, the browser's bar. */
  window: Box;
  /** Height of the bar; 0 without one. */
  bar: number;
  radius: number;
  /** The page fills the picture: there is nothing around it. */
  isWhole: boolean;
}

/** A page is not shown narrower than this, as width by height: what is beside an action would be lost. */
const NARROWEST = 0.75;

/** Lays out the window: as large as the padding lets it be, never wider than the page, and of an upright film's height no more than is useful. */
export function stageOf(size: FrameSize, page: FrameSize, theme: Theme): Stage {
  const short = Math.min(size.width, size.height);
  const padding = theme.padding * short;
  const bar = theme.frame === 'browser' ? even(short * 0.052) : 0;
  const room = { width: size.width - 2 * padding, height: size.height - 2 * padding - bar };
  const aspect = Math.min(page.width / page.height, Math.max(NARROWEST, room.width / room.height));
  const width = even(Math.min(room.width, room.height * aspect));
  const height = even(width / aspect);
  // An upright film has its captions below the window: it stands above the middle.
  const spare = size.height - height - bar;
  const top = even(spare > size.height * 0.2 ? spare * 0.36 : spare / 2);
  const window = { x: even((size.width - width) / 2), y: top, width, height: height + bar };
  return {
    size,
    window,
    content: { x: window.x, y: top + bar, width, height },
    bar,
    radius: theme.cornerRadius * short,
    isWhole: width === size.width && height === size.height,
  };
}

const even = (value: number): number => 2 * Math.round(value / 2);
