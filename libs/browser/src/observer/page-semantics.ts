/* Functions of this file run inside the page's isolated world: they are sent as text, so each may use only the others named in `PAGE_SEMANTICS`. */

/** Computed role of an element, by HTML-AAM for the elements that matter here; '' for generic ones. */
export function roleOf(element: Element): string {
  const explicit = element.getAttribute('role')?.trim().split(/\s+/)[0]?.toLowerCase();
  if (explicit && explicit !== 'none' && explicit !== 'presentation' && explicit !== 'generic') {
    // Some libraries let a whole row of a table tick it: it is a row all the same.
    const isRow = element.localName === 'tr' && ['checkbox', 'button', 'link', 'option'].includes(explicit);
    return isRow ? 'row' : explicit;
  }
  if (explicit) return '';
  const tag = element.localName;
  if (tag === 'input') {
    const type = ((element as HTMLInputElement).type || 'text').toLowerCase();
    const byType: Record<string, string> = {
      button: 'button',
      submit: 'button',
      reset: 'button',
      image: 'button',
      file: 'button',
      color: 'button',
      checkbox: 'checkbox',
      radio: 'radio',
      range: 'slider',
      number: 'spinbutton',
      hidden: '',
    };
    if (type in byType) return byType[type] ?? '';
    if (element.hasAttribute('list')) return 'combobox';
    return type === 'search' ? 'searchbox' : 'textbox';
  }
  if (tag === 'select')
    return (element as HTMLSelectElement).multiple || (element as HTMLSelectElement).size > 1
      ? 'listbox'
      : 'combobox';
  if (tag === 'a' || tag === 'area') return element.hasAttribute('href') ? 'link' : '';
  if (tag === 'img') return element.getAttribute('alt') === '' ? '' : 'img';
  if (tag === 'header' || tag === 'footer') {
    if (element.closest('article, aside, main, nav, section')) return '';
    return tag === 'header' ? 'banner' : 'contentinfo';
  }
  if (tag === 'section')
    return element.hasAttribute('aria-label') || element.hasAttribute('aria-labelledby') ? 'region' : '';
  if (tag === 'th') return element.getAttribute('scope') === 'row' ? 'rowheader' : 'columnheader';
  if (tag === 'li') return element.closest('ul, ol, menu') ? 'listitem' : '';
  if (tag === 'summary') return 'button';
  const byTag: Record<string, string> = {
    button: 'button',
    textarea: 'textbox',
    option: 'option',
    h1: 'heading',
    h2: 'heading',
    h3: 'heading',
    h4: 'heading',
    h5: 'heading',
    h6: 'heading',
    ul: 'list',
    ol: 'list',
    menu: 'list',
    table: 'table',
    tr: 'row',
    td: 'cell',
    form: 'form',
    dialog: 'dialog',
    nav: 'navigation',
    main: 'main',
    aside: 'complementary',
    article: 'article',
    search: 'search',
    figure: 'figure',
    progress: 'progressbar',
    meter: 'meter',
    output: 'status',
    fieldset: 'group',
    details: 'group',
    hr: 'separator',
    svg: 'img',
    canvas: 'canvas',
  };
  if (tag === 'svg')
    return element.hasAttribute('aria-label') || element.querySelector(':scope > title') ? 'img' : '';
  if (byTag[tag]) return byTag[tag];
  // An editor that owns its document.
  if (tag === 'body' && element.ownerDocument.designMode === 'on') return 'textbox';
  if ((element as HTMLElement).isContentEditable && element.getAttribute('contenteditable') !== null)
    return 'textbox';
  return '';
}

export function foldSpace(text: string): string {
  return text.replace(/[\s\u00a0\u200b]+/g, ' ').trim();
}

/** Whether an element is a small drawing that says by a label what it shows: what it stands for is said by the words beside it. */
export function isLabelledIcon(element: Element): boolean {
  const isDrawn =
    element.localName === 'svg' ||
    (element.getAttribute('role') === 'img' && foldSpace(element.textContent ?? '') === '');
  if (!isDrawn) return false;
  const box = element.getBoundingClientRect();
  return box.width <= 40 && box.height <= 40;
}

/** Whether an element is drawn by a font that makes a picture of a word (`play_arrow`): nobody reads that word. */
export function isLigature(element: Element): boolean {
  const isOfFont = [...element.classList].some((name) =>
    /^(?:material-(?:icons|symbols)|google-symbols)/.test(name),
  );
  return isOfFont && /^[a-z][a-z0-9_]*$/.test(foldSpace(element.textContent ?? ''));
}

/** Text alternative of a subtree: what a name from content is made of; `plain` without what icons in it are called. */
export function contentName(node: Node, depth: number, plain = false): string {
  if (depth > 24) return '';
  if (node.nodeType === 3) return node.nodeValue ?? '';
  if (node.nodeType !== 1 && node.nodeType !== 11) return '';
  if (node.nodeType === 1) {
    const element = node as HTMLElement;
    const tag = element.localName;
    if (tag === 'script' || tag === 'style' || tag === 'template' || tag === 'noscript') return '';
    if (depth > 0) {
      if (element.getAttribute('aria-hidden') === 'true') return '';
      if (plain && (isLabelledIcon(element) || isLigature(element))) return '';
      const label = element.getAttribute('aria-label');
      if (label?.trim()) return ` ${label} `;
      if (tag === 'img') return ` ${element.getAttribute('alt') ?? ''} `;
      if (tag === 'input' || tag === 'textarea')
        // What a box to tick sends is not what it shows.
        return ` ${['password', 'checkbox', 'radio', 'hidden'].includes((element as HTMLInputElement).type) ? '' : (element as HTMLInputElement).value} `;
      if (tag === 'select') return ` ${(element as HTMLSelectElement).selectedOptions[0]?.text ?? ''} `;
      if (
        typeof element.checkVisibility === 'function' &&
        !element.checkVisibility({ visibilityProperty: true }) &&
        // Has no box of its own; what is in it may be seen all the same (slots are such).
        getComputedStyle(element).display !== 'contents'
      )
        return '';
    }
    if (tag === 'br') return ' ';
    if (tag === 'svg') return ` ${element.querySelector(':scope > title')?.textContent ?? ''} `;
  }
  let children: Iterable<Node> = node.childNodes;
  const root = (node as Element).shadowRoot;
  if (root) children = root.childNodes;
  else if ((node as Element).localName === 'slot') {
    const assigned = (node as HTMLSlotElement).assignedNodes();
    if (assigned.length > 0) children = assigned;
  }
  let text = '';
  for (const child of children) {
    const part = contentName(child, depth + 1, plain);
    if (part === '') continue;
    const block =
      child.nodeType === 1 && !/^(inline|contents)$/.test(getComputedStyle(child as Element).display);
    text += block ? ` ${part} ` : part;
    if (text.length > 1000) break;
  }
  return text;
}

/**
 * Computed accessible name (accname 1.2, the branches that occur in apps), but for labels of icons beside words: `Users`, where browsers say `team
 * Users`. With `whole` as browsers say it.
 */
export function nameOf(element: Element, role: string, whole = false): string {
  const labelledBy = element.getAttribute('aria-labelledby');
  if (labelledBy) {
    const root = element.getRootNode() as Document | ShadowRoot;
    const text = foldSpace(
      labelledBy
        .split(/\s+/)
        .map((id) => {
          const label = root.getElementById(id);
          return label ? label.getAttribute('aria-label') || contentName(label, 0) : '';
        })
        .join(' '),
    );
    if (text) return text;
  }
  const ariaLabel = foldSpace(element.getAttribute('aria-label') ?? '');
  if (ariaLabel) return ariaLabel;
  const tag = element.localName;
  const title = foldSpace(element.getAttribute('title') ?? '');
  if (
    tag === 'input' ||
    tag === 'select' ||
    tag === 'textarea' ||
    tag === 'meter' ||
    tag === 'progress' ||
    tag === 'output'
  ) {
    const input = element as HTMLInputElement;
    if (tag === 'input' && ['button', 'submit', 'reset'].includes(input.type)) {
      return (
        foldSpace(input.value) ||
        title ||
        (input.type === 'submit' ? 'Submit' : input.type === 'reset' ? 'Reset' : '')
      );
    }
    if (tag === 'input' && input.type === 'image')
      return foldSpace(input.alt || input.value) || title || 'Submit';
    const text = foldSpace([...(input.labels ?? [])].map((label) => labelText(label, element)).join(' '));
    return (
      text ||
      title ||
      (whole ? '' : labelBeside(element)) ||
      foldSpace(element.getAttribute('placeholder') ?? '') ||
      foldSpace(element.getAttribute('aria-placeholder') ?? '')
    );
  }
  if (tag === 'img' || tag === 'area') return foldSpace(element.getAttribute('alt') ?? '') || title;
  if (tag === 'fieldset')
    return foldSpace(element.querySelector(':scope > legend')?.textContent ?? '') || title;
  if (tag === 'table') return foldSpace((element as HTMLTableElement).caption?.textContent ?? '') || title;
  if (tag === 'figure')
    return foldSpace(element.querySelector(':scope > figcaption')?.textContent ?? '') || title;
  const fromContent = [
    'button',
    'link',
    'heading',
    'checkbox',
    'radio',
    'switch',
    'tab',
    'option',
    'menuitem',
    'menuitemcheckbox',
    'menuitemradio',
    'treeitem',
    'cell',
    'gridcell',
    'columnheader',
    'rowheader',
    'row',
    'tooltip',
    'listitem',
    'entry',
    'alert',
    'status',
    'generic',
    'article',
    'img',
  ];
  if (fromContent.includes(role)) {
    const full = foldSpace(contentName(element, 0));
    const words =
      whole || role === 'img' ? full : isLigature(element) ? '' : foldSpace(contentName(element, 0, true));
    // What only a word of an icon font stands in is named by its picture.
    const isDrawn =
      words === '' && [element, ...element.querySelectorAll('i, span')].slice(0, 9).some(isLigature);
    const text = /\p{L}{2}/u.test(words) || isDrawn ? words : full;
    return (text.length > 200 ? `${text.slice(0, 199)}…` : text) || title;
  }
  return title;
}

/** Text of a label without the control that it wraps. */
export function labelText(label: Element, control: Element): string {
  let text = '';
  for (const child of label.childNodes) {
    if (child === control) continue;
    // A button beside the field is a control of its own.
    if (child.nodeType === 1 && (child as Element).matches('button, [role="button"], svg')) continue;
    text +=
      child.nodeType === 1 && child.contains(control)
        ? ` ${labelText(child as Element, control)} `
        : contentName(child, 1);
  }
  return text;
}

/** The label that stands beside a field and is tied to none, where both have their box to themselves; '' without one. */
export function labelBeside(field: Element): string {
  const box = field.parentElement;
  if (box === null || box.localName === 'form' || box.localName === 'body') return '';
  const labels = [...box.children].filter(
    (one) => one.localName === 'label' && (one as HTMLLabelElement).control === null,
  );
  const [label] = labels;
  const isAlone = box.querySelectorAll('input, select, textarea').length === 1;
  return label === undefined || labels.length > 1 || !isAlone ? '' : foldSpace(contentName(label, 1));
}

/** Whether a box lies where no scrolling leads: before the start of its document or, when fixed to the window, outside of it. */
export function isBeyondReach(box: DOMRect, view: Window | null, fixed: boolean): boolean {
  if (view === null || box.width === 0 || box.height === 0) return false;
  if (fixed)
    return box.right <= 0 || box.bottom <= 0 || box.left >= view.innerWidth || box.top >= view.innerHeight;
  const fromRight = view.document.documentElement.dir === 'rtl' || view.document.body?.dir === 'rtl';
  return (!fromRight && box.right + view.scrollX <= 0) || box.bottom + view.scrollY <= 0;
}

/** Box of what an element without a box of its own (`display: contents`) holds. */
export function contentsBox(element: Element): DOMRect {
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect();
}

/**
 * Whether something transparent is a part of the page that fades in once it is scrolled to: in flow, large, beyond the window, and made to
 * move or fade.
 */
export function fadesInLater(box: DOMRect, style: CSSStyleDeclaration, view: Window): boolean {
  const beyond = box.top >= view.innerHeight || box.bottom <= 0;
  const inFlow = style.position === 'static' || style.position === 'relative';
  const large = box.width >= view.innerWidth / 2 || box.width * box.height >= 40_000;
  const moves = style.transform !== 'none' || !/^0s(, 0s)*$/.test(style.transitionDuration);
  return beyond && inFlow && large && moves;
}

/** Whether a thing can be taken and dragged: it says so, or the pointer over it does, and not yet over what is around it. */
export function isDraggable(element: Element): boolean {
  const described = element.getAttribute('aria-roledescription')?.toLowerCase() ?? '';
  if (element.getAttribute('draggable') === 'true' || /draggable|sortable/.test(described)) return true;
  const isGrab = (one: Element): boolean => /^(grab|move|-webkit-grab)$/.test(getComputedStyle(one).cursor);
  return isGrab(element) && !(element.parentElement && isGrab(element.parentElement));
}

/** Hash of what a drawing shows: the markup of an svg, a small copy of a canvas; '' where the page may not be read. */
export function drawingOf(element: Element): string {
  let shown: string;
  if (element.localName === 'svg') shown = element.innerHTML.slice(0, 60_000);
  else {
    const copy = document.createElement('canvas');
    // Small enough to be read each time, and large enough for a thin line to be seen in it.
    const side = 96;
    copy.width = copy.height = side;
    const context = copy.getContext('2d', { willReadFrequently: true });
    try {
      if (context) context.imageSmoothingQuality = 'high';
      context?.drawImage(element as HTMLCanvasElement, 0, 0, side, side);
      let sum = 0x811c9dc5;
      for (const value of context?.getImageData(0, 0, side, side).data ?? [])
        sum = Math.imul(sum ^ value, 0x01000193);
      shown = String(sum);
    } catch {
      // Pictures of another origin were drawn on it: its pixels are not ours to read.
      return '';
    }
  }
  let hash = 0x811c9dc5;
  for (let at = 0; at < shown.length; at += 1) hash = Math.imul(hash ^ shown.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16);
}

/**
 * Whether something is still on its way: a transition or an animation that ends, and soon, or, on a page that was just loaded, a wheel that
 * turns until its content has come.
 */
export function isMoving(): boolean {
  const patience = 15_000;
  const waits =
    /(^|[\s_-])(spinner|loader|loading|preloader|skeleton|placeholder-(glow|wave)|progress-?circular|circular-?progress)/i;
  return document.getAnimations().some((animation) => {
    const { target } = (animation.effect ?? {}) as { target?: Element | null };
    const names = `${target?.getAttribute('class') ?? ''} ${target?.parentElement?.getAttribute('class') ?? ''}`;
    if (
      performance.now() < patience &&
      animation.playState === 'running' &&
      waits.test(names.replace(/([a-z])([A-Z])/g, '$1-$2')) &&
      target?.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    )
      return true;
    const end = Number(animation.effect?.getComputedTiming().endTime ?? Number.POSITIVE_INFINITY);
    return animation.playState === 'running' && end <= 2000;
  });
}

/** Sent into the page in this order. */
export const PAGE_SEMANTICS = [
  roleOf,
  foldSpace,
  isLabelledIcon,
  isLigature,
  contentName,
  nameOf,
  labelText,
  labelBeside,
  isBeyondReach,
  contentsBox,
  fadesInLater,
  isDraggable,
  drawingOf,
  isMoving,
];
