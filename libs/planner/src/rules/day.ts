import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { allowed, isPage, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten } from '../words';
import { dayToChoose } from './calendar';
import { choicesOn } from './choices';

/** A day of a calendar was chosen: a time may be next, then what books it. */
export const AFTER_DAY = 'after-day';

const TIME = /\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2} ?(?:am|pm|uhr)\b/i;
export const BOOKS =
  /^(?:book|reserve|schedule|confirm|request|rent|hire|choose|select|continue|buchen|reservieren|réserver|reservar|prenota|予約)/i;

/** A calendar that stands on the page: a day is chosen, a time where one is offered, and then what can be pressed for it. */
export function dayFeatures(context: RulesContext): Candidate[] {
  return context.views
    .filter((view) => isPage(context, view) && view.nodes.every(({ role }) => role !== 'dialog'))
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const day = dayToChoose(view, undefined);
      if (before === undefined || day === undefined || !allowed(context, day.name)) return [];
      const books = view.ofRole('button').find((node) => BOOKS.test(readable(node.name)));
      const title = books ? sentence(shorten(readable(books.name), 60)) : 'Choose a day';
      const caption = `Choose day ${readable(day.name)}`;
      const target = view.targetOf(day);
      const step = click(target, caption, { kind: 'state', target, state: 'selected', equals: true }, true);
      return [
        candidate({
          kind: 'use',
          variety: 'day',
          title,
          description: 'The day first, then the rest.',
          startPath: view.path,
          steps: [...before, { ...step, continues: `${AFTER_DAY} ${title}`.slice(0, 200) }],
          variants: [[...before, step]],
          score: 85 - 3 * before.length,
          words: ['book reserve choose day date calendar time slot', title],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}

/** What comes after a day: the first time that has come up, or the button that has become usable. */
export function stepsAfterDay(
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  title: string,
): CandidateStep[] {
  const view = PageView.of(page);
  const time = choicesOn(view, before).find((node) => TIME.test(node.name));
  if (time !== undefined) {
    const target = view.targetOf(time);
    const caption = `Choose ${shorten(readable(time.name), 40)}`;
    const step = click(target, caption, { kind: 'state', target, state: 'selected', equals: true }, true);
    return [{ ...step, continues: `${AFTER_DAY} ${title}`.slice(0, 200) }];
  }
  const books = view.ofRole('button').find((node) => isUsable(node) && isCalled(node, title));
  return books === undefined ? [] : [click(view.targetOf(books), title, { kind: 'textChanged' }, true)];
}

const isCalled = (node: Node, title: string): boolean =>
  BOOKS.test(readable(node.name)) && sentence(shorten(foldText(readable(node.name)), 60)) === title;
