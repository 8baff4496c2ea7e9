import { foldText } from '@showrunner/contracts';
import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import { formsOf } from '../forms';
import { isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { readable, sentence, shorten } from '../words';

const LEAST = 2;
const SENDS =
  /^(submit|next|check|answer|vote|continue|confirm|see|show|go|ok|done|finish|result|calculate|apply)\b/i;

/** A question with answers to choose from: one is chosen, and given where a button asks for that. */
export function answerFeatures(context: RulesContext): Candidate[] {
  return context.views
    .flatMap((view) => {
      const before = stepsTo(context, view);
      const filled = new Set(
        formsOf(view)
          .filter(({ kind }) => !['other', 'search', 'wizard'].includes(kind))
          .flatMap(({ fields }) => fields.map(({ index }) => index)),
      );
      const radios = view
        .ofRole('radio')
        .filter((node) => isUsable(node) && !filled.has(node.index) && /[\p{L}\p{N}]/u.test(node.name));
      const chosen = radios.find(({ checked, name }) => checked === false && allowed(context, name));
      if (before === undefined || radios.length < LEAST || chosen === undefined) return [];
      return [answering(context, view, before, radios, chosen)];
    })
    .slice(0, 1);
}

function answering(
  context: RulesContext,
  view: PageView,
  before: CandidateStep[],
  radios: readonly Node[],
  chosen: Node,
): Candidate {
  const target = view.targetOf(chosen);
  const name = shorten(readable(chosen.name), 50);
  const choose = click(target, `Choose “${name}”`, { kind: 'state', target, state: 'checked', equals: true });
  const last = radios[radios.length - 1]?.index ?? 0;
  const button = view
    .ofRole('button')
    .find(
      (node) =>
        node.index > last &&
        node.index < last + 15 &&
        SENDS.test(readable(node.name)) &&
        allowed(context, node.name),
    );
  const question = view
    .ofRole('heading', 'group', 'radiogroup')
    .filter((node) => node.index < chosen.index && foldText(node.name).length >= 3)
    .pop();
  const asked = question && shorten(readable(question.name), 60);
  const give = button && {
    ...click(
      view.targetOf(button),
      sentence(shorten(readable(button.name), 40)),
      { kind: 'textChanged' },
      true,
    ),
  };
  return candidate({
    kind: 'use',
    variety: 'answer',
    title: asked ? `Answer “${asked}”` : `Choose “${name}”`,
    description: give ? 'One answer, and it goes on.' : 'One of several to choose from.',
    startPath: view.path,
    steps: [...before, choose, ...(give ? [give] : [])],
    score: (give ? 76 : 46) - 3 * before.length,
    words: ['answer choose question quiz vote option', name, asked ?? ''],
    needsSignIn: view.page.signedIn,
  });
}
