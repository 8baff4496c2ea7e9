import type { PageElement, PageSnapshot, Target } from '@showrunner/contracts';

type Elements = Pick<PageSnapshot, 'elements'>;

/** Indices of all elements that the target describes, in document order, `nth` not applied. */
export const matchTargets = ({ elements }: Elements, target: Omit<Target, 'nth'>): number[] => {
  const wanted = fold(target.name);
  const { within } = target;
  return elements.flatMap((element, index) => {
    if (element.role !== target.role) return [];
    const name = fold(element.name);
    const named =
      target.exact === false ? name.toLowerCase().includes(wanted.toLowerCase()) : name === wanted;
    return named && (within === undefined || isWithin(elements, element, within)) ? [index] : [];
  });
};

/** Index of the element that a target describes, -1 if there is none: the first one, or the `nth` (0-based). */
export const findTargetIndex = (snapshot: Elements, target: Target): number =>
  matchTargets(snapshot, target)[target.nth ?? 0] ?? -1;

/** The element that a target describes, if the page shows it. */
export const findTarget = (snapshot: Elements, target: Target): PageElement | undefined =>
  snapshot.elements[findTargetIndex(snapshot, target)];

/**
 * Ancestors match by role, and by name equal to or containing the given one: a list item or row is named by all of its text, which
 * changes when a button in it does.
 */
const isWithin = (
  elements: readonly PageElement[],
  element: PageElement,
  within: { role: string; name: string },
): boolean => {
  const wanted = fold(within.name);
  for (let at = elements[element.parent]; at !== undefined; at = elements[at.parent]) {
    if (at.role === within.role && fold(at.name).includes(wanted)) return true;
  }
  return false;
};

const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
