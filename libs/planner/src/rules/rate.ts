import type { Candidate } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { isUsable } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable } from '../words';

const STARS = /^(rate (it )?)?([1-5])( ?stars?| out of 5|\/5)?$|^([1-5]) of 5/i;
const FOUR = 4;

/** Stars to give: four of five, as a person would who is pleased. */
export function rateFeatures(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const stars = view
        .ofRole('radio', 'button')
        .filter(
          (node) =>
            isUsable(node) &&
            /star|rate/i.test(`${node.name} ${view.inside(node, 'radiogroup', 'group')?.name ?? ''}`) &&
            STARS.test(readable(node.name)),
        );
      const four = stars.find((node) => Number(/[1-5]/.exec(node.name)?.[0]) === FOUR);
      if (before === undefined || stars.length < 3 || four === undefined || four.checked === true) return [];
      const target = view.targetOf(four);
      return [
        candidate({
          kind: 'toggle',
          variety: 'rate',
          title: 'Give four stars',
          description: 'One click says it all.',
          startPath: view.path,
          steps: [
            ...before,
            click(target, 'Give four stars', { kind: 'state', target, state: 'checked', equals: true }, true),
          ],
          score: 66 - 3 * before.length,
          words: ['rate rating stars review score'],
          needsSignIn: view.page.signedIn,
        }),
      ];
    })
    .slice(0, 1);
}
