import { foldText } from '@showrunner/contracts';
import { isTextField } from '../page-view';
import type { Node } from '../page-view';
import { ordinalOf } from './lexicon';
import { quotedIn } from './quotes';

/** What kind of control a noun means. */
type Kind = 'button' | 'link' | 'tab' | 'checkbox' | 'radio' | 'menu' | 'list' | 'slider' | 'field' | 'area';

const KINDS: Record<Kind, string> = {
  button: 'button buttons knopf schaltfläche bouton botón pulsante botão knop',
  link: 'link links hyperlink lien enlace',
  tab: 'tab tabs reiter onglet pestaña',
  checkbox: 'checkbox checkboxes check-box kontrollkästchen',
  radio: 'radio radiobutton',
  menu: 'menu menus',
  list: 'dropdown drop-down select combobox listbox',
  slider: 'slider regler',
  field: 'field fields textbox textboxes text-box input inputs feld champ campo',
  area: 'textarea textareas text-area',
};
const KIND_OF = new Map<string, Kind>(
  (Object.entries(KINDS) as [Kind, string][]).flatMap(([kind, words]) =>
    words.split(' ').map((word) => [word, kind] as const),
  ),
);
/** Nouns for a control that say nothing of its kind. */
const VAGUE =
  'item|icon|entry|option|control|element|widget|menu item|folder|file|section|box|eintrag|symbol';

const IS_KIND: Record<Kind, (node: Node) => boolean> = {
  button: (node) => node.role === 'button',
  link: (node) => node.role === 'link',
  tab: (node) => node.role === 'tab',
  checkbox: (node) => node.role === 'checkbox' || node.role === 'switch',
  radio: (node) => node.role === 'radio',
  menu: (node) => node.popup === 'menu' || node.role.startsWith('menuitem'),
  list: (node) => node.options !== undefined || node.role === 'combobox',
  slider: (node) => node.role === 'slider',
  field: (node) => isTextField(node) && node.inputType !== 'textarea',
  area: (node) => node.inputType === 'textarea',
};

/** How a control is spoken of. */
export interface ControlPhrase {
  /** Its name as said, without article and nouns of its kind; '' when only its kind is said. */
  name: string;
  /** The name stood in quotation marks: it is the name, letter by letter. */
  isQuoted: boolean;
  /** Whether a control is of the kind that is said; undefined when none is. */
  isOfKind?: (node: Node) => boolean;
  /** "The 2nd check box": one of its kind by its place, 0-based; -1 for the last. */
  ordinal?: number;
  /** "A check box": any of its kind. */
  isAny: boolean;
}

const ARTICLE = /^\s*(?:the|an?|any|my|den|die|das|le|la|el|il|o|het|de)\s+/iu;
const LEAD = /^\s*(?:on|at|to|into|in|auf|sur|en|su|op)\s+/iu;
const KIND_WORDS = [...KIND_OF.keys()].join('|');
const TRAILING = new RegExp(String.raw`\s+(?:${KIND_WORDS}|${VAGUE}|page|screen|view|seite)\s*$`, 'iu');
const LEADING = new RegExp(
  String.raw`^(?:(?:${KIND_WORDS}|${VAGUE})\s+)+(?=\S)(?:(?:that (?:is|says)|is)?\s*(?:labell?ed|named|called|titled|says|saying|with (?:the )?(?:name|label|text|title))\s+)?`,
  'iu',
);

/** Reads `the Export button`, `button ONE`, `the 2nd checkbox`, `the link "Terms"`. */
export function readPhrase(said: string): ControlPhrase {
  const phrase = said
    .replace(/\btext[ -]?areas?\b/giu, 'textarea')
    .replace(/\btext[ -]?(?:box(?:es)?|inputs?|fields?)\b/giu, 'textbox');
  const [quoted] = quotedIn(phrase);
  const words = phrase.toLowerCase().match(/[\p{L}\p{N}-]+/gu) ?? [];
  const outside = (quoted === undefined ? phrase : phrase.replace(quoted, ' ')).toLowerCase();
  const kind = (outside.match(/[\p{L}-]+/gu) ?? [])
    .map((word) => KIND_OF.get(word))
    .find((one) => one !== undefined);
  const isAny = /^\s*(?:on\s+|into\s+)?(?:an?|any)\s/iu.test(phrase);
  const base = { isAny, ...(kind === undefined ? {} : { isOfKind: IS_KIND[kind] }) };
  if (quoted !== undefined) return { ...base, name: foldText(quoted), isQuoted: true };
  const bare = phrase
    .replace(/["“”„«»‹›「」『』‘’`]/gu, ' ')
    .replace(LEAD, '')
    .replace(ARTICLE, '');
  const ordinal = words.map(ordinalOf).find((one) => one !== undefined);
  const only = bare
    .toLowerCase()
    .match(/[\p{L}\p{N}-]+/gu)
    ?.every(
      (word) =>
        KIND_OF.has(word) || ordinalOf(word) !== undefined || /^(?:input|text|below|above|only)$/.test(word),
    );
  if (kind !== undefined && only === true)
    return { ...base, name: '', isQuoted: false, ...(ordinal === undefined ? {} : { ordinal }) };
  const name = foldText(bare.replace(LEADING, '').replace(TRAILING, ''));
  return { ...base, name: name === '' ? foldText(bare) : name, isQuoted: false };
}

/** The kind that a word is the noun of ("checkbox"). */
export const kindNamed = (word: string): ((node: Node) => boolean) | undefined => {
  const lower = word.toLowerCase().trim();
  if (lower === 'text') return IS_KIND.field;
  const kind = KIND_OF.get(lower);
  return kind && IS_KIND[kind];
};
