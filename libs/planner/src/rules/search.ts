import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click, fill, submit } from '../candidate';
import { isChrome } from '../chrome';
import { isSearchField } from '../forms';
import { itemsOf } from '../items';
import type { Item } from '../items';
import { isTextField, isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten, wordsOf } from '../words';

const STOP_WORDS = new Set([
  'the',
  'and',
  'for',
  'with',
  'from',
  'this',
  'that',
  'your',
  'into',
  'about',
  'edit',
  'delete',
  'view',
  'open',
  'more',
  'add',
  'move',
]);

/** Finding by typing: proven when an item that does not hold the word is gone while the page still shows something. */
export function searchFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => {
    const fields = view.nodes.filter(
      (node) => isTextField(node) && isUsable(node) && isSearchField(node) && node.inputType !== 'password',
    );
    // A field in the bar on top may search the whole site, or nothing; the one beside the list searches that.
    const ranked = [...fields].sort((a, b) => Number(isChrome(view, a)) - Number(isChrome(view, b)));
    const [first, second] = ranked.flatMap(
      (field) => searchWith(context, view, field) ?? searchOfPages(context, view, field) ?? [],
    );
    if (first === undefined || second === undefined) return first ?? [];
    return first.feature.id === second.feature.id
      ? [{ ...first, variants: [...first.variants, second.feature.steps] }]
      : [first, second];
  });
}

function searchWith(context: RulesContext, view: PageView, field: Node): Candidate | undefined {
  const before = stepsTo(context, view);
  const items = itemsOf(view);
  const choice = chooseQuery(items, context.quoted);
  if (before === undefined || choice === undefined || field.value !== '') return undefined;
  const { query, found, gone, leavesOut } = choice;
  const target = view.targetOf(field);
  const success = { kind: 'textHidden', text: gone.title, beside: found.title } as const;
  const caption = `Search for “${query}”`;
  const typed: CandidateStep = { ...fill(target, query, caption), success, leavesOut };
  const button = view
    .ofRole('button')
    .find(
      (node) =>
        /\b(search|find|filter|go|apply)\b/i.test(node.name) &&
        node.index > field.index &&
        view.groupOf(node)?.index === view.groupOf(field)?.index,
    );
  const things = thingsOf(field, view);
  const variants: CandidateStep[][] = [
    [...before, { ...submit(target, query, caption, success), leavesOut }],
  ];
  if (button)
    variants.push([
      ...before,
      fill(target, query, caption),
      { ...click(view.targetOf(button), `Show the results`, success), leavesOut },
    ]);
  return candidate({
    kind: 'search',
    title: titleOf(field, things),
    description: `One word is enough to find “${shorten(found.title, 50)}”.`,
    startPath: view.path,
    steps: [...before, typed],
    variants,
    score: 84 - 3 * before.length,
    words: ['search find look query filter', field.name, field.placeholder ?? '', things],
    needsSignIn: view.page.signedIn,
  });
}

/** A search through the pages of a site, of which nothing stands on this one: what it finds comes up as links. */
function searchOfPages(context: RulesContext, view: PageView, field: Node): Candidate | undefined {
  const before = stepsTo(context, view);
  const names = view
    .ofRole('link')
    .filter((link) => (link.href ?? '').startsWith('/') && link.href !== view.path)
    .map(({ name }) => readable(name));
  const query = names
    .flatMap(wordsOf)
    .find((word) => word.length >= 5 && !STOP_WORDS.has(word) && /^\p{L}+$/u.test(word));
  if (before === undefined || query === undefined || names.length < 3 || field.value !== '') return undefined;
  const target = view.targetOf(field);
  const caption = `Search for “${query}”`;
  const comes = (role: string): CandidateStep[] => [
    ...before,
    { ...fill(target, query, caption), success: { kind: 'count', role, change: 'more' } },
  ];
  return candidate({
    kind: 'search',
    title: titleOf(field, 'things'),
    description: 'What it finds comes up at once.',
    startPath: view.path,
    steps: comes('link'),
    variants: [comes('option'), comes('listitem')],
    score: 74 - 3 * before.length,
    words: ['search find look query', field.name, field.placeholder ?? ''],
    needsSignIn: view.page.signedIn,
  });
}

/** The first word that some items hold and others do not; the item that goes must not hold it anywhere. */
export function chooseQuery(
  items: readonly Item[],
  quoted: readonly string[],
): { query: string; found: Item; gone: Item; leavesOut: string[] } | undefined {
  for (const query of quoted) {
    const choice = splitBy(items, query);
    if (choice) return choice;
  }
  const words = [...new Set(items.flatMap((item) => wordsOf(item.title)))].filter(
    (word) => word.length >= 4 && !STOP_WORDS.has(word) && !/^\d+$/.test(word),
  );
  const choices = words.flatMap((word) => splitBy(items, word) ?? []);
  return [...choices].sort((a, b) => a.share - b.share || a.order - b.order)[0];
}

function splitBy(
  items: readonly Item[],
  query: string,
): { query: string; found: Item; gone: Item; leavesOut: string[]; share: number; order: number } | undefined {
  const needle = query.toLowerCase();
  const holds = (item: Item): boolean => `${item.title} ${item.text}`.toLowerCase().includes(needle);
  const found = items.filter(holds);
  // Its title must not be part of what stays visible.
  const others = items.filter(
    (item) => !holds(item) && !found.some((one) => one.text.toLowerCase().includes(item.title.toLowerCase())),
  );
  const gone = others[0];
  const leavesOut = others.map(({ title }) => title);
  const first = found[0];
  return first && gone
    ? {
        query,
        found: first,
        gone,
        leavesOut,
        share: found.length / items.length,
        order: items.indexOf(first),
      }
    : undefined;
}

const titleOf = (field: Node, things: string): string => {
  const name = readable(field.name) || readable(field.placeholder ?? '');
  const phrase = /^(search|find|filter)\b.+/i.test(name) && name.length <= 40;
  return things === 'things' ? (phrase ? sentence(name) : 'Search by a word') : `Find ${things} by name`;
};

function thingsOf(field: Node, view: PageView): string {
  const hint = `${readable(field.name)} ${readable(field.placeholder ?? '')}`;
  const noun = /\b(?:search|filter|find|look up)(?: for| by| the| in| our| all| your)? (\p{L}{3,}s)\b/iu.exec(
    hint,
  )?.[1];
  if (noun && !/this|was|has/i.test(noun)) return noun.toLowerCase();
  const heading = readable(view.mainHeading()?.name ?? '');
  return /^\p{L}+s$/u.test(heading) ? heading.toLowerCase() : 'things';
}
