/* Functions of this file run inside the page's isolated world: pictures that change, and what plays. */

/** Whether a sound or film plays: `playing`, `paused`, or `failed` when it cannot be had. */
export function mediaState(media: HTMLMediaElement): string {
  if (media.error !== null || media.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) return 'failed';
  if (media.paused || media.ended) return 'paused';
  return media.readyState >= 2 && media.currentTime > 0 ? 'playing' : 'waiting';
}

/** Short hash of a text. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16);
}

/** Address of the picture behind a large box that holds nothing: the frame of a slide show; '' where there is none. */
export function backdropOf(element: Element, style: CSSStyleDeclaration, box: DOMRect): string {
  if (box.width < 160 || box.height < 120 || element.childElementCount > 2) return '';
  if (!style.backgroundImage.includes('url(') || (element.textContent ?? '').trim() !== '') return '';
  return style.backgroundImage;
}

/**
 * Boards of games: what holds nine or more like square cells in rows and columns, with what lies over these. Cells are children, or
 * children of rows.
 */
export function findBoards(root: ParentNode): Set<Element> {
  const found = new Set<Element>();
  const like = (cells: readonly Element[]): boolean => {
    const boxes = cells.map((cell) => cell.getBoundingClientRect());
    const first = boxes[0];
    if (!first || first.width < 8 || first.width > 200 || first.height < 8) return false;
    const ratio = first.width / first.height;
    if (ratio < 0.6 || ratio > 1.7) return false;
    const same = boxes.every(
      (box) => Math.abs(box.width - first.width) <= 2 && Math.abs(box.height - first.height) <= 2,
    );
    const columns = new Set(boxes.map((box) => Math.round(box.left))).size;
    const rows = new Set(boxes.map((box) => Math.round(box.top))).size;
    return same && columns >= 3 && rows >= 3 && columns * rows <= cells.length * 1.5;
  };
  for (const element of [...root.querySelectorAll('div, section, main, ul, table, tbody')].slice(0, 3000)) {
    const children = [...element.children];
    const rows = children.length >= 3 && children.length <= 40 ? children : [];
    const width = rows[0]?.childElementCount ?? 0;
    const cells =
      children.length >= 9 && children.length <= 1000
        ? children
        : width >= 3 && rows.every((row) => row.childElementCount === width)
          ? rows.flatMap((row) => [...row.children])
          : [];
    if (cells.length < 9 || cells.some((cell) => cell.querySelector('a[href], input, img') !== null))
      continue;
    if (!like(cells)) continue;
    const own = element.getBoundingClientRect();
    let board = element;
    for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
      const box = outer.getBoundingClientRect();
      if (box.width * box.height > own.width * own.height * 1.35) break;
      board = outer;
    }
    if (![...found].some((other) => other.contains(board))) found.add(board);
  }
  return found;
}

/** Tells whether the pointer over an element becomes a hand only once it is there, by the style sheets of the page. */
export function pointsOnHover(): (element: Element) => boolean {
  const selectors: string[] = [];
  let rules = 0;
  const read = (list: CSSRuleList): void => {
    for (const rule of list) {
      if ((rules += 1) > 4000 || selectors.length >= 40) return;
      if (rule instanceof CSSStyleRule) {
        if (rule.style.cursor !== 'pointer' || !rule.selectorText.includes(':hover')) continue;
        for (const one of rule.selectorText.split(','))
          // Only what is itself under the pointer: what changes inside of it is no control of its own.
          if (/:hover\s*$/.test(one)) selectors.push(one.replace(/:hover/g, '').trim() || '*');
      } else if (rule instanceof CSSMediaRule) read(rule.cssRules);
    }
  };
  for (const sheet of document.styleSheets) {
    try {
      read(sheet.cssRules);
    } catch {
      // The style sheet of another origin is not ours to read.
    }
  }
  return (element) =>
    selectors.some((selector) => {
      try {
        return element.matches(selector);
      } catch {
        // Not every selector can stand without its `:hover`.
        return false;
      }
    });
}

export const PICTURE_FUNCTIONS = [mediaState, hashOf, backdropOf, findBoards, pointsOnHover];
