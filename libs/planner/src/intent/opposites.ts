import type { Candidate } from '@showrunner/contracts';
import { readable, stem, stemsOf, wordsOf } from '../words';
import type { RulesContext } from '../rules-context';
import { isControl, nameOf } from './controls';
import { sameMeaning } from './meanings';
import { withoutQuotes } from './quotes';
import type { IntentPart } from './read-intent';

/** Words of which one says that the other is not meant. States that one control turns on and off are none of these. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:prev(?:ious)?|earlier|backwards?|vorherige[nrsm]?|vorige[nrsm]?|précédente?s?|anterior|precedente)\b|前の?|上一|السابق/iu,
    /\b(?:next|later|forwards?|nächste[nrsm]?|volgende|suivante?s?|siguiente|próxim[oa]|seguinte|successiv[oa])\b|次の?|下一|التالي/iu,
  ],
  [/\bleft\b|\blinks\b|\bgauche\b|\bizquierda\b/iu, /\bright\b|\brechts\b|\bdroite\b|\bderecha\b/iu],
  [/\bimport(?:iere?n?|er|ar)?\b/iu, /\bexport(?:iere?n?|er|ar)?\b/iu],
  [/\bupload\b|\bhochladen\b/iu, /\bdownload\b|\bherunterladen\b/iu],
  [/\bundo\b|\brückgängig\b/iu, /\bredo\b|\bwiederholen\b/iu],
  [/\b(?:accept|approve|confirm)\b/iu, /\b(?:decline|reject|deny|refuse)\b/iu],
  [/\bupvote\b/iu, /\bdownvote\b/iu],
  [/\bzoom(?:ing)? in\b/iu, /\bzoom(?:ing)? out\b/iu],
  [/\b(?:increase|increment)\b/iu, /\b(?:decrease|decrement)\b/iu],
  [/\bincome\b|\beinnahmen?\b/iu, /\bexpenses?\b|\bausgaben?\b/iu],
  [/\bbuy\b/iu, /\bsell\b/iu],
  [/\bascending\b/iu, /\bdescending\b/iu],
  [/\byes\b|\bja\b|\boui\b|\bsí\b/iu, /\bno\b|\bnein\b|\bnon\b/iu],
];

/** A control may be called by the state that is or by the one that comes: only where each has one of its own is another one meant. */
const STATES: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:dark|night|dunkle?[nrs]?|sombre|oscur[oa]|scur[oa])\b/iu,
    /\b(?:light|day|bright|helle?[nrs]?|clair|clar[oa]|chiar[oa])\b/iu,
  ],
  [/\b(?:grid|tiles?|kacheln?|raster)\b/iu, /\b(?:list|liste|rows?)\b/iu],
];

/** "The sepia theme": which one is meant. */
const THEME = /\b(\p{L}{3,})\s+(?:theme|mode|design|colou?r scheme)\b/iu;
const ANY_THEME =
  /^(?:the|app|new|other|another|different|colou?r|its?|this|that|whole|switch|change|toggle|dark|light|night|day|bright)$/iu;

/** Whether what a candidate presses says the contrary of what was said, or names another one of its kind. */
export function isOpposite(part: IntentPart, { feature }: Candidate, context: RulesContext): boolean {
  const said = withoutQuotes(part.text).bare;
  const pressed = feature.steps.flatMap(({ action }) =>
    action.type === 'click' ? [readable(action.target.name)] : [],
  );
  const isContrary = (meant: RegExp, contrary: RegExp): boolean =>
    meant.test(said) &&
    !contrary.test(said) &&
    pressed.some((name) => contrary.test(name) && !meant.test(name));
  const isOffered = (meant: RegExp): boolean =>
    context.views.some((view) => view.nodes.some((node) => isControl(node) && meant.test(nameOf(node))));
  const turned =
    OPPOSITES.some(([one, other]) => isContrary(one, other) || isContrary(other, one)) ||
    STATES.some(
      ([one, other]) =>
        (isContrary(one, other) && isOffered(one)) || (isContrary(other, one) && isOffered(other)),
    );
  return turned || isAnotherTheme(said, feature);
}

function isAnotherTheme(said: string, { title, steps }: Candidate['feature']): boolean {
  const which = THEME.exec(said)?.[1];
  if (which === undefined || ANY_THEME.test(which)) return false;
  if (!steps.some(({ success }) => success.kind === 'themeChanged')) return false;
  const named = [
    title,
    ...steps.flatMap(({ action }) =>
      'target' in action && action.target !== undefined ? [action.target.name] : [],
    ),
    ...steps.flatMap(({ action }) => (action.type === 'select' ? [action.option] : [])),
  ].flatMap((text) => [...wordsOf(text), ...stemsOf(text)]);
  return !named.some((word) => sameMeaning(stem(word), stem(which.toLowerCase())));
}
