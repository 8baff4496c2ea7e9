import { SUBMITS } from '@showrunner/language';
import type { Candidate, CandidateStep, PageSnapshot } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { formsOf, goesOn } from '../forms';
import type { Form } from '../forms';
import { isTextField, isUsable, PageView } from '../page-view';
import type { Node } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten } from '../words';
import { cardSteps } from './cards';
import { fieldSteps } from './field-steps';
import { pressing } from './press-candidate';

/** The next page of a form that comes in several. */
export const NEXT_PAGE = 'next-page';
/** Follows it where a card was chosen on this page already. */
export const CHOSEN = 'chosen';

const ENDS = /\b(finish|complete|done|confirm|submit|create|book|start|place|send|save)\b/i;
const SAYS_WHAT =
  /^(plan|book|create|build|set ?up|find|design|order|get|start|apply|choose|make|tell|join|register|check)\b/i;

/** So many steps beside each other are a way. */
const WAY = 3;
const MOST_PRESSES = 3;

/** A form in several pages: filled in page by page, each read when the rehearsal gets there. Without a form its steps are gone through. */
export function wizardFeatures(context: RulesContext): Candidate[] {
  const forms = formWizards(context);
  return forms.length > 0 ? forms : context.views.flatMap((view) => throughSteps(context, view)).slice(0, 1);
}

/** Steps that stand above what they hold, of which those to come cannot be chosen yet, and what leads on to the next one. */
function throughSteps(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  const steps = view.ofRole('tab');
  const onward = view.ofRole('button', 'menuitem', 'link').find(isOnward);
  const isWay = steps.length >= WAY && steps.some(({ disabled }) => disabled === true);
  if (before === undefined || onward === undefined || !isWay || !allowed(context, onward.name)) return [];
  const presses = Math.min(steps.length - 1, MOST_PRESSES);
  const title = `Go through the ${steps.length} steps`;
  return [
    pressing({
      ...{ view, before, title, variety: 'wizard', score: 78 },
      description: 'One step after the other.',
      nodes: Array.from({ length: presses }, () => onward),
      captions: Array.from({ length: presses }, (_, at) => `Go to step ${at + 2}`),
    }),
  ];
}

function formWizards(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const form = formsOf(view).find((one) => one.kind === 'wizard');
      const button = form?.button ?? view.ofRole('button').find((node) => isOnward(node));
      if (before === undefined || button === undefined || !allowed(context, button.name)) return [];
      const cards = form === undefined ? cardSteps(view, button) : [];
      if (form === undefined && cards.length === 0) return [];
      const title = titleOf(view, form);
      return [
        candidate({
          kind: 'create',
          variety: 'wizard',
          title,
          description: 'Step by step, with a result at the end.',
          startPath: view.path,
          steps: [
            ...before,
            ...(form ? stepsOnPage(view, form) : [...cards, ...onwards(view, button, undefined)]),
          ],
          score: 86 - 3 * before.length,
          words: ['fill in form wizard steps plan book apply', form?.heading ?? '', title],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}

const isOnward = (node: Node): boolean => isUsable(node) && goesOn(node.name);

function titleOf(view: PageView, form: Form | undefined): string {
  const heading = readable(view.mainHeading()?.name ?? '') || readable(form?.heading ?? '');
  if (SAYS_WHAT.test(heading)) return shorten(sentence(heading), 80);
  return heading === '' ? 'Fill in the form' : `Go through “${shorten(heading, 60)}”`;
}

/** What is filled in on this page, and the way to the next one. */
function stepsOnPage(view: PageView, form: Form): CandidateStep[] {
  const steps = fieldSteps(view, form, undefined, 'answer');
  return [...steps, ...onwards(view, form.button, form.fields.find(isTextField))];
}

function onwards(view: PageView, button: Node | undefined, field: Node | undefined): CandidateStep[] {
  if (button === undefined) return [];
  const isLast = !goesOn(button.name);
  const target = view.targetOf(button);
  const label = shorten(readable(button.name), 60);
  const step = click(
    target,
    isLast ? sentence(label) : 'Go to the next step',
    { kind: 'elementHidden', target: field ? view.targetOf(field) : target },
    true,
  );
  return [isLast ? step : { ...step, continues: NEXT_PAGE }];
}

/** The steps on the page that a wizard has come to; empty when it has nothing to fill in nor to press. */
export function stepsOnNextPage(snapshot: PageSnapshot, isChosen = false): CandidateStep[] {
  const view = PageView.of(snapshot);
  const onward = view
    .ofRole('button')
    .filter((node) => goesOn(node.name) || SUBMITS.test(node.name) || ENDS.test(node.name));
  // What can only be pressed once something was chosen.
  const waiting = onward.every((node) => node.disabled === true) ? onward[0] : undefined;
  const [card] = waiting === undefined || isChosen ? [] : cardSteps(view, waiting);
  if (card !== undefined) return [{ ...card, continues: `${NEXT_PAGE} ${CHOSEN}` }];
  const form = formsOf(view).find((one) => one.button !== undefined && one.kind !== 'search');
  if (form && form.button?.disabled !== true) return stepsOnPage(view, form);
  const button = onward.find(isUsable);
  const cards = button === undefined || isChosen ? [] : cardSteps(view, button);
  return button === undefined ? [] : [...cards, ...onwards(view, button, undefined)];
}
