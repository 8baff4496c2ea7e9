import type { Box, PageElement, PageSnapshot } from '@showrunner/contracts';

const MOST_BOXES = 8;
/** What fills more of the page than this is its frame, not something that appeared on it. */
const LARGEST_PART = 0.25;

/**
 * Boxes of what a step made appear or change within the viewport: a new card, a message, a value. What the film draws over the page keeps clear of
 * them. None after a change of page, where everything is new.
 */
export const revealedBoxes = (before: PageSnapshot, after: PageSnapshot): Box[] => {
  if (before.path !== after.path) return [];
  const known = new Map<string, number>();
  for (const element of before.elements) known.set(looks(element), (known.get(looks(element)) ?? 0) + 1);
  const largest = after.viewport.width * after.viewport.height * LARGEST_PART;
  return after.elements
    .filter((element) => {
      const left = known.get(looks(element)) ?? 0;
      if (left > 0) known.set(looks(element), left - 1);
      const { width, height } = element.box;
      return left === 0 && element.inViewport && width * height > 0 && width * height <= largest;
    })
    .map(({ box }) => box)
    .slice(0, MOST_BOXES);
};

/** Where another page that a step led to says what it is: the first heading in view that was not on the page before. */
export const openedBox = (before: PageSnapshot, after: PageSnapshot): Box | undefined => {
  if (before.path === after.path) return undefined;
  const known = new Set(before.elements.map(({ role, name }) => JSON.stringify([role, name])));
  return after.elements.find(
    ({ role, name, inViewport, box }) =>
      role === 'heading' &&
      inViewport &&
      box.width * box.height > 0 &&
      !known.has(JSON.stringify([role, name])),
  )?.box;
};

const looks = ({ role, name, value, text, checked, pressed, selected }: PageElement): string =>
  JSON.stringify([role, name, value, text, checked, pressed, selected]);
