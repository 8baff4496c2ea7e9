import type { Exploration, ExploredPage, PageElement, PageSnapshot, Target } from '@showrunner/contracts';

const CONTAINERS = ['form', 'dialog', 'search'];
const FIELDS = ['textbox', 'searchbox', 'spinbutton', 'combobox', 'checkbox', 'radio', 'switch'];

/**
 * A page written as an indented outline, one element a line: `role "name" key=value flag`. Text that is no element is `text "..."`.
 * Names of list items, rows and articles are the text inside, as browsers compute them.
 */
export function page(path: string, outline: string, extra: Partial<PageSnapshot> = {}): PageSnapshot {
  const elements: PageElement[] = [];
  const stack: { depth: number; index: number }[] = [];
  const text: string[] = [];
  const lines = outline.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines) {
    const depth = line.length - line.trimStart().length;
    while (stack.length > 0 && (stack[stack.length - 1]?.depth ?? 0) >= depth) stack.pop();
    const parent = stack[stack.length - 1]?.index ?? -1;
    const [, role = '', name = '', rest = ''] = /^\s*(\S+)(?:\s+"([^"]*)")?(.*)$/.exec(line) ?? [];
    if (!FIELDS.includes(role) && !line.includes('hiddenName')) text.push(name);
    for (const { index } of stack) {
      const outer = elements[index];
      if (outer && ['listitem', 'row', 'article', 'entry'].includes(outer.role))
        outer.name = `${outer.name} ${name}`.trim();
    }
    if (role === 'text') continue;
    const group =
      [...stack].reverse().find(({ index }) => CONTAINERS.includes(elements[index]?.role ?? ''))?.index ?? -1;
    elements.push({
      role,
      name,
      value: '',
      box: { x: 0, y: 0, width: 10, height: 10 },
      inViewport: true,
      parent,
      group,
      ...properties(rest),
    });
    stack.push({ depth, index: elements.length - 1 });
  }
  return {
    path,
    title: 'Test app',
    text: text.filter((one) => one !== '').join('\n'),
    elements,
    theme: 'light',
    fingerprint: `${path}#${outline.length}`,
    viewport: { width: 1280, height: 720 },
    status: 200,
    ...extra,
  };
}

function properties(rest: string): Partial<PageElement> {
  const found: Record<string, unknown> = {};
  for (const [, key = '', quoted, plain] of rest.matchAll(/(\w+)(?:=(?:"([^"]*)"|(\S+)))?/g)) {
    const value = quoted ?? plain;
    if (key === 'options' || key === 'parts') found[key] = (value ?? '').split('|');
    else if (key === 'level') found[key] = Number(value);
    else if (value === undefined || value === 'true') found[key] = true;
    else found[key] = value === 'false' ? false : value;
  }
  return found as Partial<PageElement>;
}

export const loaded = (snapshot: PageSnapshot, more: Partial<ExploredPage> = {}): ExploredPage => ({
  path: snapshot.path,
  snapshot,
  revealedBy: [],
  ...more,
});
export const revealed = (snapshot: PageSnapshot, ...by: Target[]): ExploredPage => ({
  path: snapshot.path,
  snapshot,
  revealedBy: by,
});

export const exploration = (pages: ExploredPage[], more: Partial<Exploration> = {}): Exploration => ({
  appTitle: 'Test app',
  readme: '',
  pages,
  notes: [],
  ...more,
});

/** A page whose elements have boxes, by their names. */
export function placed(
  outline: string,
  boxes: Record<string, [x: number, y: number, width: number, height: number]>,
): PageSnapshot {
  const snapshot = page('/', outline);
  for (const element of snapshot.elements) {
    const [x, y, width, height] = boxes[element.name] ?? [300, 300, 100, 30];
    element.box = { x, y, width, height };
  }
  return snapshot;
}
