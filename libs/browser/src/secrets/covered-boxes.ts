import type { Box } from '@showrunner/contracts';

/** Runs inside the page: where what is covered stands in the window, as far as nothing else lies over it. */
export function coveredBoxes(fields: Iterable<Element>, ranges: Iterable<Range>): Box[] {
  const most = 40;
  let [left, top] = [0, 0];
  try {
    for (let inner: Window = window; inner !== inner.top;) {
      const frame = inner.frameElement;
      // Of another origin: where it stands is not known in here.
      if (frame === null) return [];
      const outer = frame.getBoundingClientRect();
      [left, top] = [left + outer.left + frame.clientLeft, top + outer.top + frame.clientTop];
      inner = inner.parent;
    }
  } catch {
    return [];
  }
  const isOnTop = (element: Element, x: number, y: number): boolean => {
    let hit = document.elementFromPoint(x, y);
    while (hit?.shadowRoot) {
      const inner: Element | null = hit.shadowRoot.elementFromPoint(x, y);
      if (inner === null || inner === hit) break;
      hit = inner;
    }
    return hit !== null && (element.contains(hit) || hit.contains(element));
  };
  const boxes: Box[] = [];
  const add = (element: Element, box: Box): void => {
    const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
    const width = Math.min(innerWidth, box.x + box.width) - x;
    const height = Math.min(innerHeight, box.y + box.height) - y;
    if (width < 2 || height < 2 || boxes.length >= most) return;
    const isSeen = [0.1, 0.5, 0.9].every((part) => isOnTop(element, x + part * width, y + height / 2));
    if (!isSeen) return;
    const round = (value: number): number => Math.round(value * 10) / 10;
    boxes.push({ x: round(x + left), y: round(y + top), width: round(width), height: round(height) });
  };
  for (const field of fields) {
    if (!field.isConnected) continue;
    const { x, y, width, height } = field.getBoundingClientRect();
    const style = getComputedStyle(field);
    const side = (name: string): number =>
      parseFloat(style.getPropertyValue(`padding-${name}`)) +
      parseFloat(style.getPropertyValue(`border-${name}-width`));
    const [before, above] = [side('left') || 0, side('top') || 0];
    const inner = {
      ...{ x: x + before, y: y + above },
      ...{ width: width - before - (side('right') || 0), height: height - above - (side('bottom') || 0) },
    };
    add(field, inner);
  }
  for (const range of ranges) {
    const around = range.commonAncestorContainer;
    const element = around instanceof Element ? around : around.parentElement;
    if (element === null) continue;
    for (const { x, y, width, height } of range.getClientRects()) add(element, { x, y, width, height });
  }
  return boxes;
}
