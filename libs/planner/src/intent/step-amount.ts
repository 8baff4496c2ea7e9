import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate, click } from '../candidate';
import type { PageView } from '../page-view';
import { stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { steppersOf } from '../steppers';
import type { Stepper } from '../steppers';
import { shorten, stem, wordsOf } from '../words';
import { asAsked } from './as-asked';
import type { Answers } from './act-on-row';
import { namingWords } from './controls';
import { STRUCTURE_WORDS } from './lexicon';
import { sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';
import { targetInRow } from './rows';

/** What a number is to become: this, or so much more or less. */
type Amount = { to: number } | { by: number };

const MOST_CLICKS = 9;
const UP =
  /\b(?:turn|crank|bring)\s+(?:.{1,40}\s)?up\b|\b(?:increase|raise|increment|bump|louder|erhöhe|erhöhen|steigere|augmente[rz]?|aumenta[r]?|aumente)\b/iu;
const DOWN =
  /\b(?:turn|bring)\s+(?:.{1,40}\s)?down\b|\b(?:decrease|reduce|lower|decrement|quieter|verringere|verringern|reduziere|senke|diminue[rz]?|réduis|réduire|disminuye|disminuir|reduce|reducir|diminua|reduza|diminuisci|riduci)\b/iu;
const TO = /\b(?:to|auf|à|a|para|hasta)\s+(\d{1,3})\s*$/iu;
const BY = /\b(?:by|um|de|en|por|di)\s+(\d{1,2})\s*$/iu;
const TIMES: readonly (readonly [RegExp, number])[] = [
  [/\b(?:once|one time|einmal|une fois|una vez|una volta|uma vez)\b/iu, 1],
  [/\b(?:twice|two times|zweimal|deux fois|dos veces|due volte|duas vezes)\b/iu, 2],
  [/\b(?:thrice|three times|dreimal|trois fois|tres veces|tre volte|três vezes)\b/iu, 3],
  [/\b(?:four times|viermal|quatre fois|cuatro veces|quattro volte|quatro vezes)\b/iu, 4],
  [/\b(?:five times|fünfmal|cinq fois|cinco veces|cinque volte|cinco vezes)\b/iu, 5],
];
const COUNTED = /\b(\d{1,2})\s*(?:times|mal|fois|veces|volte|vezes)\b/iu;
/** Words of the sentence that say how much, and of what kind the number is. */
const HOW_MUCH =
  /^(?:turn|crank|bring|up|down|\d+|once|twice|thrice|one|two|three|four|five|times|viermal|fünfmal|quatre|cinq|cuatro|cinco|quattro|cinque|quatro|einmal|zweimal|dreimal|mal|fois|deux|trois|veces|dos|tres|volte|due|tre|vezes|duas|três|by|to)$/iu;

/** What the words ask of a number; undefined when they ask for none. */
export function amountAsked({
  text,
  act,
  value,
}: Pick<IntentPart, 'text' | 'act' | 'value'>): Amount | undefined {
  const to = TO.exec(text)?.[1] ?? (act === 'set' && /^\d{1,3}$/.test(value ?? '') ? value : undefined);
  const way = UP.test(text) ? 1 : DOWN.test(text) ? -1 : 0;
  if (to !== undefined) return act === 'set' || way !== 0 ? { to: Number(to) } : undefined;
  if (way === 0) return undefined;
  const times = Number(
    BY.exec(text)?.[1] ?? COUNTED.exec(text)?.[1] ?? TIMES.find(([words]) => words.test(text))?.[1] ?? 1,
  );
  return { by: way * times };
}

/** Whether a number is asked for that stands between a minus and a plus. */
export const stepsAmount = (part: IntentPart, context: RulesContext): boolean =>
  amountAsked(part) !== undefined && context.views.some((view) => steppersOf(view).length > 0);

/** "Set the quantity of the mug to 3", "increase it twice": so many clicks as it takes, each seen to bring the next number. */
export function stepAmount(part: IntentPart, context: RulesContext): Answers {
  const asked = amountAsked(part);
  if (asked === undefined) return { candidates: [], reason: '' };
  let reason = '';
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    const all = steppersOf(view);
    if (before === undefined || all.length === 0) return [];
    const meant = all.filter((stepper) => isMeant(part, stepper, view, context.focus));
    const [stepper, ...others] = meant;
    if (stepper === undefined || others.length > 0) {
      reason ||= `It is not clear whose number is meant: there are ${all.length}.`;
      return [];
    }
    const wanted = 'to' in asked ? asked.to : stepper.amount + asked.by;
    const clicks = Math.abs(wanted - stepper.amount);
    if (clicks === 0 || clicks > MOST_CLICKS || wanted < 0) {
      reason ||=
        clicks === 0
          ? `It is ${wanted} already.`
          : `From ${stepper.amount} to ${wanted} is more than ${MOST_CLICKS} clicks, or below nothing.`;
      return [];
    }
    const name = shorten(stepper.row?.title ?? 'the number', 40);
    return [
      candidate({
        kind: 'edit',
        title: `Set ${name} to ${wanted}`,
        ...asAsked(view),
        steps: [...before, ...clicksOn(view, stepper, wanted)],
        score: 92 - 3 * before.length,
        words: wordsOf(part.text),
        about: stepper.row?.title,
      }),
    ];
  });
  return { candidates, reason: candidates.length > 0 ? '' : reason };
}

function clicksOn(view: PageView, stepper: Stepper, wanted: number): CandidateStep[] {
  const way = wanted > stepper.amount ? 1 : -1;
  const node = way > 0 ? stepper.plus : stepper.minus;
  const target = stepper.row === undefined ? view.targetOf(node) : targetInRow(view, stepper.row, node);
  const title = stepper.row?.title ?? '';
  return Array.from({ length: Math.abs(wanted - stepper.amount) }, (_, at): CandidateStep => {
    const amount = stepper.amount + way * (at + 1);
    return {
      ...click(
        target,
        way > 0 ? `One more: ${amount}` : `One less: ${amount}`,
        { kind: 'textChanged' },
        true,
      ),
      asks: { kind: 'amount', title, amount },
    };
  });
}

/** Every word that says whose number it is stands in the row. */
function isMeant(
  part: IntentPart,
  { row, noun }: Stepper,
  view: PageView,
  focus: string | undefined,
): boolean {
  if (part.isPronoun && focus !== undefined) return row?.text.includes(focus) === true;
  const verb = stem(part.verb);
  const words = namingWords(part.text).filter(
    (word) =>
      !HOW_MUCH.test(word) &&
      !UP.test(word) &&
      !DOWN.test(word) &&
      !STRUCTURE_WORDS.has(word) &&
      stem(word) !== verb &&
      !sameMeaning(stem(word), 'quantity'),
  );
  const heading = wordsOf(view.mainHeading()?.name ?? '').map(stem);
  const said = words.map(stem).filter((word) => !heading.includes(word));
  // Controls that say of what they are say so for all.
  if (row === undefined && noun !== undefined)
    return said.every((word) => wordsOf(noun).map(stem).includes(word));
  return row === undefined
    ? said.every((word) => wordsOf(view.snapshot.text).map(stem).includes(word))
    : said.every((word) => row.stems.has(word));
}
