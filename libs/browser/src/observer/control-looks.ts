import { iconName } from './icon-names';
import { contentName, foldSpace } from './page-semantics';

/* Functions of this file run inside the page's isolated world: what a person takes for a control although no markup says so. */

/** Whether an element inside of a clickable one is a control of its own: it has a name, a handler or a place in the order of keys. */
export function hasOwnHandle(element: Element): boolean {
  // The sign for a menu in a row that is clicked as a whole.
  if (/^\s*[⋮⋯…︙]\s*$/u.test(element.textContent ?? '')) return true;
  return ['title', 'aria-label', 'data-tooltip', 'onclick', 'tabindex'].some((name) => {
    const value = element.getAttribute(name);
    return value !== null && !(name === 'tabindex' && value.startsWith('-'));
  });
}

/** Name that icons carry: tooltips, titles inside of a picture. */
export function tooltipName(element: Element): string {
  for (const name of [
    'data-tooltip',
    'data-tip',
    'data-title',
    'data-original-title',
    'data-bs-title',
    'alt',
  ]) {
    const value = foldSpace(element.getAttribute(name) ?? '');
    if (value !== '') return value;
  }
  const inside = element.querySelector(':scope > title, svg > title, img[alt], [title], [aria-label]');
  return foldSpace(
    inside?.getAttribute('aria-label') ??
      inside?.getAttribute('alt') ??
      inside?.getAttribute('title') ??
      inside?.textContent ??
      '',
  ).slice(0, 80);
}

/** Whether an element is a tool among others: small, without words, and explained by a tooltip as those of its kind beside it are. */
export function isTool(element: Element, box: DOMRect): boolean {
  const isSmall = (side: number): boolean => side >= 12 && side <= 72;
  const isExplained = (one: Element): boolean =>
    one.localName === element.localName && /\p{L}{2}/u.test(one.getAttribute('title') ?? '');
  return (
    isExplained(element) &&
    isSmall(box.width) &&
    isSmall(box.height) &&
    foldSpace(element.textContent ?? '') === '' &&
    [...(element.parentElement?.children ?? [])].filter(isExplained).length >= 3
  );
}

/** What the picture of a magnifier in a text field that nothing else names says of it. */
export function fieldIconName(element: Element): string {
  const { height } = element.getBoundingClientRect();
  for (let at = element.parentElement, up = 0; at && up < 2; at = at.parentElement, up += 1) {
    if (at.getBoundingClientRect().height > height + 16) return '';
    if (iconName(at) === 'Search') return 'Search';
  }
  return '';
}

/** Whether an element without text is a picture: by its tag, what it holds, or its style. */
export function showsPicture(element: Element, style: CSSStyleDeclaration): boolean {
  if (foldSpace(element.textContent ?? '') !== '') return false;
  return (
    element.matches('img, svg, i') ||
    element.querySelector('img, svg, i') !== null ||
    [style.content, style.backgroundImage, style.maskImage].some((one) => one.includes('url('))
  );
}

/**
 * What people read beside a control without a name: the text of the row that holds it and no other control. '' when that is long, or
 * belongs to several.
 */
export function neighbourName(element: Element): string {
  const controls =
    'a[href], button, input, select, textarea, [role="button"], [role="switch"], [role="checkbox"], [onclick], [tabindex], [contenteditable=""], [contenteditable="true"]';
  for (
    let outer = element.parentElement, depth = 0;
    outer && depth < 4;
    outer = outer.parentElement, depth += 1
  ) {
    if (outer.localName === 'body' || outer.localName === 'form') return '';
    // A component holds its controls behind a root of its own.
    const components = [...outer.querySelectorAll('*')]
      .slice(0, 200)
      .filter((one) => one.shadowRoot?.querySelector(controls));
    for (const other of [...outer.querySelectorAll(controls), ...components])
      if (other !== element && !element.contains(other) && !other.contains(element)) return '';
    let text = '';
    const read = (node: Node): void => {
      for (const child of node.childNodes)
        if (child !== element)
          if (child.contains(element)) read(child);
          else text += ` ${contentName(child, 1)} `;
    };
    read(outer);
    const folded = foldSpace(text);
    if (folded.length > 80) return '';
    if (/\p{L}/u.test(folded)) return folded;
  }
  return '';
}

/** Centre of what slides in a switch, from its left edge in px; undefined when it has no such part. */
export function knobCentre(element: Element, box: DOMRect): number | undefined {
  const part = [...element.querySelectorAll('*')]
    .map((one) => one.getBoundingClientRect())
    .find((one) => one.width >= 6 && one.width <= box.width * 0.62 && one.height >= box.height * 0.5);
  if (part) return part.left + part.width / 2 - box.left;
  for (const pseudo of ['::after', '::before']) {
    const style = getComputedStyle(element, pseudo);
    const width = Number.parseFloat(style.width);
    if (style.content === 'none' || !(width >= 6 && width <= box.width * 0.62)) continue;
    const moved = style.transform === 'none' ? 0 : new DOMMatrixReadOnly(style.transform).m41;
    const left = Number.parseFloat(style.left);
    return (Number.isFinite(left) ? left : 0) + moved + width / 2;
  }
  return undefined;
}

/** Whether a nameless clickable box looks like a switch: a pill, wider than high, with something round in it. On by where that stands. */
export function switchLook(
  element: Element,
  style: CSSStyleDeclaration,
  box: DOMRect,
): { isOn: boolean } | undefined {
  if (box.width < 24 || box.width > 90 || box.height < 12 || box.height > 44) return undefined;
  const ratio = box.width / box.height;
  if (ratio < 1.4 || ratio > 2.8 || Number.parseFloat(style.borderTopLeftRadius) < box.height / 4)
    return undefined;
  if (foldSpace(element.textContent ?? '').length > 3) return undefined;
  const centre = knobCentre(element, box);
  if (centre === undefined) return undefined;
  return { isOn: style.direction === 'rtl' ? centre < box.width / 2 : centre > box.width / 2 };
}

/** Whether a part of a row of choices is the chosen one, as its classes or data say; undefined when none of the row says so. */
export function chosenInRow(element: Element): boolean | undefined {
  const says = (one: Element): boolean =>
    /^(on|active|checked|selected|true)$/.test(
      one.getAttribute('data-state') ?? one.getAttribute('data-active') ?? '',
    ) ||
    [...one.classList].some((name) =>
      /^(?:is-|is_|has-)?(?:on|sel|active|selected|current|chosen)$|[-_](?:active|selected|current|chosen)$/i.test(
        name,
      ),
    );
  if (says(element)) return true;
  const row = element.parentElement?.children ?? [];
  // Of three and more of one kind, the one that has a class that no other has.
  const like = [...row].filter((one) => one.localName === element.localName && one.classList.length > 0);
  const odd = (one: Element): boolean =>
    [...one.classList].some((name) =>
      like.every((other) => other === one || !other.classList.contains(name)),
    );
  const shared = like.length >= 3 ? like.filter(odd) : [];
  const bare = Math.min(...like.map((one) => one.classList.length));
  if (like.length >= 3 && shared.length === 1 && like.includes(element) && bare > 0)
    return shared[0] === element ? shared[0].classList.length === bare + 1 : false;
  return [...row].some((one) => one !== element && one.localName === element.localName && says(one))
    ? false
    : undefined;
}

export const CONTROL_FUNCTIONS = [
  hasOwnHandle,
  tooltipName,
  isTool,
  fieldIconName,
  showsPicture,
  neighbourName,
  knobCentre,
  switchLook,
  chosenInRow,
];
