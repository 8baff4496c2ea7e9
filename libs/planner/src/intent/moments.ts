import type { Asked } from '@showrunner/contracts';
import { isoTime, monthOf } from './dates';
import { dayInWords } from './days-in-words';

/** A day of the year or of the week, a time of day, or both, as people say them; the year only where it was said. */
export interface Moment {
  day?: number;
  /** From 1 to 12. */
  month?: number;
  year?: number;
  /** 0 is Sunday; only where no day of the year was said. */
  weekday?: number;
  /** `17:00`. */
  time?: string;
}

const DAY_FIRST =
  /(?<![\d.:])(\d{1,2})(?:st|nd|rd|th|\.|º)?\s+(?:of\s+|de\s+)?(\p{L}{3,10})\.?(?:,?\s+(?:de\s+)?(\d{4}))?/gu;
const MONTH_FIRST = /(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{4}))?/gu;
const ISO = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/u;
const DOTTED = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?/u;
const SLASHED = /(?<!\d)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?!\d)/u;
const HALF = String.raw`[ap]\.?m\.?(?!\p{L})`;
const TIME = new RegExp(
  [
    String.raw`(?<![\d.,/:-])\d{1,2}[:h]\d{2}(?!\d)(?:\s*${HALF})?`,
    String.raw`(?<![\d.,/:-])\d{1,2}\.\d{2}\s*(?:uhr(?!\p{L})|${HALF})`,
    String.raw`(?<![\d.,:/-])\d{1,2}\s*(?:${HALF}|(?:uhr|o['’]clock)(?!\p{L}))`,
  ].join('|'),
  'giu',
);
/** From Sunday on, each day's names; three letters are enough for the English ones. */
const WEEKDAYS = [
  'sunday sonntag dimanche domingo domenica الأحد',
  'monday montag lundi lunes lunedì segunda-feira الاثنين',
  'tuesday dienstag mardi martes martedì terça-feira الثلاثاء',
  'wednesday mittwoch mercredi miércoles mercoledì quarta-feira الأربعاء',
  'thursday donnerstag jeudi jueves giovedì quinta-feira الخميس',
  'friday freitag vendredi viernes venerdì sexta-feira الجمعة',
  'saturday samstag samedi sábado sabato السبت',
].map((names) => names.split(' '));

const weekdayOf = (word: string): number | undefined => {
  const lower = word.toLowerCase();
  const at = WEEKDAYS.findIndex(
    (names) => names.includes(lower) || (/^[A-Z]\p{L}{2}$/u.test(word) && names[0]?.slice(0, 3) === lower),
  );
  return at === -1 ? undefined : at;
};

/** The day and the time that a text speaks of first; undefined when it names neither. */
export function momentIn(text: string, now = new Date()): Moment | undefined {
  const day = dayOf(text) ?? inWords(text, now);
  const time = timesIn(day === undefined ? text : text.replace(day.said, ' '))[0];
  const weekday = day === undefined ? weekdaysIn(text)[0] : undefined;
  if (day === undefined && time === undefined && weekday === undefined) return undefined;
  return {
    ...(day === undefined ? {} : { day: day.day, month: day.month, ...(day.year && { year: day.year }) }),
    ...(weekday === undefined ? {} : { weekday }),
    ...(time === undefined ? {} : { time }),
  };
}

const inWords = (text: string, now: Date): SaidDay | undefined => {
  const found = dayInWords(text, now);
  return found && { ...found.day, said: found.said };
};

interface SaidDay {
  day: number;
  month: number;
  year?: number | undefined;
  said: string;
}

const yearOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

/** All days of the year that a text names; of two numbers between slashes the month comes first, unless that cannot be. */
function daysIn(text: string): SaidDay[] {
  const named = [
    ...[...text.matchAll(DAY_FIRST)].map(([said, day, name, year]) => ({ said, day, name, year })),
    ...[...text.matchAll(MONTH_FIRST)].map(([said, name, day, year]) => ({ said, day, name, year })),
  ].flatMap(({ said, day, name, year }) => {
    const month = monthOf(name ?? '');
    return month === undefined ? [] : [{ said, day: Number(day), month, year: yearOf(year) }];
  });
  const numbers = [ISO, DOTTED, SLASHED].flatMap((pattern) =>
    [...text.matchAll(new RegExp(pattern.source, 'gu'))].flatMap(([said, a, b, c]): SaidDay[] => {
      if (pattern === ISO) return [{ said, year: Number(a), month: Number(b), day: Number(c) }];
      const [first, second] = [Number(a), Number(b)];
      const [month, day] = pattern === SLASHED && first <= 12 ? [first, second] : [second, first];
      return [{ said, day, month, year: yearOf(c) }];
    }),
  );
  return [...numbers, ...named].filter(
    ({ day, month }) => day >= 1 && day <= 31 && month >= 1 && month <= 12,
  );
}

const dayOf = (text: string): SaidDay | undefined =>
  [...daysIn(text)].sort((a, b) => text.indexOf(a.said) - text.indexOf(b.said))[0];

const weekdaysIn = (text: string): number[] =>
  (text.match(/[\p{L}-]{3,}/gu) ?? []).flatMap((word) => weekdayOf(word) ?? []);

/** The times of a text, each as `17:00`. */
export const timesIn = (text: string): string[] =>
  [...text.matchAll(TIME)].flatMap(
    (match) => isoTime(match[0].replace(/(\d)h(\d)/iu, '$1:$2').replace(/\s*o['’]clock/iu, ':00')) ?? [],
  );

/** Without the words that say when: `a session for Ida` of `a session for Ida on 5 March at 8:30 am`. */
export function withoutMoment(text: string): string {
  const days = [...daysIn(text), ...[inWords(text, new Date())].flatMap((one) => one ?? [])].map(({ said }) =>
    said.trim(),
  );
  const times = [...text.matchAll(TIME)].map(([said]) => said.trim());
  const words = (text.match(/[\p{L}-]{3,}/gu) ?? []).filter((word) => weekdayOf(word) !== undefined);
  return [...days, ...times, ...words]
    .sort((a, b) => b.length - a.length)
    .reduce((left, said) => left.replace(said, '\u0000'), text)
    .replace(
      /(?:(?:,|\b(?:on|at|for|from|am|um|den|le|el|las|il|alle|next|this)\b|(?<=\s)(?:à|a)(?=\s))\s*)*\u0000/giu,
      ' ',
    )
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Whether a text names a day of the year. */
export const namesDay = (text: string): boolean => daysIn(text).length > 0;

/** Whether a text names the day and the time that are asked for, as far as they are. */
export const namesMoment = (text: string, wanted: Moment): boolean =>
  saysDay(text, wanted) && (wanted.time === undefined || timesIn(text).includes(wanted.time));

function saysDay(text: string, { day, month, weekday }: Moment): boolean {
  if (day !== undefined && month !== undefined)
    return daysIn(text).some(
      (one) =>
        (one.day === day && one.month === month) ||
        // Day first or month first: a text of numbers does not tell.
        (/^\d+\/\d+/u.test(one.said) && one.day === month && one.month === day),
    );
  return weekday === undefined || weekdaysIn(text).includes(weekday);
}

/** Whether a text names days or times, and none of them is the one that is asked for. */
export const namesOther = (text: string, wanted: Moment): boolean =>
  (wanted.day !== undefined && daysIn(text).length > 0 && !saysDay(text, wanted)) ||
  (wanted.time !== undefined && timesIn(text).length > 0 && !timesIn(text).includes(wanted.time));

const DAY_MS = 86_400_000;
/** The coming one of a day of the week; else of the year that was said, or that the page is about, or else the next one to come after `now`; as a date field takes it. */
export function isoDay(
  { day, month, year, weekday }: Moment,
  pageText: string,
  now: Date,
): string | undefined {
  if ((day === undefined || month === undefined) && weekday !== undefined) {
    const ahead = (weekday - now.getUTCDay() + 7) % 7 || 7;
    return new Date(now.getTime() + ahead * DAY_MS).toISOString().slice(0, 10);
  }
  if (day === undefined || month === undefined) return undefined;
  const told = [...pageText.matchAll(/(?<!\d)(20\d{2})(?!\d)/gu)].map(([one]) => Number(one));
  const today = { year: now.getUTCFullYear(), at: (now.getUTCMonth() + 1) * 100 + now.getUTCDate() };
  const coming = month * 100 + day >= today.at ? today.year : today.year + 1;
  const chosen = year ?? (told.includes(coming) ? coming : (told.find((one) => one > coming) ?? coming));
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${chosen}-${two(month)}-${two(day)}`;
}

/** A step that brings this moment about; `said`: the page has to name it. */
export const asksMoment = ({ year: _year, ...moment }: Moment, said: boolean): Asked => ({
  kind: 'moment',
  ...moment,
  said,
});
