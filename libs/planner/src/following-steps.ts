import type { CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { CONFIRMATION, confirmingSteps } from './intent/confirm';
import { CHOOSE_DAY, stepsInCalendar } from './rules/calendar';
import { CHOOSE_OPTION, choiceSteps, TAKE_SUGGESTION } from './rules/choices';
import { OPENED_FORM, stepsInOpenedForm } from './rules/edit';

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
      return stepsInOpenedForm(
        page,
        words.length > 0 ? { text: words.join(' '), instead: about } : undefined,
      );
    case CONFIRMATION:
      return confirmingSteps(page, about);
    case CHOOSE_OPTION:
      return choiceSteps(page, before);
    case TAKE_SUGGESTION:
      return choiceSteps(page, before, words.join(' '));
    case CHOOSE_DAY:
      return stepsInCalendar(page, before);
    default:
      return [];
  }
}
