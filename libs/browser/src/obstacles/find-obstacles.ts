import { contentName, foldSpace } from '../observer/page-semantics';

/** A control of an obstacle. */
export interface ObstacleControl {
  /** Index among the elements of the last collected page. */
  index: number;
  role: string;
  name: string;
  /** It leads to another address. */
  leaves: boolean;
  /** Small, and in a corner where windows have what closes them. */
  inCorner: boolean;
}

/** Something that lies over the page, or a strip about cookies: outermost part that is one. Page text is data. */
export interface Obstacle {
  /** Visible text, folded, at most 1,500 characters. */
  text: string;
  /** Nothing behind it can be used, or the middle of the window is under it. */
  blocks: boolean;
  /** There is more of the page than this. */
  hidesContent: boolean;
  /** It calls itself a banner of consent, by id, class or label. */
  isNamedConsent: boolean;
  asksPassword: boolean;
  /** Fields that take text. */
  fields: number;
  controls: ObstacleControl[];
}

/**
 * Runs inside the page after `collectPage`: what lies over the page. Sticky headers, side bars and the like are left out by their number of
 * controls and links; what the rest is, is for `chooseWayOut` to judge.
 */
export function findObstacles(nodes: Element[], names: { role: string; name: string }[]): Obstacle[] {
  const view = { width: window.innerWidth, height: window.innerHeight };
  const longest = 1500;
  const mostControls = 30;
  const found: { element: Element; blocks: boolean; isNamedConsent: boolean }[] = [];
  const isModal = (element: Element): boolean =>
    element.matches('dialog:modal') || element.getAttribute('aria-modal') === 'true';
  const middle = { x: view.width / 2, y: view.height / 2 };

  const consider = (element: Element): void => {
    const tag = element.localName;
    if (tag === 'html' || tag === 'body' || tag === 'nav' || tag === 'header') return;
    const style = getComputedStyle(element);
    if (style.display === 'none' || style.visibility !== 'visible' || style.opacity === '0') return;
    const label = `${element.id} ${element.getAttribute('class') ?? ''} ${element.getAttribute('aria-label') ?? ''}`;
    const isNamedConsent = /cookie|consent|gdpr|cmp-|onetrust|didomi|privacy-?(banner|notice|popup)/i.test(
      label,
    );
    const role = element.getAttribute('role');
    const floats =
      style.position === 'fixed' ||
      style.position === 'sticky' ||
      (style.position === 'absolute' && Number(style.zIndex) >= 10) ||
      isModal(element) ||
      role === 'dialog' ||
      role === 'alertdialog' ||
      (element.hasAttribute('popover') && element.matches(':popover-open'));
    if (!floats && !isNamedConsent) return;
    const box = element.getBoundingClientRect();
    if (box.width < 40 || box.height < 20) return;
    if (box.bottom <= 0 || box.top >= view.height || box.right <= 0 || box.left >= view.width) return;
    const overMiddle =
      floats && box.left < middle.x && box.right > middle.x && box.top < middle.y && box.bottom > middle.y;
    found.push({ element, blocks: isModal(element) || overMiddle, isNamedConsent });
  };
  const walk = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      consider(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);

  const contains = (outer: Element, inner: Element): boolean => {
    for (let at: Node | null = inner; at; at = at.parentNode ?? (at as ShadowRoot).host ?? null)
      if (at === outer) return true;
    return false;
  };
  return found.flatMap(({ element, blocks, isNamedConsent }): Obstacle[] => {
    const box = element.getBoundingClientRect();
    const inside = nodes.flatMap((node, index) => {
      const { role = '', name = '' } = names[index] ?? {};
      return contains(element, node) ? [{ node, index, role, name }] : [];
    });
    const controls = inside
      .filter(({ role }) => ['button', 'link', 'generic', 'menuitem', 'img'].includes(role))
      .map(({ node, index, role, name }): ObstacleControl => {
        const own = node.getBoundingClientRect();
        const href = role === 'link' ? (node.getAttribute('href') ?? '') : '';
        const besideEdge = own.right > box.right - 90 || own.left < box.left + 90;
        return {
          ...{ index, role, name },
          leaves: href !== '' && !/^(#|javascript:)/i.test(href),
          inCorner: own.width <= 60 && own.height <= 60 && own.top < box.top + 90 && besideEdge,
        };
      });
    if (controls.length === 0 || controls.length > mostControls) return [];
    const text = foldSpace(contentName(element, 0));
    if (text.length > longest && !isNamedConsent) return [];
    const pageText = document.body.innerText.length;
    const fields = inside.filter(({ role }) =>
      ['textbox', 'searchbox', 'combobox', 'spinbutton'].includes(role),
    );
    return [
      {
        text: text.slice(0, longest),
        ...{ blocks, isNamedConsent, controls },
        hidesContent: pageText - text.length > 20,
        asksPassword: fields.some(({ node }) => (node as HTMLInputElement).type === 'password'),
        fields: fields.length,
      },
    ];
  });
}
