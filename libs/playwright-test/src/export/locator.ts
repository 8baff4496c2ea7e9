import type { Target } from '@showrunner/contracts';
import { pattern, quote } from './literal';

/** Roles of ARIA 1.2 that `getByRole` knows, as far as a page's elements are called so here. */
const ROLES = new Set(
  `alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox complementary
  contentinfo definition deletion dialog directory document emphasis feed figure form grid gridcell group heading img insertion link list
  listbox listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation note option paragraph
  progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox separator slider spinbutton status strong subscript
  superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem`.split(
    /\s+/,
  ),
);
/** Named by their text in a plan, which ARIA does not do for them. */
const NAMED_BY_TEXT = new Set([
  'listitem',
  'article',
  'alert',
  'status',
  'paragraph',
  'strong',
  'emphasis',
  'time',
  'term',
]);
/** Rows that are drawn of plain boxes: no role of ARIA is theirs. */
const DRAWN = ['entry', 'generic'];
const BOXES = quote('div, section, li, dd, a, span');
/** A longer name stands in a plan with its end cut off. */
const LONGEST_NAME = 199;

/** The locator of all elements that a target names, in the words of Playwright. @param from what it is looked for in */
export function locatorOfAll(target: Target, from = 'page'): string {
  const { role, exact, within } = target;
  const name = target.accessibleName ?? target.name;
  const scope =
    within === undefined ? from : DRAWN.includes(within.role) ? drawnRow(target, from) : rowOf(within, from);
  if (role === 'generic')
    return name === ''
      ? `${scope}.locator('*')`
      : `${scope}.getByText(${nameOf(name, exact)}).or(${scope}.getByTitle(${nameOf(name, exact)})).filter({ visible: true })`;
  if (role === 'entry')
    return `${byText(`${scope}.locator(${BOXES})`, name, exact)}.filter({ visible: true })`;
  if (role === 'field')
    return `${scope}.getByLabel(${nameOf(name, exact)}).or(${scope}.getByPlaceholder(${nameOf(name, exact)}))`;
  if (role === 'any') return `${scope}.getByText(${nameOf(name, exact)}).filter({ visible: true })`;
  if (role === 'canvas' || (role === 'img' && name === ''))
    return `${scope}.locator('canvas, svg, img').filter({ visible: true })`;
  if (role === 'video' || role === 'audio') return `${scope}.locator(${quote(role)})`;
  if (!ROLES.has(role))
    return byText(`${scope}.locator(${quote(`[role=${JSON.stringify(role)}]`)})`, name, exact);
  if (NAMED_BY_TEXT.has(role)) return byText(`${scope}.getByRole(${quote(role)})`, name, exact);
  if (name === '') return `${scope}.getByRole(${quote(role)}${exact ? ', { name: /^$/ }' : ''})`;
  const named = isCut(name)
    ? `name: ${cutName(name)}`
    : `name: ${quote(name)}${exact ? ', exact: true' : ''}`;
  return `${scope}.getByRole(${quote(role)}, { ${named} })`;
}

/** The one element that a target names: the first, or the one of its number. */
export function locatorOf(target: Target, from = 'page'): string {
  const all = locatorOfAll(target, from);
  return target.nth === undefined ? `${all}.first()` : `${all}.nth(${target.nth})`;
}

/** The innermost box that has the words of the row and the target in it. */
function drawnRow(target: Target, from: string): string {
  const { within, nth: _nth, ...alone } = target;
  const boxes = byText(`${from}.locator(${BOXES})`, within?.name ?? '', false);
  return `${boxes}.filter({ has: ${locatorOfAll(alone)} }).last()`;
}

/** A row, or what else holds a thing, by the words in it; regions and the like by their name. */
function rowOf({ role, name }: NonNullable<Target['within']>, from: string): string {
  if (
    ROLES.has(role) &&
    ['region', 'group', 'form', 'dialog', 'alertdialog', 'navigation', 'radiogroup', 'tabpanel'].includes(
      role,
    )
  )
    return `${from}.getByRole(${quote(role)}${name === '' ? '' : `, { name: ${quote(name)} }`})`;
  const all = ROLES.has(role)
    ? `${from}.getByRole(${quote(role)})`
    : `${from}.locator(${quote(`[role=${JSON.stringify(role)}]`)})`;
  return byText(all, name, false);
}

function byText(all: string, name: string, exact: boolean): string {
  if (name === '') return all;
  if (!exact && !/\s/.test(name)) return `${all}.filter({ hasText: ${quote(name)} })`;
  const text = isCut(name) ? cutName(name) : pattern(name, { between: '\\s*', whole: exact });
  return `${all}.filter({ hasText: ${text} })`;
}

const nameOf = (name: string, exact: boolean): string =>
  isCut(name) ? cutName(name) : `${quote(name)}${exact ? ', { exact: true }' : ''}`;

const isCut = (name: string): boolean => name.length >= LONGEST_NAME && name.endsWith('…');

const cutName = (name: string): string => `/^\\s*${pattern(name.slice(0, -1), { between: '\\s*' }).slice(1)}`;
