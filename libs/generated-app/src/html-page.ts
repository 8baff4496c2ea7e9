import { parse, serialize } from 'parse5';
import type { DefaultTreeAdapterMap } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

export interface HtmlPage {
  title: string | null;
  description: string | null;
  /** Language of the page; null when it names none. */
  lang: string | null;
  /** Content of the body, without its styles. */
  body: string;
  /** Class of the body. */
  bodyClass: string;
  /** Text of its style elements. */
  styles: string;
  /** Style sheets that it links, as written. */
  linkedStyles: string[];
  /** Scripts of its head, which run after the page is there. */
  headScripts: { src: string | null; code: string }[];
}

const isElement = (node: Node): node is Element => 'tagName' in node;
const attribute = (element: Element, name: string): string | null =>
  element.attrs.find((one) => one.name === name)?.value ?? null;
const textOf = (element: Element): string =>
  element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');

function* elementsOf(node: Node): Generator<Element> {
  if (!('childNodes' in node)) return;
  for (const child of node.childNodes) {
    if (isElement(child)) yield child;
    yield* elementsOf(child);
  }
}

/** Reads a page of plain HTML as browsers do. @param renamed where the files that it names lie now */
export function readHtmlPage(html: string, renamed: (reference: string) => string): HtmlPage {
  const document = parse(html);
  const all = [...elementsOf(document)];
  const find = (tag: string) => all.find(({ tagName }) => tagName === tag);
  const body = find('body');
  const head = find('head');
  const styles = all.filter(({ tagName }) => tagName === 'style');
  const links = all.filter(
    (element) => element.tagName === 'link' && /\bstylesheet\b/i.test(attribute(element, 'rel') ?? ''),
  );
  const linkedStyles = links.map((link) => attribute(link, 'href') ?? '');
  for (const element of [...styles, ...links]) remove(element);
  for (const element of all) {
    for (const one of element.attrs) {
      if (['src', 'href', 'poster', 'data'].includes(one.name)) one.value = renamed(one.value);
    }
  }
  const scripts =
    head === undefined ? [] : [...elementsOf(head)].filter(({ tagName }) => tagName === 'script');
  const meta = all.find(
    (element) => element.tagName === 'meta' && attribute(element, 'name')?.toLowerCase() === 'description',
  );
  const title = find('title');
  const root = find('html');
  return {
    title: title === undefined ? null : textOf(title).trim(),
    description: meta === undefined ? null : attribute(meta, 'content'),
    lang: root === undefined ? null : attribute(root, 'lang'),
    body: body === undefined ? '' : serialize(body).trim(),
    bodyClass: body === undefined ? '' : (attribute(body, 'class') ?? ''),
    styles: styles.map(textOf).join('\n'),
    linkedStyles,
    headScripts: scripts.map((script) => ({ src: attribute(script, 'src'), code: textOf(script) })),
  };
}

function remove(element: Element): void {
  const { parentNode } = element;
  if (parentNode !== null && 'childNodes' in parentNode)
    parentNode.childNodes = parentNode.childNodes.filter((child) => child !== element);
}
