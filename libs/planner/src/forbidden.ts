import { stemsOf, stem } from './words';

/**
 * Words of controls that end, destroy, pay, send away or leave, by kind. They are left alone unless the intent uses one of the kind's words.
 */
const FORBIDDEN: Record<string, { pattern: RegExp; words: string[] }> = {
  signOut: {
    pattern: /\b(log|sign)\s?-?(out|off)\b|\blogout\b/i,
    words: ['logout', 'signout', 'out', 'off'],
  },
  destroy: {
    pattern:
      /\b(delete|remove|destroy|erase|wipe|purge|reset|clear|discard|drop|deactivate|revoke|uninstall|close account|unsubscribe|ban|block)\b/i,
    words: ['delete', 'remove', 'clear', 'reset', 'erase', 'discard'],
  },
  pay: {
    pattern:
      /\b(pay|payment|checkout|check out|buy|purchase|order now|place order|subscribe|upgrade|billing|donate)\b/i,
    words: ['pay', 'checkout', 'buy', 'purchase', 'order', 'subscribe', 'upgrade', 'donate'],
  },
  download: {
    pattern: /\b(download|export|print|install)\b|\.(zip|pdf|csv|tar|gz|exe|dmg|xlsx?|docx?|mp4)(\?|#|$)/i,
    words: ['download', 'export', 'print'],
  },
  send: {
    pattern: /\b(invite|send (e-?mail|message|invitation|invite)|contact us|newsletter|share|tweet)\b/i,
    words: ['send', 'invite', 'contact', 'share'],
  },
};

/** Why a control of this name or address must not be used, or undefined. `intent` may permit a kind by naming it. */
export function forbiddenKind(name: string, intent: string): string | undefined {
  const said = new Set(stemsOf(intent));
  for (const [kind, { pattern, words }] of Object.entries(FORBIDDEN)) {
    if (pattern.test(name) && !words.some((word) => said.has(stem(word)))) return kind;
  }
  return undefined;
}

/** Whether this control deletes a thing, whatever the intent says. */
export const isDestructive = (name: string): boolean =>
  /\b(delete|remove|destroy|erase|discard)\b/i.test(name);

/** Links out of the app: another origin, another protocol. */
export const leavesApp = (href: string | undefined): boolean =>
  href !== undefined && !href.startsWith('/') && !href.startsWith('#') && !href.startsWith('?');
