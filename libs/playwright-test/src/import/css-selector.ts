import { ANY, FIELD } from '@showrunner/contracts';
import type { FoundTarget } from './targets';

const ROLES: Record<string, string> = {
  ...{
    a: 'link',
    button: 'button',
    li: 'listitem',
    tr: 'row',
    td: 'cell',
    th: 'columnheader',
    select: 'combobox',
  },
  ...{
    textarea: 'textbox',
    img: 'img',
    nav: 'navigation',
    form: 'form',
    dialog: 'dialog',
    article: 'article',
  },
  ...{
    main: 'main',
    table: 'table',
    ul: 'list',
    ol: 'list',
    input: FIELD,
    canvas: 'canvas',
    summary: 'button',
    option: 'option',
  },
  ...{ h1: 'heading', h2: 'heading', h3: 'heading', h4: 'heading', h5: 'heading', h6: 'heading' },
};
const INPUTS: Record<string, string> = {
  ...{
    checkbox: 'checkbox',
    radio: 'radio',
    submit: 'button',
    button: 'button',
    range: 'slider',
    number: 'spinbutton',
  },
  ...{
    search: 'searchbox',
    text: 'textbox',
    email: 'textbox',
    tel: 'textbox',
    url: 'textbox',
    password: 'textbox',
    file: 'button',
  },
};
const LONGEST = 500;

const unquoted = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2');

/** What a selector of CSS or of Playwright's own engines names, as a visitor would: by tag, role and text. Never by id, class or place. */
export function roleOfCss(selector: string): FoundTarget {
  const text = selector.trim().slice(0, LONGEST);
  const problem = (why: string): FoundTarget => ({ role: '', name: '', exact: false, problem: why });
  const byText =
    /^(?:text=|internal:text=)(.+)$/s.exec(text)?.[1] ?? (/^(["']).*\1$/s.test(text) ? text : undefined);
  if (byText !== undefined) {
    const name = unquoted(byText);
    return { role: ANY, name, exact: name !== byText.trim(), text: name };
  }
  const byRole = /^role=([a-z]+)(?:\[name=(["'])(.*?)\2( i)?\])?$/.exec(text);
  if (byRole)
    return { role: byRole[1] ?? '', name: byRole[3] ?? '', exact: byRole[3] !== undefined && !byRole[4] };
  if (/^(xpath=|\/\/|\.\.)/.test(text))
    return problem('a path through the markup is nothing that a visitor sees');
  const compounds =
    text.replace(/^css=/, '').match(/(?:\[[^\]]*\]|\((?:"[^"]*"|'[^']*'|[^()"'])*\)|[^\s>])+/g) ?? [];
  if (compounds.length === 0 || /[,+~]|>>/.test(text.replace(/\[[^\]]*\]|\([^)]*\)/g, '')))
    return problem('a plan names one thing by its role and name');
  const found = compounds.map(compoundOf);
  const last = found[found.length - 1];
  const unseen = found.find((one) => one.problem !== undefined);
  if (last === undefined || unseen !== undefined) return problem(unseen?.problem ?? '');
  const scope = found[found.length - 2];
  return scope === undefined ? last : { ...last, within: { role: scope.role, name: scope.name } };
}

/** One part of a selector, `button.primary:has-text("Save")`. */
function compoundOf(part: string): FoundTarget {
  const tag = /^[a-z][a-z0-9-]*/i.exec(part)?.[0].toLowerCase() ?? '';
  const attributes = new Map(
    [...part.matchAll(/\[([\w-]+)(?:[~|^$*]?=([^\]]*))?\]/g)].map(([, name = '', value = '']) => [
      name,
      unquoted(value),
    ]),
  );
  const exactText = /:text-is\((.*)\)/.exec(part)?.[1];
  const inText = exactText ?? /:(?:has-text|text)\((.*)\)/.exec(part)?.[1];
  const label =
    attributes.get('aria-label') ??
    attributes.get('placeholder') ??
    attributes.get('alt') ??
    attributes.get('title');
  const name = inText === undefined ? (label ?? '') : unquoted(inText);
  const exact = inText === undefined ? label !== undefined : exactText !== undefined;
  const type = attributes.get('type');
  const role =
    attributes.get('role') ??
    (type !== undefined && (tag === 'input' || tag === '' || tag === 'button')
      ? tag === 'button'
        ? 'button'
        : INPUTS[type]
      : undefined) ??
    (attributes.has('placeholder') ? FIELD : (ROLES[tag] ?? ANY));
  const plain = part.replace(/\[[^\]]*\]|\((?:"[^"]*"|'[^']*'|[^()"'])*\)/g, '');
  const told = ['role', 'aria-label', 'placeholder', 'alt', 'title', 'type'];
  const hides =
    [...attributes.keys()].some((one) => !told.includes(one)) || /[.#]|:(?!has-text|text)/.test(plain);
  if (name === '' && (hides || role === ANY))
    return {
      role: '',
      name: '',
      exact: false,
      problem: `"${part.slice(0, 60)}" says nothing that a visitor sees`,
    };
  return { role, name, exact, ...(role === ANY && { text: name }) };
}
