import { cardsOf } from '../board-cards';
import type { Card } from '../board-cards';
import { boardColumns, columnName } from '../boards';
import type { PageView } from '../page-view';
import { shorten, stem, stemsOf, wordsOf } from '../words';
import { FUNCTION_WORDS, STRUCTURE_WORDS } from './lexicon';
import { isCommonNoun } from './meanings';
import type { IntentPart } from './read-intent';

/** The one card that a part speaks of, or why there is none: of several that fit none is taken. */
export function cardMeant(
  part: IntentPart,
  view: PageView,
  focus: string | undefined,
): { card: Card } | { missing: string } {
  const all = cardsOf(view);
  if (part.isPronoun) {
    if (focus === undefined) return { missing: 'It is not said what is meant.' };
    return only(
      all.filter(({ title, text }) => title === focus || text.includes(focus)),
      focus,
    );
  }
  const from = fromColumn(part.object, view);
  const among = from === undefined ? all : all.filter(({ column }) => columnName(column) === from.name);
  const said = from?.rest ?? part.object;
  const quoted = part.quoted.find((text) => text !== part.value);
  if (quoted !== undefined) {
    const exact = among.filter(({ title }) => title.toLowerCase() === quoted.toLowerCase());
    return only(
      exact.length > 0
        ? exact
        : among.filter(({ text }) => text.toLowerCase().includes(quoted.toLowerCase())),
      quoted,
    );
  }
  const words = wordsOf(said).filter((word) => !FUNCTION_WORDS.has(word) && !isNoun(word));
  if (words.length === 0) return { missing: 'It is not said which card is meant.' };
  const whole = among.filter(({ title }) => {
    const own = wordsOf(title).filter((word) => !FUNCTION_WORDS.has(word) && !isNoun(word));
    return own.length === words.length && own.every((word, at) => word === words[at]);
  });
  if (whole.length > 0) return only(whole, said);
  return only(
    among.filter(({ text }) => words.every((word) => stemsOf(text).includes(stem(word)))),
    said,
  );
}

const isNoun = (word: string): boolean =>
  STRUCTURE_WORDS.has(word) ||
  isCommonNoun(word) ||
  word === 'status' ||
  word === 'state' ||
  word === 'stage';

function only(cards: readonly Card[], said: string): { card: Card } | { missing: string } {
  const [card, ...others] = cards;
  if (card === undefined) return { missing: `No card of the board is called “${shorten(said, 60)}”.` };
  return others.length === 0
    ? { card }
    : { missing: `${cards.length} cards fit “${shorten(said, 60)}”: it is not clear which is meant.` };
}

/** `Pay rent from Doing`: where it stands now is no part of its name. */
function fromColumn(object: string, view: PageView): { name: string; rest: string } | undefined {
  const match =
    /^(.+?)\s+(?:from|in|out of|aus|von|de|du|da|dal)\s+(?:the\s+|der\s+|dem\s+|la\s+)?(.+?)(?:\s+(?:column|list|lane))?$/iu.exec(
      object,
    );
  const said = match?.[2]?.toLowerCase();
  const column = boardColumns(view).find((node) => columnName(node).toLowerCase() === said);
  return column === undefined ? undefined : { name: columnName(column), rest: match?.[1] ?? '' };
}
