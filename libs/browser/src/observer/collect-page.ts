import type { PageElement } from '@showrunner/contracts';
import type { SecretCover } from '../secrets/secret-cover.types';
import { findObstacles } from '../obstacles/find-obstacles';
import {
  chosenInRow,
  CONTROL_FUNCTIONS,
  hasOwnHandle,
  fieldIconName,
  isTool,
  showsPicture,
  neighbourName,
  switchLook,
  tooltipName,
} from './control-looks';
import { ICON_FUNCTIONS, iconName, kindName } from './icon-names';
import { likeRows, partsOf } from './like-rows';
import { locateInPage } from './locate-in-page';
import {
  contentName,
  contentsBox,
  drawingOf,
  fadesInLater,
  foldSpace,
  isBeyondReach,
  isDraggable,
  nameOf,
  roleOf,
} from './page-semantics';
import { themeOf } from './page-theme';
import type { Rect, WalkState } from './walk-state';
import { backdropOf, findBoards, hashOf, mediaState, PICTURE_FUNCTIONS, pointsOnHover } from './pictures';

export interface CollectedPage {
  path: string;
  origin: string;
  title: string;
  text: string;
  elements: PageElement[];
  theme: string;
  viewport: { width: number; height: number };
  restless: string[];
}

/**
 * Runs inside the page's isolated world (sent as text with PAGE_SEMANTICS): one walk over what is rendered, open shadow roots and
 * same-origin frames included. Keeps the DOM nodes of `elements` in `globalThis.showrunnerNodes` for `locateInPage`.
 */
export function collectPage(maxElements: number, maxText: number): CollectedPage {
  const elements: PageElement[] = [];
  const nodes: Element[] = [];
  const restless: string[] = [];
  const changing = (globalThis as { showrunnerWatch?: { restless: Set<Element> } }).showrunnerWatch?.restless;
  const { showrunnerCover: cover } = globalThis as { showrunnerCover?: SecretCover };
  const text: string[] = [];
  let textLength = 0;
  const view = { width: window.innerWidth, height: window.innerHeight };
  const far = 1e7;
  const everything = { left: -far, top: -far, right: far, bottom: far };
  const ACTIVE = [
    'button',
    'link',
    'checkbox',
    'radio',
    'switch',
    'tab',
    'option',
    'combobox',
    'slider',
    'textbox',
    'searchbox',
    'spinbutton',
    'menuitem',
    'menuitemradio',
    'menuitemcheckbox',
    'treeitem',
    'generic',
  ];
  const NAMED_BY_LOOKS = [
    'generic',
    'button',
    'link',
    'switch',
    'checkbox',
    'radio',
    'textbox',
    'combobox',
    'slider',
    'spinbutton',
  ];
  const ICONS = ['generic', 'button', 'link', 'slider'];
  /** Icons that say less than the words beside them. */
  const PLAIN_ICONS = ['Open', 'Add', 'Less', 'Up', 'Down'];
  const boards = findBoards(document);
  const rows = new Set<Element>();
  const becomesHand = pointsOnHover();
  const landmarks = ['form', 'dialog', 'alertdialog', 'search'];
  const modal = [...document.querySelectorAll('dialog[open], [aria-modal="true"]')]
    .filter(
      (dialog) =>
        (dialog.matches('dialog:modal') || dialog.getAttribute('aria-modal') === 'true') &&
        dialog.checkVisibility({ visibilityProperty: true }),
    )
    .pop();

  const intersect = (a: Rect, b: Rect): Rect => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  });
  const isEmpty = (a: Rect): boolean => a.right - a.left < 1 || a.bottom - a.top < 1;
  const addText = (part: string): void => {
    if (textLength >= maxText || part === '') return;
    text.push(part);
    textLength += part.length;
  };
  const bool = (element: Element, name: string): boolean | undefined => {
    const value = element.getAttribute(name);
    return value === null || value === '' || value === 'undefined' ? undefined : value !== 'false';
  };

  const describe = (
    element: Element,
    role: string,
    rect: Rect,
    shown: Rect,
    state: WalkState,
  ): PageElement => {
    const input = element as HTMLInputElement;
    const tag = element.localName;
    const isField = tag === 'input' || tag === 'textarea' || tag === 'select';
    const entry: PageElement = {
      role,
      name: nameOf(element, role),
      value: '',
      box: {
        x: Math.round(rect.left + state.dx),
        y: Math.round(rect.top + state.dy),
        width: Math.round(rect.right - rect.left),
        height: Math.round(rect.bottom - rect.top),
      },
      inViewport: false,
      parent: state.parent,
      group: state.group,
    };
    const isCalledOtherwise =
      element.querySelector('svg, [role="img"], [class*="material-"]') !== null || isField;
    if (entry.name !== '' && isCalledOtherwise) {
      const whole = nameOf(element, role, true);
      if (whole !== entry.name) entry.accessibleName = whole;
    }
    const inView = intersect(shown, {
      left: -state.dx,
      top: -state.dy,
      right: view.width - state.dx,
      bottom: view.height - state.dy,
    });
    entry.inViewport = !isEmpty(inView);
    if (tag === 'input') {
      entry.inputType = input.type;
      const plain = !['button', 'submit', 'reset', 'image', 'checkbox', 'radio', 'file'].includes(input.type);
      if (plain) entry.value = input.value;
      if (input.type === 'file') {
        entry.value = [...(input.files ?? [])].map((file) => file.name).join(', ');
        if (input.accept) entry.accept = input.accept.slice(0, 200);
      }
      for (const bound of ['min', 'max', 'step'] as const)
        if (input[bound]) entry[bound] = input[bound].slice(0, 40);
      if (input.type === 'checkbox' || input.type === 'radio') entry.checked = input.checked;
    } else if (element instanceof HTMLMediaElement) {
      entry.value = mediaState(element);
      if (element.controls) entry.clickable = true;
    } else if (tag === 'textarea') {
      entry.inputType = 'textarea';
      entry.value = input.value;
    } else if (tag === 'select') {
      const select = element as HTMLSelectElement;
      entry.value = foldSpace([...select.selectedOptions].map((option) => option.label).join(', '));
      entry.options = [...select.options].slice(0, 100).map((option) => foldSpace(option.label));
    } else if (role === 'textbox' || role === 'searchbox') {
      entry.value = foldSpace((element as HTMLElement).innerText ?? '');
    } else if (role === 'slider' || role === 'spinbutton' || role === 'progressbar') {
      entry.value = element.getAttribute('aria-valuetext') ?? element.getAttribute('aria-valuenow') ?? '';
      for (const bound of ['min', 'max'] as const) {
        const said = element.getAttribute(`aria-value${bound}`);
        if (said) entry[bound] = said.slice(0, 40);
      }
    }
    const isPassword = tag === 'input' && input.type === 'password';
    if (isPassword || cover?.isSecret(element) === true) {
      entry.value = '•'.repeat(entry.value.length);
      if (!isPassword) entry.secret = true;
    }
    if (isField || role === 'textbox' || role === 'searchbox') {
      const placeholder = element.getAttribute('placeholder') ?? element.getAttribute('aria-placeholder');
      if (placeholder) entry.placeholder = foldSpace(placeholder);
      if (input.required || bool(element, 'aria-required')) entry.required = true;
      if (input.readOnly === true || bool(element, 'aria-readonly')) entry.readonly = true;
    }
    if (
      state.disabled ||
      (isField || tag === 'button' ? element.matches(':disabled') : false) ||
      bool(element, 'aria-disabled')
    )
      entry.disabled = true;
    const checked = bool(element, 'aria-checked');
    if (checked !== undefined && entry.checked === undefined) entry.checked = checked;
    const pressed = bool(element, 'aria-pressed');
    if (pressed !== undefined) entry.pressed = pressed;
    const expanded = bool(element, 'aria-expanded');
    if (expanded !== undefined) entry.expanded = expanded;
    else if (tag === 'summary')
      entry.expanded = (element.parentElement as HTMLDetailsElement | null)?.open ?? false;
    const popup = element.getAttribute('aria-haspopup')?.trim().toLowerCase();
    if (popup && popup !== 'false') entry.popup = popup === 'true' ? 'menu' : popup.slice(0, 20);
    if (bool(element, 'aria-current')) entry.current = true;
    if (isDraggable(element)) entry.draggable = true;
    const sort = element.getAttribute('aria-sort');
    if (sort) entry.sort = sort.slice(0, 20);
    const selected =
      tag === 'option'
        ? (element as HTMLOptionElement).selected
        : (bool(element, 'aria-selected') ?? bool(element, 'aria-current'));
    if (selected !== undefined) entry.selected = selected;
    if (role === 'link') {
      const href = (element as HTMLAnchorElement).href;
      const resolved = typeof href === 'string' && URL.canParse(href) ? new URL(href) : undefined;
      if (resolved)
        entry.href =
          resolved.origin === location.origin
            ? resolved.pathname + resolved.search + resolved.hash
            : resolved.href;
    }
    if (role === 'heading')
      entry.level = Number(/^h([1-6])$/.exec(tag)?.[1] ?? element.getAttribute('aria-level') ?? 2);
    return entry;
  };

  /** An icon that says what the control does; beside words that say more, these. */
  const neighbourOrIcon = (element: Element, role: string): string => {
    const icon = ICONS.includes(role) ? iconName(element) : '';
    if (icon !== '' && !PLAIN_ICONS.includes(icon)) return icon;
    const looks = role === 'generic' ? kindName(element) : role === 'textbox' ? fieldIconName(element) : '';
    return neighbourName(element) || icon || looks;
  };

  /** Changes in there are not told to who watches the document. */
  const markDeep = (): void => {
    (globalThis as { showrunnerDeep?: boolean }).showrunnerDeep = true;
  };

  const walkChildren = (node: Element | ShadowRoot | Document, state: WalkState): void => {
    let children: Iterable<Node> = node.childNodes;
    const shadow = (node as Element).shadowRoot;
    if (shadow) {
      children = shadow.childNodes;
      markDeep();
    } else if ((node as Element).localName === 'slot') {
      const assigned = (node as HTMLSlotElement).assignedNodes();
      if (assigned.length > 0) children = assigned;
    }
    if (elements.length < maxElements) for (const row of likeRows(shadow ?? node)) rows.add(row);
    for (const child of children) {
      if (child.nodeType === 1) walk(child as Element, state);
      else if (child.nodeType === 3 && child.nodeValue && !state.cut) addText(child.nodeValue);
    }
  };

  const walk = (element: Element, state: WalkState): void => {
    const tag = element.localName;
    if (tag === 'script' || tag === 'style' || tag === 'template' || tag === 'noscript' || tag === 'head')
      return;
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.contentVisibility === 'hidden') return;
    const input = element as HTMLInputElement;
    const isToggle = tag === 'input' && (input.type === 'checkbox' || input.type === 'radio');
    const contents = style.display === 'contents';
    const ownRole = roleOf(element);
    const bounds = contents && ownRole !== '' ? contentsBox(element) : element.getBoundingClientRect();
    if (style.opacity === '0' && !isToggle && !fadesInLater(bounds, style, window)) return;
    let rect: Rect = { left: bounds.left, top: bounds.top, right: bounds.right, bottom: bounds.bottom };
    const clip =
      style.position === 'fixed'
        ? everything
        : style.position === 'absolute'
          ? state.absoluteClip
          : state.clip;
    let shown = intersect(rect, clip);
    const clips = style.overflowX !== 'visible' || style.overflowY !== 'visible';
    const screenReaderOnly = !contents && clips && bounds.width <= 1 && bounds.height <= 1;
    if (screenReaderOnly && !isToggle) return;
    let visible = style.visibility === 'visible' && (contents || (bounds.width > 0 && bounds.height > 0));
    if (isToggle && (isEmpty(shown) || bounds.width < 4 || style.opacity === '0')) {
      // A styled check box: the control itself is invisible, its label is what people see and click.
      const label = [...(input.labels ?? [])]
        .map((one) => one.getBoundingClientRect())
        .find((one) => one.width > 3 && one.height > 3);
      if (label) {
        rect = { left: label.left, top: label.top, right: label.right, bottom: label.bottom };
        shown = intersect(rect, clip);
        visible = true;
      }
    }
    const fixed = state.fixed || style.position === 'fixed';
    const cutOff =
      !contents &&
      ((isEmpty(shown) && (clip.right < far || clips)) ||
        (!isToggle && isBeyondReach(bounds, element.ownerDocument.defaultView, fixed)));
    const scrollable = (value: string): boolean => value === 'auto' || value === 'scroll';
    const startsRestless = !state.restless && changing?.has(element) === true;
    if (startsRestless && restless.length < 50)
      restless.push(foldSpace(element.textContent ?? '').slice(0, 300));
    const inner: WalkState = {
      ...state,
      fixed,
      restless: state.restless || startsRestless,
      hidden:
        state.hidden ||
        element.getAttribute('aria-hidden') === 'true' ||
        (element as HTMLElement).inert ||
        element === modal,
    };
    if (element === modal) inner.hidden = false;
    if (tag === 'fieldset' && (element as HTMLFieldSetElement).disabled) inner.disabled = true;
    let role = ownRole;
    const isHand = style.cursor === 'pointer' || (ownRole === '' && !state.pointer && becomesHand(element));
    const startsPointer =
      isHand &&
      (!state.pointer ||
        (ownRole === '' &&
          (hasOwnHandle(element) ||
            (!state.control && showsPicture(element, style) && iconName(element) !== ''))));
    if (isHand) inner.pointer = true;
    if (ACTIVE.includes(ownRole)) inner.control = true;
    const answersKeys =
      role === '' &&
      (element.hasAttribute('onclick') ||
        element.getAttribute('tabindex') === '0' ||
        // An anchor that leads nowhere and says what it does: a control of old widgets.
        (tag === 'a' && element.hasAttribute('title'))) &&
      (element.textContent ?? '').length <= 120;
    const looks = startsPointer && role === '' ? switchLook(element, style, bounds) : undefined;
    if (looks) role = 'switch';
    else if (role === '' && (startsPointer || answersKeys) && tag !== 'label' && tag !== 'body')
      role = 'generic';
    if (role === '' && !inner.control && isTool(element, bounds)) role = 'generic';
    if (role === '' && isDraggable(element)) role = 'generic';
    // Drawn as an entry of a list, by markup nothing.
    if (role === '' && rows.has(element) && bounds.height >= 14 && bounds.width >= 60) role = 'entry';
    const isLarge = bounds.width >= 100 && bounds.height >= 60;
    const isDrawing = (tag === 'svg' || tag === 'canvas' || tag === 'img') && isLarge;
    const backdrop = role === '' ? backdropOf(element, style, bounds) : '';
    if (role === '' && (isDrawing || backdrop !== '')) role = 'img';
    if (tag === 'video' || tag === 'audio') role = tag;
    const isBoard = boards.has(element);
    if (role === '' && isBoard) role = 'application';
    if (tag === 'label' && startsPointer) inner.pointer = false;
    if (role !== '' && visible && !inner.hidden && !cutOff && elements.length < maxElements) {
      const entry = describe(element, role, rect, shown, state);
      if (entry.name === '' && NAMED_BY_LOOKS.includes(role))
        entry.name = tooltipName(element) || neighbourOrIcon(element, role);
      // A star or a cross alone says less than its tooltip.
      if (role === 'generic' && !/[\p{L}\p{N}]/u.test(entry.name))
        entry.name = foldSpace(element.getAttribute('title') ?? '') || tooltipName(element) || entry.name;
      const hint = /[\p{L}\p{N}]/u.test(entry.name) ? '' : element.getAttribute('title');
      if (hint) entry.hint = foldSpace(hint).slice(0, 80);
      if (looks && entry.checked === undefined) entry.checked = looks.isOn;
      const isPressedWhole =
        (role === 'button' || role === 'link') && bounds.height >= 40 && entry.name.length > 20;
      if (role === 'entry' || ((role === 'generic' || isPressedWhole) && element.childElementCount > 0))
        entry.parts = partsOf(element);
      if (role === 'generic' && entry.selected === undefined) {
        const chosen = chosenInRow(element);
        if (chosen !== undefined) entry.selected = chosen;
      }
      if (startsPointer && !ACTIVE.includes(role)) entry.clickable = true;
      if (inner.restless || (isBoard && [...(changing ?? [])].some((one) => element.contains(one))))
        entry.restless = true;
      if (tag === 'img' && isLarge)
        entry.picture = `file-${hashOf((element as HTMLImageElement).currentSrc)}`;
      else if (isDrawing || (tag === 'video' && entry.value === 'paused')) entry.picture = drawingOf(element);
      else if (backdrop !== '') entry.picture = `file-${hashOf(backdrop)}`;
      else if (isBoard) entry.picture = hashOf(element.innerHTML.slice(0, 60_000));
      elements.push(entry);
      nodes.push(element);
      inner.parent = elements.length - 1;
      if (landmarks.includes(role)) inner.group = inner.parent;
    }
    if (!contents) inner.cut = cutOff || style.visibility !== 'visible';
    if (style.position !== 'static' || style.transform !== 'none') inner.absoluteClip = clip;
    inner.clip = clip;
    if (clips && !contents && tag !== 'html' && tag !== 'body') {
      const cut = intersect(
        { left: bounds.left, top: bounds.top, right: bounds.right, bottom: bounds.bottom },
        clip,
      );
      // What a scroller hides can be scrolled to, so it only leaves the viewport; what overflow:hidden hides is not there.
      const next = {
        left: scrollable(style.overflowX) ? -far : cut.left,
        right: scrollable(style.overflowX) ? far - 1 : cut.right,
        top: scrollable(style.overflowY) ? -far : cut.top,
        bottom: scrollable(style.overflowY) ? far - 1 : cut.bottom,
      };
      inner.clip = next;
      if (style.position !== 'static') inner.absoluteClip = next;
    }
    if (['textarea', 'select', 'canvas', 'video', 'audio', 'title', 'desc', 'defs'].includes(tag)) return;
    // A drawing may hold what is clicked: seats, countries, bars. Icons and large drawings are taken as one.
    if (tag === 'svg' && (!isLarge || inner.pointer || element.querySelectorAll('*').length > 800)) return;
    if (tag === 'details' && !(element as HTMLDetailsElement).open) {
      const summary = [...element.children].find((child) => child.localName === 'summary');
      return summary && walk(summary, inner);
    }
    if (tag === 'iframe') return walkFrame(element as HTMLIFrameElement, bounds, inner);
    if ((element as HTMLElement).isContentEditable && role === 'textbox') return;
    const block = style.display !== 'inline' && !contents;
    if (block) addText('\n');
    if (style.visibility === 'visible' || element.childElementCount > 0) walkChildren(element, inner);
    if (block || tag === 'br') addText('\n');
  };

  const walkFrame = (frame: HTMLIFrameElement, bounds: DOMRect, state: WalkState): void => {
    let body: Element | null;
    try {
      body = frame.contentDocument?.body ?? null;
    } catch {
      // Another origin: its content is not ours to read.
      return;
    }
    if (!body) return;
    markDeep();
    walk(body, {
      ...state,
      fixed: false,
      clip: everything,
      absoluteClip: everything,
      dx: state.dx + bounds.left,
      dy: state.dy + bounds.top,
    });
  };

  const start: WalkState = {
    parent: -1,
    group: -1,
    hidden: modal !== undefined,
    cut: false,
    pointer: false,
    control: false,
    disabled: false,
    fixed: false,
    restless: false,
    clip: everything,
    absoluteClip: everything,
    dx: 0,
    dy: 0,
  };
  if (document.body) walk(document.body, start);
  // A sound without controls is heard, and not seen.
  for (const sound of document.querySelectorAll('audio')) {
    if (nodes.includes(sound) || elements.length >= maxElements) continue;
    elements.push({
      ...{ role: 'audio', name: '', value: mediaState(sound), inViewport: false, parent: -1, group: -1 },
      box: { x: 0, y: 0, width: 0, height: 0 },
    });
    nodes.push(sound);
  }
  (globalThis as { showrunnerNodes?: Element[] }).showrunnerNodes = nodes;
  return {
    path: location.pathname + location.search + location.hash,
    origin: location.origin,
    title: document.title,
    text: foldSpace(text.join('')).slice(0, maxText),
    elements,
    theme: themeOf(view),
    viewport: view,
    restless,
  };
}

/** Sent into the page after PAGE_SEMANTICS. `contentName` is named so that bundlers keep it. */
export const PAGE_FUNCTIONS = [
  ...[collectPage, locateInPage, findObstacles, contentName, likeRows, partsOf, themeOf],
  ...[...CONTROL_FUNCTIONS, ...ICON_FUNCTIONS, ...PICTURE_FUNCTIONS],
];
