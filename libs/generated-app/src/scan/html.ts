import { parse } from 'parse5';
import type { DefaultTreeAdapterMap } from 'parse5';
import type { Finding } from './finding';
import { scanJavaScript } from './javascript';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const FAR = /^\s*([a-z][a-z0-9+.-]*:)?\/\//i;
/** Programs of one page: scripts, handlers and addresses that are programs. */
const MOST_PROGRAMS = 60;
/** Elements that show or run another page, and where they name it. */
const FRAMES: Readonly<Record<string, string>> = {
  iframe: 'src',
  frame: 'src',
  object: 'data',
  embed: 'src',
  base: 'href',
  form: 'action',
};

/** What is wrong with a page or a picture of SVG: how it ends, what it embeds, and all the programs in it. */
export function scanHtml(path: string, text: string): Finding[] {
  const found: Finding[] = [];
  let programs = 0;
  const scanProgram = (code: string, line: number): void => {
    programs += 1;
    if (programs <= MOST_PROGRAMS) found.push(...scanJavaScript(path, code, line));
  };
  const document = parse(text, {
    sourceCodeLocationInfo: true,
    onParseError: ({ code, startLine }) => {
      // The rest of the errors is what browsers put right in one and the same way.
      if (code.startsWith('eof-in-'))
        found.push({
          path,
          line: startLine,
          rule: 'syntax',
          message: `The file ends in the middle of something (${code}).`,
        });
    },
  });
  for (const element of elementsOf(document)) {
    const line = element.sourceCodeLocation?.startLine ?? 1;
    const frame = FRAMES[element.tagName];
    for (const { name, value } of element.attrs) {
      if (name === frame && FAR.test(value))
        found.push({
          path,
          line,
          rule: 'other-page',
          message: `<${element.tagName}> leads to another site; show what is your own.`,
        });
      if (/^on[a-z]+$/.test(name)) scanProgram(`(function () {${value}\n})`, line);
      const script = /^[\s\u0000-\u001f]*javascript:(.*)/is.exec(value);
      if (script !== null) scanProgram(`(function () {${script[1] ?? ''}\n})`, line);
    }
    if (element.tagName === 'meta' && /url\s*=\s*["']?\s*([a-z]+:)?\/\//i.test(valueOf(element, 'content')))
      found.push({
        path,
        line,
        rule: 'other-page',
        message: 'The page leads to another site by itself; stay on your own.',
      });
    if (element.tagName === 'script' && /^$|javascript|module|babel|jsx|ts/i.test(valueOf(element, 'type')))
      scanProgram(contentOf(element), line);
  }
  if (programs > MOST_PROGRAMS) {
    const message = `It has more than ${MOST_PROGRAMS} scripts and handlers; write them into one file.`;
    found.push({ path, line: null, rule: 'size', message });
  }
  return found;
}

function* elementsOf(root: Node): Generator<Element> {
  // By a list of its own: pages can be nested deeper than a stack goes.
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('tagName' in node) yield node;
    if ('content' in node) open.push(node.content);
    if ('childNodes' in node) open.push(...[...node.childNodes].reverse());
  }
}

const valueOf = (element: Element, name: string): string =>
  element.attrs.find((one) => one.name === name)?.value ?? '';
const contentOf = (element: Element): string =>
  element.childNodes.map((child) => ('value' in child ? child.value : '')).join('');
