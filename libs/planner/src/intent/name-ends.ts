import { isUsable } from '../page-view';
import type { Node } from '../page-view';
import type { RulesContext } from '../rules-context';
import { fieldHint } from '../sample-values';
import { readable, stem, stemsOf } from '../words';
import { sameMeaning } from './meanings';

const JOINT =
  /\s+(with|and|in|for|due|at|as|mit|und|für|als|avec|et|pour|con|y|para|e|com)\s+(?:the\s+|an?\s+)?(?=(\p{L}+))/giu;
const WITH = /^\s+(?:with|mit|avec|con|com)\s/iu;
const CHOICE_ROLES = ['radio', 'checkbox', 'switch', 'option', 'button', 'generic', 'tab'];
const LONGEST_CHOICE = 24;

/** Names of what can be chosen on the pages: options, boxes, and short things to press. */
export const choicesOf = (context: RulesContext): string[] =>
  context.views.flatMap((view) =>
    view.nodes.flatMap((node) => [
      ...(node.options ?? []),
      ...(CHOICE_ROLES.includes(node.role) && isUsable(node) && node.name.length <= LONGEST_CHOICE
        ? [readable(node.name)]
        : []),
    ]),
  );

/** `Ana Maria` of "Ana Maria with email ana@x.org": a name ends where a field's name begins, or a label with one of its choices. */
export function untilFields(value: string, fields: readonly Node[], choices: readonly string[]): string {
  const options = fields.flatMap((field) => field.options ?? []);
  const hints = new Set(
    fields.flatMap((field) => stemsOf(fieldHint(field))).filter((word) => word.length >= 3),
  );
  const known = new Set(choices.map((one) => one.trim().toLowerCase()).filter((one) => one.length >= 2));
  const at = [...value.matchAll(JOINT)].find(
    (joint) =>
      [...hints].some((hint) => sameMeaning(hint, stem((joint[2] ?? '').toLowerCase()))) ||
      labelsChoice(value.slice(joint.index + joint[0].length), known) ||
      (WITH.test(joint[0]) && FIELD.test(value.slice(joint.index + joint[0].length))) ||
      FURTHER_FIELD.test(value.slice(joint.index)),
  )?.index;
  const end = at ?? intoOption(value, options)?.at ?? value.length;
  return value.slice(0, end).trim() || value;
}

/** What fields are called whether a form has them or not, and something behind it: no name goes on with these. */
const FIELD =
  /^(?:e-?mail(?: address)?|phone(?: number)?|telephone|telefon\w*|password|passwort|price|preis|prix|precio|prezzo|quantity|amount|address|adresse|date|datum|age|city|street|zip(?: code)?|due date|priority|category|description|status|artist|author|director)\s+(?:of\s+|is\s+|=\s*)?\S/iu;

/** The same behind an "and", for what no name goes on with even there. */
const FURTHER_FIELD =
  /^\s+(?:and|und|et|y|e)\s+(?:the\s+)?(?:e-?mail(?: address)?\s+\S+@|(?:subject|body|message|phone|password|priority|category)\s+(?:of\s+|is\s+)?[\p{L}\p{N}+"“])/iu;

/** `mood Happy`, up to the end or the next joint: a word or two, and a choice of the page. */
function labelsChoice(rest: string, known: ReadonlySet<string>): boolean {
  const words = (rest.split(JOINT)[0] ?? '')
    .replace(/[,.:=]+/gu, ' ')
    .replace(/\b(?:of|to|is)\b/giu, ' ')
    .trim()
    .toLowerCase()
    .split(/\s+/u);
  return [1, 2].some((label) => words.length > label && known.has(words.slice(label).join(' ')));
}

/** Where a text says at its end that something goes to one of these choices: `Ship it to Doing`, `… into the list Later`. */
export function intoOption(
  text: string,
  options: readonly string[],
): { at: number; option: string } | undefined {
  const joints = text.matchAll(
    /\s+(?:to|in|into|under|on|for|as|für|als|pour|comme|per|come|como|zu|nach|unter|dans|à|en|a|em|para)\s+(?=(.+)$)/giu,
  );
  for (const { index, 1: tail = '' } of joints) {
    const said = tail
      .replace(/^(?:the|my|die|den|das|la|le|el|il|a|o)\s+/iu, '')
      .replace(
        /^(?:column|list|lane|section|group|category)\s+|\s+(?:column|list|lane|section|group|category)$/giu,
        '',
      )
      .replace(/^["“]|["”.]+$/gu, '')
      .trim()
      .toLowerCase();
    const option = options.find((one) => one.trim().toLowerCase() === said);
    if (option !== undefined) return { at: index, option };
  }
  return undefined;
}
