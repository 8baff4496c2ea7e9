import { isoTime, monthOf } from './dates';

/** A day of the year, a time of day, or both, as people say them; the year only where it was said. */
export interface Moment {
  day?: number;
  /** From 1 to 12. */
  month?: number;
  year?: number;
  /** `17:00`. */
  time?: string;
}

const DAY_FIRST =
  /(?<![\d.:])(\d{1,2})(?:st|nd|rd|th|\.|º)?\s+(?:of\s+|de\s+)?(\p{L}{3,10})\.?(?:,?\s+(?:de\s+)?(\d{4}))?/gu;
const MONTH_FIRST = /(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,?\s+(\d{4}))?/gu;
const ISO = /(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)/u;
const DOTTED = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.(?:\s?(\d{4}))?/u;
const SLASHED = /(?<!\d)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?!\d)/u;
const TIME =
  /(?<![\d.,/-])(\d{1,2})[:.h](\d{2})\s*([ap]\.?m\.?)?(?![\d.])|(?<![\d.,:/-])(\d{1,2})\s*([ap]\.?m\.?|uhr|o['’]clock)(?!\p{L})/giu;

/** The day and the time that a text speaks of first; undefined when it names neither. */
export function momentIn(text: string): Moment | undefined {
  const day = dayOf(text);
  const rest = day === undefined ? text : text.replace(day.said, ' ');
  const time = timesIn(rest)[0];
  if (day === undefined && time === undefined) return undefined;
  return {
    ...(day === undefined ? {} : { day: day.day, month: day.month, ...(day.year && { year: day.year }) }),
    ...(time === undefined ? {} : { time }),
  };
}

interface SaidDay {
  day: number;
  month: number;
  year?: number | undefined;
  said: string;
}

const yearOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

function dayOf(text: string): SaidDay | undefined {
  const iso = ISO.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]), said: iso[0] };
  for (const match of text.matchAll(DAY_FIRST)) {
    const month = monthOf(match[2] ?? '');
    if (month !== undefined) return { day: Number(match[1]), month, year: yearOf(match[3]), said: match[0] };
  }
  for (const match of text.matchAll(MONTH_FIRST)) {
    const month = monthOf(match[1] ?? '');
    if (month !== undefined) return { day: Number(match[2]), month, year: yearOf(match[3]), said: match[0] };
  }
  const dotted = DOTTED.exec(text);
  if (dotted && Number(dotted[2]) <= 12)
    return { day: Number(dotted[1]), month: Number(dotted[2]), year: yearOf(dotted[3]), said: dotted[0] };
  const slashed = SLASHED.exec(text);
  if (slashed === null) return undefined;
  // Month first, unless that cannot be.
  const [first, second] = [Number(slashed[1]), Number(slashed[2])];
  const [month, day] = first <= 12 ? [first, second] : [second, first];
  return { day, month, year: yearOf(slashed[3]), said: slashed[0] };
}

/** The times of a text, each as `17:00`. */
export const timesIn = (text: string): string[] =>
  [...text.matchAll(TIME)].flatMap(
    (match) => isoTime(match[0].replace('h', ':').replace(/\s*o['’]clock/iu, ':00')) ?? [],
  );

/** Whether a text names the day and the time that are asked for, as far as they are. */
export function namesMoment(text: string, wanted: Moment): boolean {
  const isDay =
    wanted.day === undefined || wanted.month === undefined || namesDay(text, wanted.day, wanted.month);
  return isDay && (wanted.time === undefined || timesIn(text).includes(wanted.time));
}

function namesDay(text: string, day: number, month: number): boolean {
  const days = [...text.matchAll(DAY_FIRST)].map(([, one, name]) => [Number(one), monthOf(name ?? '')]);
  const named = [...text.matchAll(MONTH_FIRST)].map(([, name, one]) => [Number(one), monthOf(name ?? '')]);
  const numbers = [...text.matchAll(/(?<!\d)(\d{1,4})[-./](\d{1,2})(?:[-./](\d{1,4}))?/gu)].flatMap(
    ([, a, b, c]) =>
      (a ?? '').length === 4
        ? [[Number(c), Number(b)]]
        : [
            [Number(a), Number(b)],
            [Number(b), Number(a)],
          ],
  );
  return [...days, ...named, ...numbers].some(([one, other]) => one === day && other === month);
}

/** Of the year that was said, or that the page is about, or else the next one to come after `now`; as a date field takes it. */
export function isoDay({ day, month, year }: Moment, pageText: string, now: Date): string | undefined {
  if (day === undefined || month === undefined) return undefined;
  const told = [...pageText.matchAll(/(?<!\d)(20\d{2})(?!\d)/gu)].map(([one]) => Number(one));
  const today = { year: now.getUTCFullYear(), at: (now.getUTCMonth() + 1) * 100 + now.getUTCDate() };
  const coming = month * 100 + day >= today.at ? today.year : today.year + 1;
  const chosen = year ?? (told.includes(coming) ? coming : (told.find((one) => one > coming) ?? coming));
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${chosen}-${two(month)}-${two(day)}`;
}
