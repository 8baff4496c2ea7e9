import { startsWithVerb } from './starts';

/** A way to something that is named after it: "switch between the tabs to find and click on …". */
const WAY =
  /^(?:.{0,160}?[,\s])??to\s+(?:find|reach|locate|get to)(?:\s+it)?\s+(?:and|then)\s+|^(?:find|locate|look)\s+and\s+/iu;
const FIND =
  /^(?:find|locate|look for|search for|finde|suche|trouve|cherche|busca|encuentra)\s+((?:the|my|a|an|den|die|das|der|le|la|el)\s+.+?)(?:,|,?\s+(?:and|und|et|y)(?:\s+then)?)\s+/iu;
/** Who searches and then speaks of what was found types the words. */
const SEARCHES =
  /^(?:search for|suche|cherche|busca)\s+(?:an?\s|.*\b(?:results?|hits?|match(?:es)?|treffer|ergebnis\w*|résultats?|resultad[oa]s?|risultat\w*)\b)/iu;
const FOR = /^(?:for|für|bei|pour|para)\s+((?:the|den|die|das|le|la|el)\s+[^,]+?),\s+/iu;

/** The words that say where or how to get to what a sentence is about, and what that thing is among others; undefined when it has none. */
export function wayIn(text: string): { whole: string; within?: string } | undefined {
  const way = WAY.exec(text);
  if (way && startsWithVerb(text.slice(way[0].length))) return { whole: way[0] };
  for (const pattern of [FIND, FOR]) {
    const found = SEARCHES.test(text) ? null : pattern.exec(text);
    if (found && startsWithVerb(text.slice(found[0].length)))
      return { whole: found[0], within: found[1] ?? '' };
  }
  return undefined;
}
