const MONTHS = 'january|february|march|april|may|june|july|august|september|october|november|december'.split(
  '|',
);
/** Each month's names in other languages. */
const FOREIGN = [
  'januar janvier enero gennaio janeiro يناير',
  'februar février febrero febbraio fevereiro فبراير',
  'märz mars marzo março مارس',
  'avril abril aprile أبريل',
  'mai mayo maggio maio مايو',
  'juni juin junio giugno junho يونيو',
  'juli juillet julio luglio julho يوليو',
  'août agosto أغسطس',
  'septembre septiembre settembre setembro سبتمبر',
  'oktober octobre octubre ottobre outubro أكتوبر',
  'novembre noviembre novembro نوفمبر',
  'dezember décembre diciembre dicembre dezembro ديسمبر',
].map((names) => names.split(' '));

/** Day of a calendar; month from 1 to 12. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

const valid = (year: number, month: number, day: number): Day | undefined =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
    ? { year, month, day }
    : undefined;

/** 1 to 12 of a month's English name or its first three letters, or of its whole name in another language; undefined for anything else. */
export const monthOf = (word: string): number | undefined => {
  const at = MONTHS.findIndex(
    (month) => month === word.toLowerCase() || month.slice(0, 3) === word.toLowerCase().replace(/\.$/, ''),
  );
  if (at !== -1) return at + 1;
  const foreign = FOREIGN.findIndex((names) => names.includes(word.toLowerCase()));
  return foreign === -1 ? undefined : foreign + 1;
};

/**
 * A day as people write it: `2016-01-14`, `01/14/2016` (month first, unless that cannot be), `14.01.2016`, `14 January 2016`,
 * `January 14, 2016`. Undefined when it is none.
 */
export function dayIn(text: string): Day | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text.trim());
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const dotted = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(text.trim());
  if (dotted) return valid(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text.trim());
  if (slashed) {
    const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
    return valid(year, first, second) ?? valid(year, second, first);
  }
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(\p{L}+\.?),?\s+(\d{4})$/u.exec(text.trim());
  const monthFirst = /^(\p{L}+\.?)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(text.trim());
  const [name, day, year] = dayFirst
    ? [dayFirst[2], dayFirst[1], dayFirst[3]]
    : [monthFirst?.[1], monthFirst?.[2], monthFirst?.[3]];
  const month = monthOf(name ?? '');
  return month === undefined ? undefined : valid(Number(year), month, Number(day));
}

const two = (number: number): string => String(number).padStart(2, '0');

/** `2016-01-14`, as a date field takes it. */
export const isoDate = (text: string): string | undefined => {
  const found = dayIn(text);
  return found && `${found.year}-${two(found.month)}-${two(found.day)}`;
};

/** `15:05` of `3:05 PM`, as a time field takes it. */
export function isoTime(text: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?|uhr|h)?$/iu.exec(text.trim());
  if (!match) return undefined;
  const half = match[3]?.toLowerCase();
  const said = Number(match[1]);
  if (half !== undefined && (said < 1 || said > 12)) return undefined;
  const hour = half === undefined ? said : (said % 12) + (half === 'p' ? 12 : 0);
  const minute = Number(match[2] ?? 0);
  return hour < 24 && minute < 60 ? `${two(hour)}:${two(minute)}` : undefined;
}
