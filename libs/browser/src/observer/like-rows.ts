import { contentName, foldSpace } from './page-semantics';

/* Runs inside the page's isolated world: rows and cards that no markup calls so. */

/**
 * Children of a node that are like each other, as entries of a list are that is drawn of plain boxes: of one kind and class, each with
 * words of its own. Two when each offers something or has parts, or else three. Fields with their labels are a form, not entries.
 */
export function likeRows(parent: Element | ShadowRoot | Document): Element[] {
  const MOST = 400;
  const LONGEST = 900;
  const STATE =
    /^(?:is-|has-)?(?:active|selected|sel|current|cur|chosen|on|off|open|done|completed?|checked|hover|odd|even|first|last|new|unread|read|head|header)$/i;
  const OFFERS =
    'a[href], button, input[type="checkbox"], input[type="radio"], [role="button"], [role="switch"], [role="checkbox"], [onclick], [tabindex], [title], summary';
  const FIELDS = 'input:not([type="checkbox"]):not([type="radio"]):not([type="button"]), textarea, select';
  const BOXES = /^(?:div|section|li|dd)$|-/;
  const inner = (one: Element): ParentNode => one.shadowRoot ?? one;
  const offers = (one: Element): boolean =>
    inner(one).querySelector(OFFERS) !== null ||
    // What a component holds is behind its own root.
    [...inner(one).querySelectorAll('*')].slice(0, 40).some((part) => part.shadowRoot?.querySelector(OFFERS));
  const groups = new Map<string, Element[]>();
  for (const child of [...parent.children].slice(0, MOST)) {
    if (!BOXES.test(child.localName)) continue;
    const kind = [...child.classList].find((name) => !STATE.test(name)) ?? '';
    const key = `${child.localName}.${kind}`;
    groups.set(key, [...(groups.get(key) ?? []), child]);
  }
  return [...groups.values()].flatMap((group) => {
    if (group.length < 2) return [];
    if (group.length < 3 && !group.every((one) => one.childElementCount > 1 || offers(one))) return [];
    const rows = group.filter((one) => {
      if (inner(one).querySelector(FIELDS) !== null && inner(one).querySelector('button, a[href]') === null)
        return false;
      const text = foldSpace(contentName(one, 0));
      return text.length >= 2 && text.length <= LONGEST && /\p{L}{2}/u.test(text);
    });
    const texts = new Set(rows.map((one) => foldSpace(contentName(one, 0))));
    return rows.length * 2 > group.length && texts.size > 1 ? rows : [];
  });
}

/** Texts of the parts of a row in document order, at most a dozen; what buttons are called is none. */
export function partsOf(row: Element): string[] {
  const parts: string[] = [];
  const read = (node: Node, depth: number): void => {
    if (depth > 12 || parts.length >= 12) return;
    if (node.nodeType === 3) {
      const text = foldSpace(node.nodeValue ?? '');
      if (text !== '' && text.length <= 80) parts.push(text);
      return;
    }
    // Comments stand in the rows of most frameworks.
    if (node.nodeType !== 1) return;
    const element = node as Element;
    if (
      element !== row &&
      element.matches('button, [role="button"], svg, script, style, select, input, textarea')
    )
      return;
    if (element !== row && !element.checkVisibility({ visibilityProperty: true })) return;
    for (const child of (element.shadowRoot ?? element).childNodes) read(child, depth + 1);
  };
  read(row, 0);
  return parts;
}
