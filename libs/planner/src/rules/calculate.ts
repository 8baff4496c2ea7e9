import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click, fill } from '../candidate';
import { formsOf } from '../forms';
import { isTextField } from '../page-view';
import type { PageView } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint, valueFor } from '../sample-values';
import { readable, sentence, shorten } from '../words';

const PLAIN_VALUES = ['12', '30', '4'];

/** Numbers in, a result out. The expected result is a guess (a sum) that the rehearsal replaces by what the app really shows. */
export function calculateFeatures(context: RulesContext): Candidate[] {
  return context.views.flatMap((view) => [...throughForm(context, view), ...onKeypad(context, view)]);
}

function throughForm(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  if (before === undefined) return [];
  return formsOf(view)
    .filter((form) => form.kind === 'numbers')
    .map((form) => {
      const fields = form.fields.filter(isTextField).slice(0, 4);
      const values = fields.map((field, at) => {
        const named = /\b(age|year|weight|height|rating|quantity)\b/i.test(fieldHint(field))
          ? valueFor(field)
          : (PLAIN_VALUES[at] ?? '5');
        return field.value === named ? `${named}0` : named;
      });
      const fills = fields.map((field, at) =>
        fill(
          view.targetOf(field),
          values[at] ?? '5',
          `Enter ${values[at] ?? '5'}${readable(field.name) ? ` for ${shorten(readable(field.name).toLowerCase(), 40)}` : ''}`,
        ),
      );
      const sum = String(values.reduce((total, value) => total + Number(value), 0));
      const guess = { kind: 'textVisible', text: view.shows(sum) ? `= ${sum}` : sum } as const;
      const steps: CandidateStep[] = form.button
        ? [...before, ...fills, click(view.targetOf(form.button), captionOf(form.button.name), guess, true)]
        : [
            ...before,
            ...fills.slice(0, -1),
            ...fills.slice(-1).map((last) => ({ ...last, success: guess, learn: true })),
          ];
      const heading = shorten(form.heading || view.snapshot.title, 60);
      return candidate({
        kind: 'calculate',
        title: /calculat|convert|estimat|predict/i.test(heading)
          ? `Use the ${heading.toLowerCase().replace(/^the /, '')}`
          : 'Work out a result',
        description: 'Enter the numbers and read the answer.',
        startPath: view.path,
        steps,
        score: 86 - 3 * before.length,
        words: [
          'calculate compute result number enter convert',
          heading,
          form.button?.name ?? '',
          ...fields.map(fieldHint),
        ],
        needsSignIn: view.page.signedIn,
      });
    });
}

const captionOf = (name: string): string => {
  const label = readable(name);
  return /^(submit|run|go|=)?$/i.test(label) ? 'Read the result' : sentence(label);
};

/** A keypad calculator: 7 + 5 = 12. */
function onKeypad(context: RulesContext, view: PageView): Candidate[] {
  const before = stepsTo(context, view);
  const key = (...names: string[]): ReturnType<PageView['ofRole']>[number] | undefined =>
    view.ofRole('button').find((node) => names.includes(node.name.trim().toLowerCase()));
  const seven = key('7', 'seven');
  const plus = key('+', 'plus', 'add');
  const five = key('5', 'five');
  const equals = key('=', 'equals', 'equal');
  if (before === undefined || !seven || !plus || !five || !equals) return [];
  const shown = (text: string): CandidateStep['success'] => ({ kind: 'textVisible', text });
  const read = click(view.targetOf(equals), 'Read the result', shown('12'), true);
  // A display that shows nothing new for an operator, or a figure that stands on a key as well: the result is what proves them all.
  const keys = [seven, plus, five].map((node, at) =>
    click(view.targetOf(node), ['Press 7', 'Press plus', 'Press 5'][at] ?? '', { kind: 'done' }),
  );
  return [
    candidate({
      kind: 'calculate',
      title: 'Calculate 7 + 5',
      description: 'Four keys, one answer.',
      startPath: view.path,
      steps: [
        ...before,
        click(view.targetOf(seven), 'Press 7', shown('= 7'), true),
        click(view.targetOf(plus), 'Press plus', shown('7 +'), true),
        click(view.targetOf(five), 'Press 5', shown('7 + 5'), true),
        read,
      ],
      variants: view.shows('12') ? [] : [[...before, ...keys, { ...read, learn: false }]],
      score: 86,
      words: ['calculate compute add sum result number'],
    }),
  ];
}
