import { missingPage } from '@showrunner/contracts';
import type { Candidate, Condition } from '@showrunner/contracts';
import { SAYS_LOADING } from '@showrunner/language';
import { candidate, click } from '../candidate';
import { isChrome } from '../chrome';
import { leavesApp } from '../forbidden';
import { formsOf } from '../forms';
import { itemsOf } from '../items';
import { isUsable, showsTheSame } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, isLoaded } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, shorten } from '../words';

/** What an empty list says of itself. */
const EMPTY =
  /\b(there (are|is) (no|none|nothing)\b|nothing (here|to show|found|yet)|is (currently |still )?empty\b|no (\p{L}+ ){1,3}(yet|found|available|to show)\b)/iu;
/** A count or a flag beside the name of an entry. */
const BADGE = /\s*[([]\d+[)\]]$|\s+(?:\+?\d+|NEW|PRO|BETA|HOT|SOON|UPDATED)$/;
/** So far below other visits that a film only takes one when it has nothing else. */
const WAY_BACK = 30;

/** From a page to another that was explored: proven by a heading that only the other has, or else by the address. */
export function navigateFeatures(context: RulesContext): Candidate[] {
  const loaded = context.views.filter((view) => isLoaded(view.page));
  return loaded.flatMap((view, order) => {
    // The doors of an app are no place to begin a tour.
    if (view.nodes.some((node) => node.inputType === 'password')) return [];
    const items = itemsOf(view).map((item) => item.node.index);
    const seen = new Set<string>();
    return view.ofRole('link').flatMap((link) => {
      const { href } = link;
      if (href === undefined || seen.has(href) || !leadsOn(context, view, link, items)) return [];
      seen.add(href);
      const goal = loaded.find(
        (other) => other.path === href && other !== view && missingPage(other.snapshot) === undefined,
      );
      const success = goal && !showsTheSame(goal.snapshot, view.snapshot) ? arrival(view, goal) : undefined;
      if (!goal || !success) return [];
      const inItem = view.ancestors(link).some((one) => items.includes(one.index));
      const inNavigation =
        isChrome(view, link) || view.inside(link, 'menubar', 'complementary') !== undefined;
      // A badge beside a name counts what is there; it is no part of the name.
      const name = shorten(readable(link.name).replace(BADGE, ''), 60);
      const content = goal.nodes.filter((node) => !isChrome(goal, node));
      const richness = Math.min(6, Math.floor(content.length / 12)) - dullness(goal, loaded[0]);
      return [
        candidate({
          kind: inItem ? 'open' : 'navigate',
          title: inItem ? `Open ${name}` : visitOf(name),
          description: inItem ? 'All the details on one page.' : aboutPage(context, view, goal, name),
          startPath: view.path,
          steps: [click(view.targetOf(link), inItem ? `Open ${name}` : visitOf(name), success)],
          score: (inItem ? 62 : inNavigation ? 60 : 50) + richness - 2 * Math.min(order, 5),
          words: [
            'go navigate page view visit open see',
            name,
            goal.snapshot.title,
            goal.mainHeading()?.name ?? '',
            href,
          ],
          needsSignIn: view.page.signedIn === true || goal.page.signedIn === true,
        }),
      ];
    });
  });
}

function leadsOn(context: RulesContext, view: PageView, link: Node, items: readonly number[]): boolean {
  const name = readable(link.name);
  if (
    name.length < 2 ||
    !isUsable(link) ||
    leavesApp(link.href) ||
    link.href === view.path ||
    link.current === true
  )
    return false;
  // An item may be called anything.
  const ofItem = view.ancestors(link).some((one) => items.includes(one.index));
  return (
    allowed(context, ofItem ? (link.href ?? '') : `${name} ${link.href ?? ''}`) &&
    !/\b(log ?in|sign ?in|register|sign ?up|skip to)\b/i.test(name)
  );
}

/** What shows that the goal was reached. */
export function arrival(from: PageView, goal: PageView): Condition | undefined {
  const headings = goal
    .ofRole('heading')
    .filter(
      (node) =>
        node.name.trim().length >= 2 && node.name.length <= 80 && !SAYS_LOADING.test(readable(node.name)),
    );
  const fresh = [...headings]
    .sort((a, b) => (a.level ?? 9) - (b.level ?? 9) || a.index - b.index)
    .find(
      (node) =>
        (node.level ?? 9) <= 3 && !from.nodes.some((one) => one.role === 'heading' && one.name === node.name),
    );
  if (fresh)
    return {
      kind: 'elementVisible',
      target: { role: 'heading', name: fresh.name.replace(/\s+/g, ' ').trim(), exact: true },
    };
  return goal.path === from.path ? undefined : { kind: 'url', path: goal.path };
}

const visitOf = (name: string): string =>
  /^(all|my)\b/i.test(name) ? `See ${lowerFirst(name)}` : `Go to ${name}`;

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

/** Pages without content of their own, that are the way back, or whose form is a feature itself, end no tour well. */
function dullness(goal: PageView, first: PageView | undefined): number {
  if (EMPTY.test(goal.snapshot.text) && itemsOf(goal).length === 0) return 12;
  const isHome =
    first !== undefined && (goal.path === first.path || showsTheSame(goal.snapshot, first.snapshot));
  const isForm = formsOf(goal).some((form) => ['create', 'signIn', 'register'].includes(form.kind));
  return (isHome ? WAY_BACK : 0) + (isForm && goal.path !== '/' && itemsOf(goal).length === 0 ? WAY_BACK : 0);
}

const aboutPage = (context: RulesContext, from: PageView, goal: PageView, name: string): string => {
  const heading = readable(goal.mainHeading()?.name ?? '');
  const user = context.exploration.access?.username.toLowerCase();
  const says =
    heading !== '' &&
    heading.toLowerCase() !== name.toLowerCase() &&
    // A heading of every page says nothing of this one, and who explored is nobody's business.
    readable(from.mainHeading()?.name ?? '') !== heading &&
    (user === undefined || !heading.toLowerCase().includes(user));
  return says ? shorten(heading, 100) : 'One click away.';
};
