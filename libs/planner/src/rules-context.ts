import type { CandidateStep, Exploration, ExploredPage } from '@showrunner/contracts';
import { findRepeatedMenus } from './chrome';
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
