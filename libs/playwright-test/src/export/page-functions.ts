/** Functions that a produced file may need, by name; each stands in it once, and only where it is called. */
export const PAGE_FUNCTIONS = {
  textOf: `/** What a visitor reads on the page, white space folded: outside of fields, within open shadow roots, too. */
const textOf = (on: Page): Promise<string> =>
  on.evaluate(() => {
    const read = (node: Node): string => {
      if (node.nodeType === Node.TEXT_NODE) return node.nodeValue ?? '';
      if (!(node instanceof Element)) return '';
      const { display, visibility, opacity } = getComputedStyle(node);
      const unread = ['script', 'style', 'template', 'noscript', 'textarea', 'select', 'svg', 'iframe'];
      if (display === 'none' || opacity === '0' || unread.includes(node.localName)) return '';
      const slotted = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
      const inside = slotted.length > 0 ? slotted : [...(node.shadowRoot ?? node).childNodes];
      const seen = inside.filter((one) => visibility === 'visible' || one.nodeType !== Node.TEXT_NODE);
      const text = seen.map(read).join('');
      return /^(inline|contents)$/.test(display) && node.localName !== 'br' ? text : \` \${text} \`;
    };
    return read(document.body).replace(/\\s+/g, ' ');
  });`,
  valueOf: `/** What a field shows: of a list the chosen entries, of an editor its text. */
const valueOf = (field: Locator): Promise<string> =>
  field.evaluate((element) => {
    if (element instanceof HTMLSelectElement)
      return [...element.selectedOptions].map(({ label }) => label.trim()).join(', ');
    if (element instanceof HTMLInputElement && element.type === 'file')
      return [...(element.files ?? [])].map(({ name }) => name).join(', ');
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
    const told = element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow');
    return told ?? (element as HTMLElement).innerText.replace(/\\s+/g, ' ').trim();
  });`,
  isIn: `/** Whether a control is in a state, as it says itself, or as its class or data do. */
const isIn = (control: Locator, state: 'checked' | 'pressed' | 'expanded' | 'selected'): Promise<boolean> =>
  control.evaluate((element, name) => {
    const told = element.getAttribute(\`aria-\${name}\`) ?? (name === 'selected' ? element.getAttribute('aria-current') : null);
    if (told !== null && told !== '') return told !== 'false';
    if (name === 'checked' && element instanceof HTMLInputElement) return element.checked;
    if (name === 'selected' && element instanceof HTMLOptionElement) return element.selected;
    if (name === 'expanded' && element.localName === 'summary')
      return element.parentElement instanceof HTMLDetailsElement && element.parentElement.open;
    const data = element.getAttribute('data-state') ?? element.getAttribute('data-active') ?? '';
    return (
      /^(on|active|checked|selected|true|open)$/.test(data) ||
      [...element.classList].some((one) => /(^|[-_])(on|sel|active|selected|current|chosen|checked|open)$/i.test(one))
    );
  }, state);`,
  lookOf: `/** The look of the document: class, data and style of its outermost elements. */
const lookOf = (on: Page): Promise<string> =>
  on.evaluate(() =>
    [document.documentElement, document.body]
      .flatMap((element) => [...element.attributes])
      .filter(({ name }) => name === 'class' || name === 'style' || name.startsWith('data-'))
      .map(({ name, value }) => \`\${name}=\${value}\`)
      .concat(getComputedStyle(document.documentElement).colorScheme)
      .join(' '),
  );`,
  tick: `/** Clicks a box as a visitor does: itself, or its label where it is drawn in its place. */
const tick = async (box: Locator): Promise<void> => {
  try {
    await box.click({ timeout: 3_000 });
  } catch {
    await box.evaluate((element: HTMLInputElement) => (element.labels?.[0] ?? element).click());
  }
};`,
  isUnder: `/** Whether a heading is the last one of its level before an element. */
const isUnder = async (element: Locator, heading: Locator): Promise<boolean> => {
  const above = await heading.elementHandle();
  return element.evaluate((below, wanted) => {
    const level = /^h[1-6]$/.test(wanted?.localName ?? '') ? (wanted?.localName ?? '') : '[role="heading"]';
    const before = [...document.querySelectorAll(level)].filter(
      (one) => (one.compareDocumentPosition(below) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
    );
    return wanted !== null && before[before.length - 1] === wanted;
  }, above);
};`,
} as const;

export type PageFunction = keyof typeof PAGE_FUNCTIONS;
