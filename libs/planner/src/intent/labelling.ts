import { foldText } from '@showrunner/contracts';
import { withoutQuotes } from './quotes';

/** A short word that is to be put on one of many things. */
export interface Labelling {
  /** The label. */
  text: string;
  /** On what, as it is said. */
  to: string;
}

const LABEL = String.raw`(?:label|tag|keyword|category|etikett|schlagwort|étiquette|mot-clé|etiqueta|etichetta|trefwoord)`;
const ARTICLE = String.raw`(?:(?:the|an?|another|new|das|ein|l['’]|la|une?|una?|il|un['’]|een|het)\s*)*`;
const PUTS = String.raw`(?:add|attach|assign|give|put|set|stick|füge|setze|hänge|vergib|ajoute|mets|añade|pon|agrega|aggiungi|metti|adicione|coloque|voeg)`;
const ON = String.raw`(?:to|on|onto|for|zu|zum|zur|an|auf|für|à|au|sur|a|al|en|su|alla|ao|na|no|aan|op)`;

const pattern = (source: string): RegExp => new RegExp(`^${source}$`, 'iu');
/** "Add the label x to y". */
const LABEL_FIRST = pattern(
  String.raw`${PUTS}\s+${ARTICLE}${LABEL}\s+(?:called\s+|named\s+)?(?<text>\S+(?:\s\S+){0,3}?)\s+${ON}\s+(?<to>.+?)(?:\s+hinzu|\s+toe)?`,
);
/** "Add x as a tag to y". */
const AS_LABEL = pattern(
  String.raw`${PUTS}\s+(?<text>\S+(?:\s\S+){0,3}?)\s+(?:as|als|comme|como|come)\s+${ARTICLE}${LABEL}\s+${ON}\s+(?<to>.+)`,
);
/** "Give y the label x". */
const THING_FIRST = pattern(
  String.raw`(?:give|gib|donne|da|dai|dê|geef)\s+(?<to>.+?)\s+${ARTICLE}${LABEL}\s+(?<text>\S+(?:\s\S+){0,3})`,
);
/** "Tag y as x", "label y with x". */
const VERB = pattern(
  String.raw`(?:label|tag|etikettiere|étiquette|etiqueta|etichetta)\s+(?<to>.+?)\s+(?:as|with|als|mit|comme|avec|como|con|come|com|met)\s+(?:${ARTICLE}${LABEL}\s+)?(?<text>\S+(?:\s\S+){0,3})`,
);
/** "Label y x", where x stands in quotation marks. */
const QUOTED = pattern(String.raw`(?:label|tag)\s+(?<to>[^\ue000-\uf8ff]+?)\s+(?<text>[\ue000-\uf8ff])`);
/** "Label it x". */
const PRONOUN = pattern(
  String.raw`(?:label|tag)\s+(?<to>it|them|that one|this one)\s+(?<text>\S+(?:\s\S+)?)`,
);

/** What a sentence labels, and how; undefined when it labels nothing. */
export function labellingIn(said: string): Labelling | undefined {
  const { bare, restore, quoted } = withoutQuotes(said.trim().replace(/[.!]+$/u, ''));
  for (const one of [LABEL_FIRST, AS_LABEL, THING_FIRST, VERB, QUOTED, PRONOUN]) {
    const { text, to } = one.exec(bare)?.groups ?? {};
    if (text === undefined || to === undefined) continue;
    return { text: foldText(quoted(text) ?? restore(text)), to: restore(to).trim() };
  }
  return undefined;
}
