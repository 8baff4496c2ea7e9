import { isField, isUsable } from '../page-view';
import type { Node, PageView } from '../page-view';
import type { RulesContext } from '../rules-context';
import { fieldHint } from '../sample-values';
import { foldText } from '@showrunner/contracts';
import { readable, shorten, stem, stemsOf, wordsOf } from '../words';
import type { Answers } from './act-on-row';
import { choiceGroups, groupSaid } from './choice-groups';
import { enterValue } from './enter';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { sameMeaning } from './meanings';
import type { IntentPart } from './read-intent';

/** How much of something is wanted, in words: a share of its range from 0 to 1, or so many steps more or less. */
export type Level = ({ share: number } | { by: number }) & {
  /** Words for what it is of: `volume`. */
  of: string[];
};

const MOST =
  /\b(?:max(?:imum|imi[sz]e)?|highest|full(?:est)?|loudest|brightest|largest|biggest|fastest|all the way up|as (?:high|loud|bright|large|big|fast) as (?:possible|it gets|it goes)|maximal\w*|máxim[oa]|massim[oa]|volle?)\b/iu;
const LEAST =
  /\b(?:min(?:imum|imi[sz]e)?|lowest|quietest|darkest|dimmest|smallest|slowest|all the way down|as (?:low|quiet|dark|small|slow) as (?:possible|it gets|it goes)|minimal\w*|mínim[oa]|minim[oa])\b/iu;
const HALF = /\b(?:half(?:way)?|middle|hälfte|moitié|mitad|metà|metade)\b/iu;
const SILENT = /^\s*(?:please\s+)?(?:mute|silence)\b/iu;
const UP =
  /\b(?:turn|crank|bring|push|put|move)\s+(?:.{1,40}\s)?up\b|\b(?:increase|raise|louder|brighter|bigger|larger|higher|faster|taller|wider)\b|\b(?:lauter|heller|größer|schneller|höher)\b|\b(?:plus (?:fort|grand|rapide|clair)|más (?:alto|grande|rápido|fuerte)|sube|aumenta|alza|erhöhe)\b/iu;
const DOWN =
  /\b(?:turn|bring|push|put|move)\s+(?:.{1,40}\s)?down\b|\b(?:decrease|reduce|lower|quieter|softer|darker|dimmer|dim|smaller|slower|narrower)\b|\b(?:leiser|dunkler|kleiner|langsamer|niedriger)\b|\b(?:moins fort|plus (?:petit|lent|sombre)|más (?:bajo|pequeño|lento)|baja|reduce|abbassa|verringere)\b/iu;
/** What is meant where only its change is said. */
const IMPLIED: [RegExp, string][] = [
  [/\b(?:loud\w*|quiet\w*|softer|mute|silence|lauter|leiser)\b/iu, 'volume'],
  [/\b(?:bright\w*|dark(?:er|est)|dim\w*|heller|dunkler)\b/iu, 'brightness'],
  [/\b(?:fast\w+|slow\w+|schneller|langsamer)\b/iu, 'speed'],
  [/\b(?:bigger|larger|smaller|biggest|largest|smallest|größer|kleiner)\b/iu, 'size'],
];
const TIMES: [RegExp, number][] = [
  [/\btwice\b|\btwo times\b|\bzweimal\b/iu, 2],
  [/\bthree times\b|\bthrice\b|\bdreimal\b/iu, 3],
];
const SAYS_HOW =
  /^(?:turn|crank|bring|push|put|make|set|move|change|adjust|dial|get|slide|up|down|more|less|way|possible|bit|little|times?|twice|thrice|drag|use|goes|gets|go|percent|stelle?|mache?|drehe?|mets|pon|metti)$/iu;

/** What a part asks of a level in words; undefined when it says a value, or nothing of this kind. */
export function levelIn({ text, quoted }: Pick<IntentPart, 'text' | 'quoted'>): Level | undefined {
  if (quoted.length > 0 || /\d/.test(text.replace(/\d{1,3}\s?(?:%|percent)/iu, ''))) return undefined;
  const percent = /(\d{1,3})\s?(?:%|percent)/iu.exec(text)?.[1];
  const way = UP.test(text) ? 1 : DOWN.test(text) ? -1 : 0;
  const share =
    percent !== undefined
      ? Number(percent) / 100
      : MOST.test(text)
        ? 1
        : LEAST.test(text) || SILENT.test(text)
          ? 0
          : HALF.test(text)
            ? 0.5
            : undefined;
  if ((share === undefined && way === 0) || (share !== undefined && share > 1)) return undefined;
  const times = TIMES.find(([words]) => words.test(text))?.[1] ?? 1;
  const left = [MOST, LEAST, HALF, SILENT].reduce((rest, words) => rest.replace(words, ' '), text);
  const words = wordsOf(left.replace(/\d+\s?%?/gu, ' ')).filter(
    (word) =>
      !FUNCTION_WORDS.has(word) &&
      !SAYS_HOW.test(word) &&
      !STRUCTURE_WORDS.has(word) &&
      !(UP.test(word) || DOWN.test(word)) &&
      word !== 'slider' &&
      word !== 'it',
  );
  const implied = IMPLIED.find(([said]) => said.test(text))?.[1];
  const of = words.length > 0 ? words : implied === undefined ? [] : [implied];
  if (of.length === 0) return undefined;
  return { ...(share === undefined ? { by: way * times } : { share }), of };
}

/** Names of choices that are steps of one scale, the least first. */
const SCALE = [
  'xs tiny minimum lowest minimal',
  'small s low slow tight narrow quiet short compact dim thin klein niedrig langsam petit pequeño piccolo',
  'medium m normal default regular moderate standard mittel moyen mediano medio',
  'large l big high fast wide loud long relaxed bright thick groß hoch schnell grand grande',
  'xl huge maximum highest maximal',
].map((words) => words.split(' '));

const rankOf = (name: string): number | undefined => {
  const words = foldText(name).toLowerCase();
  if (/^(?:extra|very|x)[- ]?(?:large|big|high|fast)$|^xxl$/u.test(words)) return 4;
  if (/^(?:extra|very|x)[- ]?(?:small|low|slow)$|^xxs$/u.test(words)) return 0;
  const at = SCALE.findIndex((names) => names.includes(words));
  return at === -1 ? undefined : at;
};

/** Brings what is named to the level: the value that this is, entered or chosen as any other. */
export function setLevel(level: Level, part: IntentPart, context: RulesContext): Answers {
  let reason = '';
  for (const view of context.views) {
    const value = valueAt(level, view);
    if (value === undefined) continue;
    if ('missing' in value) {
      reason ||= value.missing;
      continue;
    }
    const { candidates, reason: why } = enterValue(
      { ...part, act: 'set', verb: 'set', object: level.of.join(' '), value: value.text, names: [] },
      { ...context, views: [view] },
    );
    if (candidates.length > 0) return { candidates, reason: '' };
    reason ||= why;
  }
  return {
    candidates: [],
    reason: reason || `Nothing was found whose “${shorten(level.of.join(' '), 40)}” could be set.`,
  };
}

type Value = { text: string } | { missing: string } | undefined;

function valueAt(level: Level, view: PageView): Value {
  const isMeant = (texts: readonly string[]): boolean => {
    const words = texts.flatMap((text) => stemsOf(text.slice(0, 200)));
    return level.of.every((word) => words.some((one) => sameMeaning(one, stem(word))));
  };
  const fields = view.nodes.filter(
    (node) =>
      isField(node) &&
      isUsable(node) &&
      !['checkbox', 'radio', 'switch'].includes(node.role) &&
      isMeant([fieldHint(node)]),
  );
  const [field, ...others] = fields;
  if (others.length > 0) return { missing: `It is not clear which of ${fields.length} is meant.` };
  if (field?.options) return along(field.options, field.value, level);
  if (field !== undefined && (field.role === 'slider' || field.role === 'spinbutton'))
    return among(field, level);
  const groups = choiceGroups(
    view,
    (node) =>
      ['radio', 'button', 'tab', 'option', 'menuitemradio'].includes(node.role) &&
      isUsable(node) &&
      rankOf(readable(node.name)) !== undefined,
  ).filter(([first]) => first !== undefined && isMeant(groupSaid(view, first)));
  const [choices, ...more] = groups;
  if (choices === undefined) return undefined;
  if (more.length > 0) return { missing: `It is not clear which of ${groups.length} choices is meant.` };
  const current = choices.find((node) => node.checked ?? node.pressed ?? node.selected);
  return along(
    choices.map(({ name }) => name),
    current?.name,
    level,
  );
}

/** A value of a range; of one that does not say its ends nothing is guessed. */
function among(field: Node, level: Level): Value {
  const isSlider = field.role === 'slider';
  if (!isSlider && (field.min === undefined || field.max === undefined) && 'share' in level) return undefined;
  const low = Number(field.min ?? (isSlider ? '0' : '-Infinity'));
  const high = Number(field.max ?? (isSlider ? '100' : 'Infinity'));
  const now = Number.parseFloat(field.value);
  const stride = isSlider ? stepOf(low, high) : 1;
  const wanted =
    'share' in level
      ? whole(low + level.share * (high - low), low, high)
      : Math.min(high, Math.max(low, now + level.by * stride));
  if (!Number.isFinite(wanted)) return undefined;
  return wanted === now
    ? { missing: `“${shorten(readable(field.name), 40)}” is ${wanted} already.` }
    : { text: String(wanted) };
}

/** A change that can be seen: a fifth of what there is. */
const stepOf = (low: number, high: number): number =>
  high - low >= 5 ? Math.round((high - low) / 5) : (high - low) / 5;
const whole = (value: number, low: number, high: number): number =>
  high - low >= 5 ? Math.round(value) : Number(value.toFixed(2));

/** The choice that is so far along its scale; none where the names are no scale. */
function along(names: readonly string[], current: string | undefined, level: Level): Value {
  const scale = names
    .flatMap((name) => {
      const rank = rankOf(readable(name));
      return rank === undefined ? [] : [{ name, rank }];
    })
    .sort((a, b) => a.rank - b.rank);
  if (scale.length < 2 || scale.length < names.length - 1) return undefined;
  const at = scale.findIndex(({ name }) => name === current);
  const place =
    'share' in level ? Math.round(level.share * (scale.length - 1)) : at === -1 ? -1 : at + level.by;
  const found = scale[place];
  if (found === undefined || place === at)
    return at === -1
      ? undefined
      : { missing: `It is “${shorten(current ?? '', 30)}” already, and goes no further.` };
  return { text: readable(found.name) };
}
