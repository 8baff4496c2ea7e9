import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { BOOK_AT, stepsOfBooking } from './intent/booking-steps';
import { CONFIRMATION, confirmingSteps } from './intent/confirm';
import { COMPOSE, composingSteps } from './intent/compose';
import { DRAWN_CHOICE, stepsInDrawnChoice } from './intent/drawn-choice';
import { daysToward, ON_DAY, SUGGESTED, suggestedSteps } from './intent/entering';
import { LABEL_ROW, stepsOfLabelling } from './intent/label-row';
import { MENU_PATH, stepsAlong } from './intent/menu-path';
import { MOVE_CARD, stepsOfMove } from './intent/move-card';
import { IN_ROW_MENU, stepsInRowMenu } from './intent/row-menu';
import { SEEK, stepsOnward } from './intent/seek';
import { SORT_DRAWN, stepsInDrawnOrder } from './intent/sort-drawn';
import { stepsOfWriting, WRITE_TO } from './intent/writing-place';
import { CHOOSE_DAY, stepsInCalendar } from './rules/calendar';
import { CHOOSE_OPTION, choiceSteps, TAKE_SUGGESTION } from './rules/choices';
import { ONLY_CART, stepsToCart, stepsToOrder, TO_ORDER } from './rules/checkout';
import { AFTER_DAY, stepsAfterDay } from './rules/day';
import { OPENED_FORM, stepsInOpenedForm } from './rules/edit';
import { CHOSEN, NEXT_PAGE, stepsOnNextPage } from './rules/wizard';
import { EDIT_IN_PLACE, stepsInPlace } from './rules/write';

/**
 * Steps that only the page tells on which a feature has arrived; `continues` is what its rule noted, `about` the thing that it acts on. Empty
 * when there are none.
 */
export function followingSteps(
  continues: string,
  page: PageSnapshot,
  before: PageSnapshot | undefined,
  about = '',
): CandidateStep[] {
  const [kind = '', ...words] = continues.split(' ');
  switch (kind) {
    case OPENED_FORM:
      return words.length > 0
        ? stepsInOpenedForm(page, { text: words.join(' '), instead: about })
        : ofRow(stepsInOpenedForm(page), about);
    case CONFIRMATION:
      return confirmingSteps(page, about);
    case ON_DAY:
      return daysToward(page, words.join(' '));
    case SUGGESTED:
      return suggestedSteps(page, words.join(' '));
    case MENU_PATH:
      return stepsAlong(page, words.join(' '));
    case DRAWN_CHOICE:
      return stepsInDrawnChoice(page, before, words.join(' '));
    case SORT_DRAWN:
      return stepsInDrawnOrder(page, before, words.join(' '));
    case COMPOSE:
      return composingSteps(page, words.join(' '));
    case WRITE_TO:
      return stepsOfWriting(page, before, words.join(' '));
    case LABEL_ROW:
      return stepsOfLabelling(page, before, words.join(' '));
    case SEEK:
      return stepsOnward(page, words.join(' '));
    case IN_ROW_MENU:
      return stepsInRowMenu(page, before, words.join(' '));
    case BOOK_AT:
      return stepsOfBooking(page, words.join(' '));
    case MOVE_CARD:
      return stepsOfMove(page, before, words.join(' '));
    case CHOOSE_OPTION:
      return choiceSteps(page, before);
    case TAKE_SUGGESTION:
      return choiceSteps(page, before, words.join(' '));
    case AFTER_DAY:
      return stepsAfterDay(page, before, words.join(' '));
    case CHOOSE_DAY:
      return stepsInCalendar(page, before);
    case NEXT_PAGE:
      return stepsOnNextPage(page, words[0] === CHOSEN);
    case TO_ORDER:
      if (words[0] === ONLY_CART) return stepsToCart(page, about);
      return stepsToOrder(
        page,
        Number(words[0] ?? 1),
        words[1] === 'cart' && about !== '' ? about : undefined,
      );
    case EDIT_IN_PLACE:
      return stepsInPlace(page, before);
    default:
      return [];
  }
}

/** The last of the steps has to change the entry that they are about, and no other. */
const ofRow = (steps: readonly CandidateStep[], title: string): CandidateStep[] =>
  steps.map((step, at) =>
    at === steps.length - 1 && title !== ''
      ? { ...step, asks: { kind: 'row', title, effect: 'edited' } }
      : step,
  );
