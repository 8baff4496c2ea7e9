export interface LocatedNode {
  /** Playwright selector of exactly this node. */
  selector: string;
  box: { x: number; y: number; width: number; height: number };
  inViewport: boolean;
  /** Something else lies over its middle and would get the click. */
  isCovered?: boolean;
}

/**
 * Runs inside the page: what `prepare` says is done to node `index` of the last collected page, then tells where the node is.
 * null when it has left the document. `scroll` brings it to the middle of its scrollers smoothly, `focus` gives it the keyboard,
 * `select` also marks its content, so that typing replaces it. `words`: of a node that is drawn of several it is the innermost one that holds the
 * first of its words, as a person would aim. What pulses or hovers without end is held still for a moment: an eye follows it, a driver waits for ever.
 */
export function locateInPage(
  index: number,
  prepare: 'look' | 'scroll' | 'focus' | 'select' | 'words',
): LocatedNode | null {
  const node = (globalThis as { showrunnerNodes?: Element[] }).showrunnerNodes?.[index];
  if (!node || !node.isConnected) return null;
  const input = node as HTMLInputElement;
  let target: Element = node;
  const own = node.getBoundingClientRect();
  const label =
    node.localName === 'input' && (input.type === 'checkbox' || input.type === 'radio')
      ? input.labels?.[0]
      : undefined;
  if (label && (own.width < 4 || own.height < 4 || getComputedStyle(node).opacity === '0')) target = label;
  // Without a box of its own it cannot be clicked; what it holds can.
  if (getComputedStyle(node).display === 'contents')
    target = [...node.querySelectorAll('*')].find((one) => one.getBoundingClientRect().width > 0) ?? node;
  const worded =
    prepare === 'words' &&
    [node, ...node.querySelectorAll('*')].find(
      (one) =>
        one.closest('button,a,input,textarea,select,svg') === null &&
        one.getBoundingClientRect().width > 0 &&
        [...one.childNodes].some((child) => child.nodeType === 3 && /\p{L}{2}/u.test(child.nodeValue ?? '')),
    );
  if (worded) target = worded;
  if (prepare === 'scroll') target.scrollIntoView({ behavior: 'smooth', block: 'center', inline: 'nearest' });
  if (prepare === 'focus' || prepare === 'select') (node as HTMLElement).focus({ preventScroll: true });
  if (prepare === 'select') {
    if (typeof input.select === 'function') input.select();
    else getSelection()?.selectAllChildren(node);
  }
  const HELD_MS = 2000;
  for (let at: Element | null = target; at; at = at.parentElement)
    for (const animation of at.getAnimations()) {
      const { effect, playState } = animation;
      if (playState !== 'running' || effect?.getComputedTiming().endTime !== Infinity) continue;
      animation.pause();
      setTimeout(() => {
        if (animation.playState === 'paused') animation.play();
      }, HELD_MS);
    }
  const pathOf = (element: Element): string => {
    const parts: string[] = [];
    for (let at: Element | null = element; at;) {
      const parent: Node | null = at.parentNode;
      const tag = CSS.escape(at.localName);
      const same = parent
        ? [...parent.childNodes].filter((child) => (child as Element).localName === at?.localName)
        : [at];
      parts.unshift(same.length > 1 ? `${tag}:nth-of-type(${same.indexOf(at) + 1})` : tag);
      at =
        parent instanceof ShadowRoot || (parent && parent.nodeType === 11)
          ? (parent as ShadowRoot).host
          : at.parentElement;
    }
    return parts.join(' > ');
  };
  let selector = `css=${pathOf(target)}`;
  const rect = target.getBoundingClientRect();
  const box = {
    x: Math.round(rect.left),
    y: Math.round(rect.top),
    width: Math.round(rect.width),
    height: Math.round(rect.height),
  };
  for (
    let frame = target.ownerDocument.defaultView?.frameElement;
    frame;
    frame = frame.ownerDocument.defaultView?.frameElement
  ) {
    selector = `css=${pathOf(frame)} >> internal:control=enter-frame >> ${selector}`;
    const outer = frame.getBoundingClientRect();
    box.x += Math.round(outer.left);
    box.y += Math.round(outer.top);
  }
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const inViewport = centre.x >= 0 && centre.y >= 0 && centre.x <= innerWidth && centre.y <= innerHeight;
  const middle = {
    x: Math.min(innerWidth - 1, Math.max(0, rect.left + rect.width / 2)),
    y: Math.min(innerHeight - 1, Math.max(0, rect.top + rect.height / 2)),
  };
  let hit = document.elementFromPoint(middle.x, middle.y);
  for (let inner = hit; inner;) {
    hit = inner;
    inner = inner.shadowRoot?.elementFromPoint(middle.x, middle.y) ?? null;
    if (inner === hit) break;
  }
  const reaches = (outer: Element, inner: Element): boolean => {
    for (let at: Node | null = inner; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null)
      if (at === outer) return true;
    return false;
  };
  const isCovered =
    inViewport &&
    hit !== null &&
    target.ownerDocument === document &&
    !reaches(target, hit) &&
    !reaches(hit, target) &&
    hit.closest('label')?.control !== node;
  return { selector, box, inViewport, isCovered };
}
