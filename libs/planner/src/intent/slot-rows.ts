import type { Candidate, CandidateStep } from '@showrunner/contracts';
import { candidate } from '../candidate';
import type { PageView } from '../page-view';
import { allowed } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { BOOKS } from '../rules/day';
import { readable, sentence, shorten, stem, wordsOf } from '../words';
import { asAsked } from './as-asked';
import { clickOn, isControl, nameOf } from './controls';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { sameMeaning } from './meanings';
import { namesMoment, withoutMoment } from './moments';
import type { Moment } from './moments';
import type { IntentPart } from './read-intent';
import { rowsOf, targetInRow } from './rows';
import type { Row } from './rows';

/** Entries that are a day and a time each: the one that is meant, by what books it there. None when several fit. */
export function slotRows(
  part: IntentPart,
  moment: Moment,
  view: PageView,
  context: RulesContext,
  before: readonly CandidateStep[],
): Candidate[] {
  const fitting = rowsOf(view).filter((row) => namesMoment(row.text, moment));
  const inner = fitting.filter(
    (row) => !fitting.some((other) => row.members.some(({ index }) => index === other.node.index)),
  );
  const named = inner.filter((row) => saysRest(part, row, view));
  const [row, ...others] = named.length > 0 ? named : [];
  if (row === undefined || others.length > 0) return [];
  const books = row.members.find(
    (node) => isControl(node) && (BOOKS.test(readable(node.name)) || sameMeaning(stem(nameOf(node)), 'book')),
  );
  const isWhole = row.node.role === 'generic' || row.node.clickable === true;
  const control = books ?? (isWhole ? row.node : undefined);
  if (control === undefined || !allowed(context, nameOf(control))) return [];
  const title = `${sentence(books === undefined ? 'Choose' : nameOf(books))} “${shorten(row.title, 50)}”`;
  const clicked = clickOn(view, control, targetInRow(view, row, control), title);
  return [
    candidate({
      ...{ kind: 'edit', title, ...asAsked(view) },
      steps: [...before, { ...clicked, asks: { kind: 'row', title: row.title, effect: 'changes' } }],
      score: 95 - 3 * before.length,
      words: [row.title],
      about: row.title,
    }),
  ];
}

/** Whatever else is said of the slot stands in it, or over it. */
function saysRest(part: IntentPart, row: Row, view: PageView): boolean {
  const around = wordsOf(`${view.snapshot.title} ${view.mainHeading()?.name ?? ''} ${row.column}`).map(stem);
  return wordsOf(withoutMoment(part.text)).every(
    (word) =>
      stem(word) === part.verb ||
      FUNCTION_WORDS.has(word) ||
      STRUCTURE_WORDS.has(word) ||
      SLOT.has(word) ||
      row.stems.has(stem(word)) ||
      around.includes(stem(word)),
  );
}

const SLOT = new Set(
  'slot time appointment session termin rendez-vous créneau cita turno appuntamento seat place spot lesson class'.split(
    ' ',
  ),
);
