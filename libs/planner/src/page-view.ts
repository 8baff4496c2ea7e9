import { findTargets, foldText, textIsVisible } from '@showrunner/contracts';
import type { ExploredPage, PageElement, PageSnapshot, Target } from '@showrunner/contracts';
import { menuLists } from './chrome';
import type { Node, PageNodes } from './node';
import { rowOf } from './tell-apart';

export type { Node } from './node';

const FIELD_ROLES = new Set([
  'textbox',
  'searchbox',
  'spinbutton',
  'combobox',
  'listbox',
  'checkbox',
  'radio',
  'switch',
  'slider',
]);
const INNER_ROLES = new Set([
  ...FIELD_ROLES,
  'button',
  'link',
  'heading',
  'generic',
  'img',
  'tab',
  'menuitem',
]);
const CONTAINER_ROLES = new Set(['form', 'dialog', 'alertdialog', 'search']);

/** Larger things that can be clicked are cards and rows. */
const LARGEST_BUTTON = { width: 0.3, height: 80, name: 40 };

/** Elements as nodes. What is clickable, small, named and holds no control is a button, whatever its markup calls it. */
function withButtons({ elements, viewport }: PageSnapshot): Node[] {
  const parents = new Set(
    elements
      .filter((one) => INNER_ROLES.has(one.role))
      .flatMap((one) => (one.parent >= 0 ? [one.parent] : [])),
  );
  return elements.map((element, index) => {
    const { role, name, box } = element;
    const isButton =
      role === 'generic' &&
      element.draggable !== true &&
      /[\p{L}\p{N}+−-]/u.test(name) &&
      foldText(name).length <= LARGEST_BUTTON.name &&
      box.width <= viewport.width * LARGEST_BUTTON.width &&
      box.height <= LARGEST_BUTTON.height &&
      !parents.has(index);
    return { ...element, ...(isButton && { role: 'button' }), index };
  });
}

/** Reads one explored state of a page: who contains whom, how a thing is named, what is text. */
export class PageView implements PageNodes {
  readonly nodes: Node[];
  /** Lists that lead around the site or choose what is shown; entries of them are no content. */
  readonly menus: Set<number>;

  /** A page as it is now, however one came there. */
  static of(snapshot: PageSnapshot): PageView {
    return new PageView({ path: snapshot.path, snapshot, revealedBy: [] });
  }

  constructor(readonly page: ExploredPage) {
    this.nodes = withButtons(page.snapshot);
    this.menus = menuLists(this);
  }

  get snapshot(): PageSnapshot {
    return this.page.snapshot;
  }
  get path(): string {
    return this.page.path;
  }

  ofRole(...roles: string[]): Node[] {
    return this.nodes.filter((node) => roles.includes(node.role));
  }

  ancestors(node: Node): Node[] {
    const found: Node[] = [];
    for (let at = node.parent; at >= 0;) {
      const parent = this.nodes[at];
      if (!parent || found.length > 200) break;
      found.push(parent);
      at = parent.parent < at ? parent.parent : -1;
    }
    return found;
  }

  inside(node: Node, ...roles: string[]): Node | undefined {
    return this.ancestors(node).find((ancestor) => roles.includes(ancestor.role));
  }

  descendants(node: Node): Node[] {
    return this.nodes.filter(
      (other) => other.index > node.index && this.ancestors(other).some((one) => one.index === node.index),
    );
  }

  /** The form, dialog or search landmark around a node. */
  groupOf(node: Node): Node | undefined {
    const group = node.group >= 0 ? this.nodes[node.group] : undefined;
    return group ?? this.ancestors(node).find((ancestor) => CONTAINER_ROLES.has(ancestor.role));
  }

  /** Visible text of a node's subtree, folded. */
  textOf(node: Node): string {
    const own = foldText(node.text ?? node.name);
    if (own !== '') return own;
    return foldText(
      this.descendants(node)
        .filter((one) => !FIELD_ROLES.has(one.role))
        .map((one) => one.name)
        .join(' '),
    );
  }

  /** The target that names this node and no other on this page: equals are told apart by their rows, or else by their number. */
  targetOf(node: Node): Target {
    const { elements } = this.snapshot;
    const element = elements[node.index] ?? node;
    const target: Target = {
      ...{ role: element.role, name: foldText(node.name), exact: true },
      ...(element.accessibleName !== undefined && { accessibleName: element.accessibleName }),
    };
    const equals = findTargets(elements, target);
    if (equals.length < 2) return target;
    const within = rowOf(this, node);
    return within ? { ...target, within } : { ...target, nth: equals.indexOf(element) };
  }

  shows(text: string): boolean {
    return textIsVisible(this.snapshot, text);
  }

  /** The page's main heading, or undefined. */
  mainHeading(): Node | undefined {
    const headings = this.ofRole('heading').filter((heading) => foldText(heading.name) !== '');
    return [...headings].sort((a, b) => (a.level ?? 9) - (b.level ?? 9) || a.index - b.index)[0];
  }
}

/** What a control is called: its name, or its tooltip where that has no letters. */
export const labelOf = ({ name, hint }: PageElement): string =>
  hint !== undefined && !/[\p{L}\p{N}]/u.test(name) ? hint : name;

export const isField = (node: PageElement): boolean =>
  FIELD_ROLES.has(node.role) || isChoiceBox(node) || isFileField(node);
export const isFileField = (node: PageElement): boolean => node.inputType === 'file';
/** A list to choose from that is no `<select>`: its choices show once it is open. */
export const isChoiceBox = (node: PageElement): boolean =>
  (node.role === 'combobox' && node.options === undefined && node.inputType === undefined) ||
  (node.role === 'button' && node.popup === 'listbox');
/** A text field that offers completions while one types. */
export const isCompletion = (node: PageElement): boolean =>
  node.role === 'combobox' && node.options === undefined && node.inputType !== undefined;
export const isTextField = (node: PageElement): boolean =>
  ['textbox', 'searchbox', 'spinbutton'].includes(node.role) ||
  (node.role === 'combobox' && node.options === undefined && node.inputType !== undefined);
export const isUsable = (node: PageElement): boolean => node.disabled !== true && node.readonly !== true;

/** Two addresses that show the same thing, whatever their fingerprints make of the address. */
export const showsTheSame = (a: PageSnapshot, b: PageSnapshot): boolean =>
  a.text === b.text &&
  a.elements.length === b.elements.length &&
  a.elements.every(
    (element, at) => element.role === b.elements[at]?.role && element.name === b.elements[at]?.name,
  );
