import type { PageElement, PageSnapshot } from '@showrunner/contracts';

/** An element with its index in the snapshot. */
export interface Node extends PageElement {
  index: number;
}

/** What telling the content of a page from what surrounds it needs of the page. */
export interface PageNodes {
  readonly snapshot: PageSnapshot;
  readonly path: string;
  /** Lists that lead around the site or choose what is shown, by index. */
  readonly menus: Set<number>;
  ofRole(...roles: string[]): Node[];
  ancestors(node: Node): Node[];
  descendants(node: Node): Node[];
  textOf(node: Node): string;
}
