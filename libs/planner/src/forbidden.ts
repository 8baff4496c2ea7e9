import { DELETES, DESTROYS, DOWNLOADS, PAYS, SENDS, SIGNS_OUT } from '@showrunner/language';
import { wantedText } from './intent/read-intent';
import { stemsOf, stem } from './words';

/**
 * Words of controls that end, destroy, pay, send away or leave, by kind and in any language. They are left alone unless the intent uses one
 * of the kind's words, in any of these languages.
 */
const FORBIDDEN: Record<string, { patterns: { test(text: string): boolean }[]; words: string[] }> = {
  signOut: { patterns: [SIGNS_OUT], words: ['logout', 'signout', 'out', 'off'] },
  destroy: { patterns: [DESTROYS], words: ['delete', 'remove', 'clear', 'reset', 'erase', 'discard'] },
  pay: {
    patterns: [PAYS],
    words: ['pay', 'checkout', 'buy', 'purchase', 'order', 'subscribe', 'upgrade', 'donate'],
  },
  download: {
    patterns: [DOWNLOADS, /\.(zip|pdf|csv|tar|gz|exe|dmg|xlsx?|docx?|mp4)(\?|#|$)/i],
    words: ['download', 'export', 'print'],
  },
  send: { patterns: [SENDS], words: ['send', 'invite', 'contact', 'share'] },
};

/** Why a control of this name or address must not be used, or undefined. `intent` may permit a kind by naming it. */
export function forbiddenKind(name: string, intent: string): string | undefined {
  const wanted = wantedText(intent);
  const said = new Set(stemsOf(wanted));
  for (const [kind, { patterns, words }] of Object.entries(FORBIDDEN)) {
    const isMeant = patterns.some((one) => one.test(wanted)) || words.some((word) => said.has(stem(word)));
    if (!isMeant && patterns.some((one) => one.test(name))) return kind;
  }
  return undefined;
}

/** Whether this control deletes a thing, whatever the intent says. */
export const isDestructive = (name: string): boolean => DELETES.test(name);

/** Links out of the app: another origin, another protocol. */
export const leavesApp = (href: string | undefined): boolean =>
  href !== undefined && !href.startsWith('/') && !href.startsWith('#') && !href.startsWith('?');
