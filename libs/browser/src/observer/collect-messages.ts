import { contentName, foldSpace } from './page-semantics';

/** Something that a page says to its user about what was done. */
export interface PageMessage {
  /** `alert` interrupts, `status` informs, `invalid` is a field that was refused, `styled` only looks like a message. */
  kind: 'alert' | 'status' | 'invalid' | 'styled';
  text: string;
  /** How it is meant, by its looks: colours and class names are the same in every language. */
  tone: 'bad' | 'good' | 'plain';
}

/** Where a text stands on the page, one entry for each place. */
export interface TextPlace {
  /** What stands around it in the same block, at most 300 characters. */
  block: string;
  /** `suggestion`: a list to choose from; `message`: said to the user; `item`: one of many things; `plain`: anything else. */
  where: 'suggestion' | 'message' | 'item' | 'plain';
  tone: PageMessage['tone'];
  /** An element of its own shows this text and nothing else. */
  alone: boolean;
}

/**
 * How an element is meant to be taken: by names of classes, which are much the same in every language, or as a sentence in red or green that
 * stands by itself. Runs inside the page.
 */
export function toneOf(element: Element): PageMessage['tone'] {
  for (let at: Element | null = element, depth = 0; at && depth < 3; at = at.parentElement, depth += 1) {
    // `aria-invalid:border-red`, `data-[variant=destructive]:text-red`: how it would look in another state. `ng-invalid`: what a form still lacks.
    const classes = (at.getAttribute('class') ?? '').split(/\s+/).filter((name) => !/:|^ng-/.test(name));
    const names = `${classes.join(' ')} ${at.id} ${at.getAttribute('data-type') ?? ''} ${at.getAttribute('data-variant') ?? ''}`;
    if (
      /(^|[\s_-])(errs?|danger|fail(ed|ure)?|destructive|fehler|erreur)([\s_-]|$)|error|invalid/i.test(names)
    )
      return 'bad';
    if (/(^|[\s_-])(ok|positive)([\s_-]|$)|success/i.test(names)) return 'good';
  }
  const text = foldSpace(element.textContent ?? '');
  const isSentence = text.split(' ').length >= 3 || /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{6}/.test(text);
  if (!isSentence || element.closest('li, tr, article, button, a, nav, [class*="card" i]')) return 'plain';
  const style = getComputedStyle(element);
  const hueOf = (colour: string): string => {
    const [r = 0, g = 0, b = 0, alpha = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    if (!/^rgb/.test(colour) || alpha < 0.5) return '';
    if (r >= 140 && g < r * 0.5 && b < r * 0.55) return 'red';
    return g >= 100 && r < g * 0.75 && b < g * 0.9 ? 'green' : '';
  };
  const hue = hueOf(style.color) || hueOf(style.backgroundColor);
  return hue === 'red' ? 'bad' : hue === 'green' ? 'good' : 'plain';
}

/** Document, open shadow roots and frames of the same origin. Runs inside the page. */
export function rootsOf(): (Document | ShadowRoot)[] {
  const roots: (Document | ShadowRoot)[] = [document];
  for (const root of roots) {
    if (roots.length > 50) break;
    for (const element of root.querySelectorAll('*')) {
      if (element.shadowRoot) roots.push(element.shadowRoot);
      if (element.localName !== 'iframe') continue;
      try {
        const inner = (element as HTMLIFrameElement).contentDocument;
        if (inner) roots.push(inner);
      } catch {
        // Another origin: its content is not ours to read.
      }
    }
  }
  return roots;
}

/** What the page says now: live regions, refused fields, and short texts that look like messages. Runs inside the page. */
export function collectMessages(): PageMessage[] {
  const messages: PageMessage[] = [];
  const said = new Set<Element>();
  const isSeen = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const add = (element: Element, kind: PageMessage['kind'], text: string): void => {
    const folded = foldSpace(text).slice(0, 300);
    if (folded === '' || messages.length >= 400) return;
    said.add(element);
    messages.push({ kind, text: folded, tone: kind === 'invalid' ? 'bad' : toneOf(element) });
  };
  for (const root of rootsOf()) {
    for (const element of root.querySelectorAll('[aria-invalid="true"], :user-invalid')) {
      if (element.localName === 'form' || element.localName === 'fieldset' || !isSeen(element)) continue;
      const field = element as HTMLInputElement;
      // A form that was accepted and emptied holds required fields without a value.
      if (field.value === '') continue;
      add(
        element,
        'invalid',
        `${field.labels?.[0]?.textContent ?? field.name ?? ''}: ${field.validationMessage || 'not accepted'}`,
      );
    }
    for (const element of root.querySelectorAll(
      '[role="alert"], [role="alertdialog"], [aria-live="assertive"], [role="status"], [aria-live="polite"], output',
    )) {
      if (!isSeen(element)) continue;
      const interrupts = element.matches('[role="alert"], [role="alertdialog"], [aria-live="assertive"]');
      // An application that announces all of itself says nothing in particular.
      const text = contentName(element, 1);
      if (text.length <= 600) add(element, interrupts ? 'alert' : 'status', text);
    }
    // What is offered to choose from says nothing, whatever its colour: a category that is called “Danger”.
    const isChoice = (element: Element): boolean =>
      /^(?:radio|checkbox)$/.test(
        (element.closest('label')?.control as HTMLInputElement | null | undefined)?.type ?? '',
      );
    let left = 4000;
    for (const element of root.querySelectorAll(
      'p, span, div, small, strong, em, b, i, label, dd, h2, h3, h4, h5, li, td, legend',
    )) {
      if ((left -= 1) < 0) break;
      const own = [...element.childNodes].some(
        (node) => node.nodeType === 3 && (node.nodeValue ?? '').trim() !== '',
      );
      if (
        !own ||
        said.has(element) ||
        element.closest('button, a, [role="button"], [role="option"], [role="radio"], [role="tab"]') ||
        isChoice(element) ||
        (element.textContent ?? '').length > 300 ||
        !isSeen(element)
      )
        continue;
      if ([...said].some((one) => one.contains(element))) continue;
      add(element, 'styled', element.textContent ?? '');
    }
  }
  return messages;
}

/** Where a text stands outside of inputs: the smallest elements that hold it. Runs inside the page. */
export function placesOf(text: string): TextPlace[] {
  const places: TextPlace[] = [];
  const wanted = foldSpace(text);
  const holds = (node: Node): boolean => foldSpace(node.textContent ?? '').includes(wanted);
  const describe = (element: Element): void => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return;
    let block: Element = element;
    while (
      block.parentElement &&
      /^inline/.test(getComputedStyle(block).display) &&
      block.parentElement !== document.body
    )
      block = block.parentElement;
    const inside = (selector: string): boolean => element.closest(selector) !== null;
    const where = inside('[role="option"], [role="listbox"], datalist, [role="tooltip"]')
      ? 'suggestion'
      : inside(
            '[role="alert"], [role="alertdialog"], [role="status"], [aria-live], output, [class*="toast" i], [class*="snack" i]',
          )
        ? 'message'
        : inside(
              'li, tr, article, [role="listitem"], [role="row"], [role="article"], [role="gridcell"], [role="treeitem"], [class*="card" i], [class*="item" i]',
            )
          ? 'item'
          : 'plain';
    places.push({
      block: foldSpace(block.textContent ?? '').slice(0, 300),
      where,
      tone: toneOf(element),
      alone: foldSpace(element.textContent ?? '') === wanted,
    });
  };
  const look = (element: Element, depth: number): void => {
    if (places.length >= 20 || depth > 200) return;
    const tag = element.localName;
    if (['script', 'style', 'template', 'noscript', 'textarea', 'select', 'head', 'input'].includes(tag))
      return;
    if ((element as HTMLElement).isContentEditable) return;
    const inner = [...(element.shadowRoot ?? element).children].filter(holds);
    if (inner.length > 0) for (const child of inner) look(child, depth + 1);
    else if (holds(element)) describe(element);
    else if (element.shadowRoot && holds(element.shadowRoot)) describe(element);
  };
  for (const root of rootsOf())
    if (root.nodeType === 9 && (root as Document).body) look((root as Document).body, 0);
  return places;
}

/** Whether the page keeps a text in this browser. Runs inside the page. */
export function storesText(text: string): boolean {
  const forms = [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text)];
  try {
    return [localStorage, sessionStorage].some((storage) =>
      Object.keys(storage).some((key) => forms.some((form) => storage.getItem(key)?.includes(form))),
    );
  } catch {
    // A document without an origin of its own has no storage.
    return false;
  }
}

/** Sent into the page after PAGE_SEMANTICS. */
export const MESSAGE_FUNCTIONS = [toneOf, rootsOf, collectMessages, placesOf, storesText];
