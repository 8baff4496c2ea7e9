import { foldText } from '@showrunner/contracts';
import type { PageElement, PageSnapshot, StepToDecide, Target } from '@showrunner/contracts';
import { isAllowed, suits } from '../guard';
import type { Guard } from '../guard';
import { elementWords, likeness, uniqueTarget, wordsOf } from '../page-words';
import { dataBlock, quoted } from '../prompts/page-data';
import SYSTEM from '../prompts/step.prompt.md';
import { tokensIn } from '../prompts/tokens';

/** A prompt of a step has less than 4,000 tokens; the rest is for the schema, and for how other tokenizers count. */
const MOST_TOKENS = 2600;
/** Above what tokens could hold anyway. */
const MOST_LISTED = 150;
const HEADINGS = 8;

export interface StepPrompt {
  system: string;
  text: string;
  /** Elements by the numbers under which the prompt lists them. */
  choices: ReadonlyMap<number, Target>;
  /** The page has no words for some of what is listed: a picture would tell. */
  needsPicture: boolean;
}

const PASSWORD = /passw|kennwort|contraseñ|mot de passe|senha|пароль|パスワード|密码|密碼|비밀번호/i;

/**
 * What is asked about a step: the step, and of the page the elements that it could mean, the likeliest first as long as there is room. What must not be
 * touched is not listed, so it cannot be chosen; only what the plan itself names may permit its like.
 */
export function stepPrompt(page: PageSnapshot, step: StepToDecide, guard: Guard): StepPrompt | undefined {
  const { action, caption } = step;
  if (!('target' in action) || action.target === undefined) return undefined;
  const planned = action.target;
  const wanted = wordsOf(`${planned.name} ${caption}`);
  const possible = page.elements
    .filter(
      (element) =>
        isAllowed(element, guard, planned.name) && suits(action, element, PASSWORD.test(planned.name)),
    )
    .map((element) => ({ element, rank: rankOf(element, planned, wanted) }))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST_LISTED);
  if (possible.length === 0) return undefined;

  const head = [
    'The step, as it was planned:',
    `  ${quoted(caption, 160)}`,
    `  ${action.type} ${/^\w+$/.test(planned.role) ? planned.role : 'element'} ${quoted(planned.name, 80)}${aboutAction(action)}`,
    ...(planned.within ? [`  within ${quoted(planned.within.name, 60)}`] : []),
    '',
    'The page, as it is now:',
  ].join('\n');
  const facts = [
    `address ${quoted(page.path, 100)} title ${quoted(page.title, 80)}`,
    ...page.elements
      .filter((one) => one.role === 'heading' && foldText(one.name) !== '')
      .slice(0, HEADINGS)
      .map((one) => `heading ${quoted(one.name, 60)}`),
  ];
  const choices = new Map<number, Target>();
  const lines: string[] = [];
  let room = MOST_TOKENS - tokensIn(SYSTEM) - tokensIn(head) - tokensIn(facts.join('\n'));
  let needsPicture = false;
  for (const { element } of possible) {
    const line = `${choices.size + 1} ${elementWords(page, element)}`;
    room -= tokensIn(line) + 1;
    if (room < 0) break;
    choices.set(choices.size + 1, uniqueTarget(page, element));
    lines.push(line);
    needsPicture ||= foldText(element.name) === '' && foldText(element.text ?? '') === '';
  }
  const text = `${head}\n${dataBlock('page', [...facts, ...lines])}\n\nWhich number does the step mean?`;
  return { system: SYSTEM, text, choices, needsPicture };
}

function aboutAction(action: StepToDecide['action']): string {
  if (action.type === 'type') return ` with the text ${quoted(action.text, 60)}`;
  if (action.type === 'select') return ` choosing ${quoted(action.option, 60)}`;
  return '';
}

function rankOf(element: PageElement, planned: Target, wanted: readonly string[]): number {
  const words = [element.name, element.text, element.placeholder, element.value]
    .map((one) => (one ?? '').slice(0, 100))
    .join(' ');
  return (
    likeness(words, wanted) * 4 +
    likeness(words, wordsOf(planned.name)) * 4 +
    (element.role === planned.role ? 2 : 0) +
    (element.inViewport ? 1 : 0) +
    (foldText(words) === '' ? -0.5 : 0)
  );
}
