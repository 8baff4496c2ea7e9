import type { Candidate } from '@showrunner/contracts';
import { candidate, click, fill } from '../candidate';
import { formsOf } from '../forms';
import type { Form } from '../forms';
import type { Node } from '../page-view';
import { allowed, stepsTo } from '../rules-context';
import type { RulesContext } from '../rules-context';
import { fieldHint } from '../sample-values';
import { readable, shorten } from '../words';
import type { Answers } from './act-on-row';
import { asAsked } from './as-asked';
import { nameOf } from './controls';

/** What a password is to become, and what it is now where that is said. */
export interface PasswordChange {
  old?: string;
  new: string;
}

const PASSWORD = String.raw`(?:password|passphrase|passwort|kennwort|mot de passe|contraseña|senha|wachtwoord)`;
const WHOLE = new RegExp(
  String.raw`(?:change|update|set|reset|ändere|setze|cambia|change[rz]?|modifie|altere|mude|wijzig)\s+(?:the\s+|my\s+|your\s+|das\s+|mein\s+|le\s+|mon\s+|la\s+|mi\s+|il\s+|a\s+|minha\s+)?(?:account\s+)?${PASSWORD}\s+(?:(?:from|von|de|da|van)\s+(?<old>\S+)\s+)?(?:to|auf|in|zu|à|en|a|para|naar)\s+(?<next>\S+)`,
  'iu',
);
const IS = String.raw`(?:\s+(?:one|${PASSWORD}))?\s*(?:is|to|:|=|ist|est|es|è|é)?\s+(?<it>\S+)`;
const OLD = new RegExp(
  String.raw`(?<!\p{L})(?:old|current|alte[sn]?|aktuelle[sn]?|ancien|actuel|antigua|actual|vecchia|attuale|atual|oude)${IS}`,
  'iu',
);
const NEW = new RegExp(String.raw`(?<!\p{L})(?:new|neue[sn]?|nouveau|nueva|nuova|nova|nieuwe)${IS}`, 'iu');
const bare = (value: string): string => value.replace(/^["“„«']|["”“»'.,;]+$/gu, '');

/** What a sentence asks a password to become; undefined when it says no new one. */
export function passwordChangeIn(text: string): PasswordChange | undefined {
  if (!new RegExp(PASSWORD, 'iu').test(text)) return undefined;
  const whole = WHOLE.exec(text)?.groups;
  const [old, next] = whole
    ? [whole.old, whole.next]
    : /^\s*(?:change|update|reset|ändere|cambia|modifie|altere|wijzig)/iu.test(text)
      ? [OLD, NEW].map((words) => words.exec(text)?.groups?.it)
      : [];
  return next === undefined
    ? undefined
    : { new: bare(next), ...(old === undefined ? {} : { old: bare(old) }) };
}

const CURRENT =
  /\b(?:current|old|existing|aktuell\w*|alte[sn]?|bisherig\w*|actuel\w*|ancien\w*|actual|antigua|attuale|vecchia|atual|huidig\w*|oude?)\b/iu;
const AGAIN =
  /\b(?:repeat|confirm\w*|again|re-?type|re-?enter|verify|wiederhol\w*|bestätig\w*|répét\w*|repet\w*|repit\w*|ripeti\w*|herhaal\w*)\b/iu;

/** The current password, the new one and its repetition, each into its field, and the form is sent: proven by what the page then says. */
export function changePassword(change: PasswordChange, context: RulesContext): Answers {
  let reason = '';
  const candidates = context.views.flatMap((view): Candidate[] => {
    const before = stepsTo(context, view);
    if (before === undefined) return [];
    return formsOf(view).flatMap((form): Candidate[] => {
      const { button } = form;
      const values = valuesFor(form, change);
      if (values === undefined || button === undefined || !allowed(context, button.name)) return [];
      if (values === 'unknown') {
        reason = 'It is not said what the password is now, and the page asks for it.';
        return [];
      }
      const sent = view.targetOf(button);
      return [
        candidate({
          kind: 'use',
          title: 'Change the password',
          ...asAsked(view),
          steps: [
            ...before,
            ...values.map(({ field, value }) =>
              fill(
                view.targetOf(field),
                value,
                `Enter the ${shorten(readable(field.name).toLowerCase() || 'password', 40)}`,
              ),
            ),
            click(sent, shorten(nameOf(button), 60), { kind: 'elementHidden', target: sent }, true),
          ],
          score: 95 - 3 * before.length,
          words: ['password'],
        }),
      ];
    });
  });
  return {
    candidates,
    reason: candidates.length > 0 ? '' : reason || 'No form was found that changes a password.',
  };
}

/** Each password field of a form with what goes in; undefined where it is not plain which is which. */
function valuesFor(
  { fields }: Form,
  change: PasswordChange,
): { field: Node; value: string }[] | 'unknown' | undefined {
  const passwords = fields.filter((field) => field.inputType === 'password');
  const kindOf = (field: Node): 'old' | 'again' | 'new' =>
    CURRENT.test(fieldHint(field)) ? 'old' : AGAIN.test(fieldHint(field)) ? 'again' : 'new';
  const kinds = passwords.map(kindOf);
  const isPlain =
    kinds.length >= 2 &&
    (['old', 'again', 'new'] as const).every((kind) => kinds.filter((one) => one === kind).length <= 1);
  if (!isPlain || !kinds.includes('new')) return undefined;
  const { old } = change;
  if (kinds.includes('old') && old === undefined) return 'unknown';
  return passwords.map((field) => ({ field, value: kindOf(field) === 'old' ? (old ?? '') : change.new }));
}
