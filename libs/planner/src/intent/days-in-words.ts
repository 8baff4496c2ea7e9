import { de, en, es, fr, it, nl, pt } from 'chrono-node';
import type { Day } from './dates';

/** A day that is told from today on, and the words for it. */
export interface SaidInWords {
  day: Day;
  said: string;
}

const LANGUAGES = [en, de, fr, es, it, pt, nl];
const WEEKDAY =
  '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)';
const NUMBER =
  '(?:an?|one|two|three|four|five|six|ten|\\d{1,3}|einem|einer|zwei|drei|vier|un|une|deux|trois|quatre|una|dos|tres|cuatro|due|tre|quattro)';
const UNIT =
  '(?:days?|weeks?|months?|tag(?:en?)?|wochen?|monat(?:en?)?|jours?|semaines?|mois|días?|semanas?|mes(?:es)?|giorni?|settiman[ae]|mesi?)';
const SPAN = `(?:in|dans|en|tra|fra)\\s+${NUMBER}\\s+${UNIT}|${NUMBER}\\s+${UNIT}\\s+from\\s+(?:now|today)`;
const NEXT = `(?:next|coming|nächste[nrs]?|kommende[nrs]?|el\\s+próximo|próximo|el)\\s+${WEEKDAY}|${WEEKDAY}\\s+(?:prochaine?|que\\s+viene|prossim[ao])`;
const NEAR =
  "the\\s+day\\s+after\\s+tomorrow|today|tomorrow|übermorgen|heute|morgen|après-demain|aujourd[’']hui|demain|pasado\\s+mañana|hoy|mañana|dopodomani|oggi|domani|depois\\s+de\\s+amanhã|hoje|amanhã|overmorgen|vandaag";
const SAID = new RegExp(`(?<!\\p{L})(?:${NEAR}|${SPAN}|${NEXT})(?!\\p{L})`, 'iu');
/** The library takes the last word of these alone: tomorrow. */
const AFTER_TOMORROW = /^(?:après-demain|pasado\s+mañana|dopodomani|depois\s+de\s+amanhã|overmorgen)$/iu;

/**
 * The first day of a text that is said from today on: `tomorrow`, `next Friday` (of the next week), `in two weeks`. Undefined when it says none.
 * @param now what today is
 */
export function dayInWords(text: string, now: Date): SaidInWords | undefined {
  const said = SAID.exec(text)?.[0];
  if (said === undefined) return undefined;
  const plain = AFTER_TOMORROW.test(said) ? 'the day after tomorrow' : said;
  for (const language of LANGUAGES) {
    const [found] = language.parse(plain, now, { forwardDate: true });
    if (found === undefined) continue;
    const { start } = found;
    const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')];
    if (year !== null && month !== null && day !== null) return { day: { year, month, day }, said };
  }
  return undefined;
}
