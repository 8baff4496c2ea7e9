import { coveredBoxes } from './covered-boxes';
import type { SecretCover } from './secret-cover.types';
import { soughtRanges } from './sought-ranges';

/**
 * Runs inside every document, in our world, before anything of it is shown: what stands in a field of secrets, and sought texts wherever they
 * are written, is drawn as a grey bar. The page is covered, not its pictures: no picture of it has ever shown them, whoever takes it.
 */
export function coverSecrets(): void {
  const world = globalThis as { showrunnerCover?: SecretCover; showrunnerTell?: (text: string) => void };
  const tokens = ['current-password', 'new-password', 'one-time-code', 'cc-number', 'cc-csc'];
  const grey = '#8b93a1';
  const look: [string, string][] = [
    // First: what changes slowly would be read meanwhile.
    ['transition', 'none'],
    ['animation', 'none'],
    ['-webkit-text-fill-color', 'transparent'],
    ['-webkit-text-security', 'disc'],
    ['text-shadow', 'none'],
    // It stands behind the last letter, and so tells how many there are.
    ['caret-color', 'transparent'],
    ['background-image', `linear-gradient(${grey}, ${grey})`],
    ['background-repeat', 'no-repeat'],
    ['background-origin', 'content-box'],
    ['background-position', 'left center'],
    ['background-size', '100% min(100%, 1.2em)'],
  ];
  const css = `::highlight(showrunner-secret) { color: transparent !important; -webkit-text-fill-color: transparent !important; background-color: ${grey} !important; text-shadow: none !important; text-decoration: none !important; -webkit-text-stroke: 0 !important; }`;
  const every = 'input, textarea, select, [contenteditable]';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const id = Math.random().toString(36).slice(2);
  const marked = new WeakSet<Element>();
  const fields = new Set<HTMLElement>();
  const covered = new Map<HTMLElement, [string, string, string][]>();
  const roots = new Set<Document | ShadowRoot>();
  let sought: readonly string[] = [];
  let ranges: Range[] = [];
  let told = '[]';
  let isWatching = false;

  const isSecret = (field: Element): boolean => {
    if (marked.has(field)) return true;
    const { type, autocomplete } = field as HTMLInputElement;
    const isOne =
      field.localName === 'input' &&
      (type === 'password' || tokens.some((token) => (autocomplete ?? '').split(/\s+/).includes(token)));
    // A password that is then shown is still one.
    if (isOne) marked.add(field);
    return isOne;
  };
  const contentOf = (field: HTMLElement): string => {
    if (field.localName === 'select')
      return [...(field as HTMLSelectElement).selectedOptions].map(({ text }) => text).join(' ');
    return field.localName === 'input' || field.localName === 'textarea'
      ? (field as HTMLInputElement).value
      : (field.textContent ?? '');
  };
  const isSought = (text: string): boolean => {
    const letters = sought.length === 0 ? '' : text.replace(/\s+/g, '');
    return sought.some((value) => letters.includes(value));
  };
  const cover = (field: HTMLElement): void => {
    if (!covered.has(field))
      covered.set(
        field,
        look.map(([name]) => [
          name,
          field.style.getPropertyValue(name),
          field.style.getPropertyPriority(name),
        ]),
      );
    for (const [name, value] of look)
      if (field.style.getPropertyPriority(name) !== 'important')
        field.style.setProperty(name, value, 'important');
    if (field.localName === 'select') field.style.setProperty('color', 'transparent', 'important');
  };
  const uncover = (field: HTMLElement): void => {
    for (const [name, value, priority] of covered.get(field) ?? []) {
      if (value === '') field.style.removeProperty(name);
      else field.style.setProperty(name, value, priority);
    }
    if (field.localName === 'select') field.style.removeProperty('color');
    covered.delete(field);
  };
  const lookAt = (field: HTMLElement): void => {
    if (!field.isConnected) {
      fields.delete(field);
      covered.delete(field);
      return;
    }
    const content = contentOf(field);
    const isHidden =
      (content !== '' && (isSecret(field) || isSought(content))) ||
      isSought(field.getAttribute('placeholder') ?? '');
    if (isHidden) cover(field);
    else if (covered.has(field)) uncover(field);
  };
  const seekTexts = (): void => {
    ranges = sought.length === 0 ? [] : soughtRanges(roots, sought);
    for (const root of roots)
      if (ranges.length > 0 && !root.adoptedStyleSheets.includes(sheet))
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    const marks = new Highlight(...ranges);
    marks.priority = 1_000_000;
    CSS.highlights.set('showrunner-secret', marks);
    // What is drawn of vectors takes no colour of a mark.
    for (const { startContainer } of ranges) {
      const text = startContainer.parentElement;
      if (text instanceof SVGElement) text.style.setProperty('visibility', 'hidden', 'important');
    }
  };
  const lookAround = (): void => {
    for (const field of fields) lookAt(field);
    if (covered.size > 0 || ranges.length > 0) watchPlaces();
  };
  const watchPlaces = (): void => {
    if (isWatching) return;
    isWatching = true;
    requestAnimationFrame(tellPlaces);
  };
  const tellPlaces = (): void => {
    const boxes = coveredBoxes(covered.keys(), ranges);
    const now = JSON.stringify(boxes);
    if (now !== told) {
      told = now;
      const atMs = performance.timeOrigin + performance.now();
      world.showrunnerTell?.(JSON.stringify({ id, atMs, boxes }));
    }
    isWatching = covered.size > 0 || ranges.length > 0;
    if (isWatching) requestAnimationFrame(tellPlaces);
  };
  const enter = (root: Document | ShadowRoot | Element): void => {
    for (const field of root.querySelectorAll<HTMLElement>(every)) fields.add(field);
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) adopt(element.shadowRoot);
  };
  const adopt = (root: Document | ShadowRoot): void => {
    if (roots.has(root)) return;
    roots.add(root);
    changes.observe(root, {
      ...{ subtree: true, childList: true, characterData: true, attributes: true },
      attributeFilter: ['type', 'value', 'autocomplete', 'style', 'class', 'placeholder', 'contenteditable'],
    });
    root.addEventListener('input', noteInput, { capture: true });
    enter(root);
  };
  const noteInput = (event: Event): void => {
    const [target] = event.composedPath();
    if (!(target instanceof HTMLElement)) return;
    const field = target.closest<HTMLElement>(every) ?? target;
    fields.add(field);
    lookAt(field);
    if (covered.has(field)) watchPlaces();
  };
  /** Whether something sought may stand there now: told from the text around what has changed. */
  const isNear = ({ target, type }: MutationRecord): boolean => {
    if (type === 'attributes') return false;
    let around = target instanceof Element ? target : target.parentElement;
    for (let up = 0; up < 2 && around?.parentElement != null; up += 1) around = around.parentElement;
    return around !== null && isSought(around.textContent ?? '');
  };
  const changes = new MutationObserver((records) => {
    for (const { addedNodes, target, attributeName } of records) {
      for (const node of addedNodes)
        if (node instanceof Element) {
          if (node.matches(every)) fields.add(node as HTMLElement);
          if (node.shadowRoot) adopt(node.shadowRoot);
          enter(node);
        }
      if (attributeName === 'contenteditable') fields.add(target as HTMLElement);
    }
    if (sought.length > 0 && (ranges.length > 0 || records.some(isNear))) seekTexts();
    lookAround();
  });
  adopt(document);
  // What scripts put into fields, roots that came late, texts in many pieces: nothing tells of them.
  setInterval(() => {
    enter(document);
    if (sought.length > 0) seekTexts();
    lookAround();
  }, 200);
  addEventListener('pagehide', () =>
    world.showrunnerTell?.(JSON.stringify({ id, atMs: Date.now(), boxes: [] })),
  );
  world.showrunnerCover = {
    seek: (values) => {
      sought = values.map((value) => value.replace(/\s+/g, ''));
      seekTexts();
      lookAround();
    },
    mark: (field) => {
      marked.add(field);
      fields.add(field as HTMLElement);
      lookAround();
    },
    isSecret: (field) => isSecret(field) || covered.has(field as HTMLElement),
  };
}

/** Runs inside the page: texts that are covered from now on wherever they stand. */
export function seekSecrets(values: readonly string[]): void {
  (globalThis as { showrunnerCover?: SecretCover }).showrunnerCover?.seek(values);
}

/** Runs inside the page: what is entered into node `index` of the last collected page is a secret. */
export function markSecret(index: number): void {
  const { showrunnerCover: cover, showrunnerNodes: nodes } = globalThis as {
    showrunnerCover?: SecretCover;
    showrunnerNodes?: Element[];
  };
  const node = nodes?.[index];
  if (node) cover?.mark(node);
}

/** Sent into the page. */
export const COVER_FUNCTIONS = [coverSecrets, seekSecrets, coveredBoxes, soughtRanges];
