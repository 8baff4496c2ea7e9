import { findTargets, foldText } from '@showrunner/contracts';
import type { CandidateStep, Exploration, ExploredPage } from '@showrunner/contracts';
import { findRepeatedMenus } from './chrome';
import { placesOf } from './explore/openers';
import { forbiddenKind } from './forbidden';
import { quotedIn } from './intent/quotes';
import type { Node } from './node';
import { PageView } from './page-view';
import { revealSteps } from './reveal';

/** What every rule may look at. Values only: rules are pure. */
export interface RulesContext {
  exploration: Exploration;
  intent: string;
  views: PageView[];
  /** Texts in quotation marks in the intent: what the user wants typed. */
  quoted: string[];
  /** What the feature before has made: rules prefer to go on with it. */
  focus?: string;
  /** What the user wants in a field of a form that makes something; undefined for those that are not spoken of. */
  given?: (field: Node) => string | undefined;
}

export function rulesContext(exploration: Exploration, intent: string, focus?: string): RulesContext {
  const views = exploration.pages.map((page) => new PageView(page));
  findRepeatedMenus(views);
  return {
    exploration,
    intent,
    views,
    quoted: quotedTexts(intent),
    focus,
  };
}

export const quotedTexts = (intent: string): string[] => quotedIn(intent).filter((text) => text.length <= 80);

export const isLoaded = (page: ExploredPage): boolean => page.revealedBy.length === 0;

/** The page as it was loaded, to which a state belongs. */
export const loadedOf = (context: RulesContext, view: PageView): PageView | undefined =>
  context.views.find(
    (one) => one.path === view.path && isLoaded(one.page) && one.page.signedIn === view.page.signedIn,
  );

/** A state that is a page to whoever uses the app: an entry of its navigation leads there, although the address stays. */
export function isPlace(context: RulesContext, view: PageView): boolean {
  const [way, ...more] = view.page.revealedBy;
  if (way === undefined || more.length > 0 || view.page.hovering === true) return false;
  const base = loadedOf(context, view);
  const leads = base === undefined ? [] : placesOf(base, context.intent).map((node) => base.targetOf(node));
  return leads.some(({ role, name }) => role === way.role && name === way.name);
}

/** Whether this control was seen to lead to a place that a film can come to. */
export const leadsToPlace = (context: RulesContext, view: PageView, node: Node): boolean =>
  context.views.some(
    (one) =>
      one.path === view.path &&
      one.page.revealedBy[0]?.name === foldText(node.name) &&
      isPlace(context, one) &&
      stepsTo(context, one) !== undefined,
  );

/** A page as loaded, or a place. */
export const isPage = (context: RulesContext, view: PageView): boolean =>
  isLoaded(view.page) || isPlace(context, view);

/** What a place offers is what its page did not. */
export function isFreshOn(context: RulesContext, view: PageView, node: Node): boolean {
  const base = isLoaded(view.page) ? undefined : loadedOf(context, view);
  return (
    base === undefined ||
    findTargets(base.snapshot.elements, {
      role: view.snapshot.elements[node.index]?.role ?? node.role,
      name: node.name,
      exact: true,
    }).length === 0
  );
}

/** Steps before a state of a page shows; undefined when it cannot be reached provably. */
export const stepsTo = (context: RulesContext, view: PageView): CandidateStep[] | undefined =>
  revealSteps(context.exploration, view.page);

export const allowed = (context: RulesContext, name: string): boolean =>
  forbiddenKind(name, context.intent) === undefined;

/** No explored page shows this text: seeing it later proves that it came in. */
export const isNew = (context: RulesContext, text: string): boolean =>
  !context.views.some((view) => view.shows(text) || view.nodes.some((node) => node.value === text));

/** Items that show what was made before come first. */
export const focusFirst = <T extends { text: string }>(context: RulesContext, items: readonly T[]): T[] => {
  const { focus } = context;
  if (focus === undefined) return [...items];
  return [
    ...items.filter((item) => item.text.includes(focus)),
    ...items.filter((item) => !item.text.includes(focus)),
  ];
};
