import type { Candidate, Condition } from '@showrunner/contracts';
import { candidate, step } from '../candidate';
import { leavesApp } from '../forbidden';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import type { Item } from '../items';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isFreshOn, leadsToPlace, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten } from '../words';

const CONTROL_ROLES = ['button', 'link', 'tab', 'radio', 'option', 'checkbox'];
const ALL =
  /^(?:(?:all|everything|any|alle|alles|todas?|todos|tous|toutes|tutti|tutte|tudo|alla|wszystkie|všechny|tümü|все|всё|усі)(?![\p{L}])|すべて|全て|全部|모두|전체|الكل|הכל|सभी)/iu;
const STATE_WORDS =
  /^(all|active|completed?|done|open|closed|pending|archived|published|drafts?|unread|read|favou?rites?|starred|in progress|todo|to do|available|overdue|today|upcoming|paid|unpaid|enabled|disabled)\b/i;

/** Showing a part of what there is: by button, link, tab, or select. */
export function filterFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    const items = itemsOf(view);
    const made = [
      ...byCategory(view, items, context),
      ...bySiblings(view, items, context),
      ...byState(view, items, context),
      ...bySelect(view, items),
    ];
    return made.slice(0, 3).map(({ node, name, action, success, score, learn, leavesOut }) =>
      candidate({
        kind: 'filter',
        title: `Show only ${name}`,
        description: 'Everything else steps aside.',
        startPath: view.path,
        steps: [
          ...before,
          {
            ...step(action, `Show only ${name}`, success, learn),
            shown: items.map((item) => item.title),
            ...(leavesOut === undefined ? {} : { leavesOut }),
          },
        ],
        score: score - 3 * before.length,
        words: ['filter only category show by', node.name, name],
        needsSignIn: view.page.signedIn,
      }),
    );
  });
}

interface FilterControl {
  node: Node;
  name: string;
  action: Parameters<typeof step>[0];
  success: Condition;
  score: number;
  learn?: boolean;
  /** Titles of what is not of the kind that is asked for. */
  leavesOut?: string[];
}

const isControl = (view: PageView, node: Node): boolean =>
  CONTROL_ROLES.includes(node.role) &&
  isUsable(node) &&
  !leavesApp(node.href) &&
  view.inside(node, 'listbox', 'row', 'dialog', 'article') === undefined;

/** A control whose name is a word of some items and not of others. */
function byCategory(view: PageView, items: readonly Item[], context: RulesContext): FilterControl[] {
  // What sends the fields of a form off does what the form is for.
  const sends = new Set(
    formsOf(view).flatMap(({ fields, button }) => (fields.length > 0 ? [button?.index] : [])),
  );
  return view.nodes
    .filter((node) => isControl(view, node) && isChoice(node) && allowed(context, node.name))
    .filter((node) => !sends.has(node.index))
    .filter((node) => isFreshOn(context, view, node) && !leadsToPlace(context, view, node))
    .flatMap((node) => {
      const name = readable(node.name).replace(/\s*\(?\d+\)?$/, '');
      const split = name.length >= 3 && name.length <= 30 ? sortsOut(items, name) : undefined;
      // A link to another page is navigation.
      if (
        split === undefined ||
        (node.href !== undefined && node.href.split(/[?#]/)[0] !== view.path.split(/[?#]/)[0])
      )
        return [];
      if (inItems(view, node, items)) return [];
      return [
        {
          node,
          name: shorten(name, 40),
          action: { type: 'click', target: view.targetOf(node) },
          success: { kind: 'textHidden', text: split.gone.title, beside: split.stays.title },
          leavesOut: split.others,
          score: 80,
        },
      ];
    });
}

/** A row of choices of which one is made already, mostly `All`. */
function bySiblings(view: PageView, items: readonly Item[], context: RulesContext): FilterControl[] {
  if (items.length < 2) return [];
  const all = view.nodes.find(
    (node) =>
      ['button', 'tab', 'radio', 'option'].includes(node.role) &&
      ALL.test(readable(node.name)) &&
      !isChoice(node) &&
      !inItems(view, node, items),
  );
  if (!all) return [];
  return view.nodes
    .filter(
      (node) =>
        node.role === all.role && node.parent === all.parent && isControl(view, node) && isChoice(node),
    )
    .filter((node) => allowed(context, node.name))
    .slice(0, 1)
    .map((node): FilterControl => {
      const target = view.targetOf(node);
      const state = node.role === 'button' ? 'pressed' : node.role === 'radio' ? 'checked' : 'selected';
      const name = shorten(readable(node.name), 40).toLowerCase();
      return {
        node,
        name,
        action: { type: 'click', target },
        success: { kind: 'state', target, state, equals: true },
        score: 79,
      };
    });
}

const inItems = (view: PageView, node: Node, items: readonly Item[]): boolean =>
  items.some((item) => view.ancestors(node).some((one) => one.index === item.node.index));

/** All / Active / Completed and the like: two or more neighbours with such names. */
function byState(view: PageView, items: readonly Item[], context: RulesContext): FilterControl[] {
  const controls = view.nodes.filter(
    (node) =>
      isControl(view, node) &&
      STATE_WORDS.test(readable(node.name)) &&
      readable(node.name).length <= 24 &&
      !inItems(view, node, items) &&
      // What many have is each one's own: it leaves out none of them.
      view.ofRole(node.role).filter(({ name }) => name === node.name).length === 1 &&
      allowed(context, node.name),
  );
  return controls.flatMap((node): FilterControl[] => {
    const siblings = controls.filter(
      (other) => Math.abs(other.index - node.index) <= 8 && other.role === node.role,
    );
    if (siblings.length < 2 || !isChoice(node) || ALL.test(readable(node.name))) return [];
    const target = view.targetOf(node);
    const name = readable(node.name)
      .replace(/\s*\(?\d+\)?$/, '')
      .toLowerCase();
    const base = {
      node,
      name,
      action: { type: 'click', target } as const,
      // Completing comes before filtering in the story: what was completed is there to be seen.
      score: (items.length > 0 ? 76 : 66) + (/^(completed?|done)$/.test(name) ? 1 : 0),
    };
    const sameDocument = node.href !== undefined && node.href.split(/[?#]/)[0] === view.path.split(/[?#]/)[0];
    if (sameDocument && node.href !== undefined && node.href !== view.path)
      return [{ ...base, success: { kind: 'url', path: node.href } as const }];
    if (node.href !== undefined) return [];
    if (node.role === 'tab')
      return [{ ...base, success: { kind: 'state', target, state: 'selected', equals: true } as const }];
    if (node.pressed === false)
      return [{ ...base, success: { kind: 'state', target, state: 'pressed', equals: true } as const }];
    const first = items[0];
    return first
      ? [{ ...base, success: { kind: 'textHidden', text: first.title } as const, learn: true, score: 60 }]
      : [];
  });
}

/** A select whose option is a word of some items. */
function bySelect(view: PageView, items: readonly Item[]): FilterControl[] {
  return view.ofRole('combobox', 'listbox').flatMap((node) => {
    if (
      !isUsable(node) ||
      node.options === undefined ||
      view.inside(node, 'dialog', 'row', 'listitem', 'entry') !== undefined
    )
      return [];
    // How many entries a page has filters none of them.
    if (node.options.every((option) => !/\p{L}{2}/u.test(option))) return [];
    const form = view.inside(node, 'form');
    if (form && view.descendants(form).some((one) => one.role === 'textbox')) return [];
    for (const option of node.options) {
      const split = option !== node.value ? sortsOut(items, option) : undefined;
      if (split === undefined) continue;
      const target = view.targetOf(node);
      return [
        {
          node,
          name: shorten(option, 40),
          action: { type: 'select', target, option },
          success: { kind: 'textHidden', text: split.gone.title, beside: split.stays.title },
          leavesOut: split.others,
          score: 78,
        },
      ];
    }
    return [];
  });
}

/** A choice that is not made yet. */
const isChoice = (node: Node): boolean =>
  node.selected !== true && node.pressed !== true && node.checked !== true && node.current !== true;

/** The first item that does not hold the word, when another does, that other, and the titles of all that do not hold it. */
export function sortsOut(
  items: readonly Item[],
  word: string,
): { gone: Item; stays: Item; others: string[] } | undefined {
  const needle = word.toLowerCase();
  const holding = items.filter((item) => item.text.toLowerCase().includes(needle));
  const stays = holding[0];
  const others = items.filter(
    (item) =>
      !item.text.toLowerCase().includes(needle) &&
      !holding.some((one) => one.text.toLowerCase().includes(item.title.toLowerCase())),
  );
  const gone = others[0];
  return gone && stays ? { gone, stays, others: others.map(({ title }) => title) } : undefined;
}
