/** Texts that no small app has a reason to hold: places of the system, of other people's keys, of clouds' own networks. */
const PLACES =
  /\/etc\/(passwd|shadow|sudoers|hosts|ssh)|(^|["'`\s=:])\/(proc|sys|dev|root|boot|var\/run|run)\/|docker\.sock|\.ssh\/|id_(rsa|ed25519)|\.aws\/|169\.254\.|metadata\.google|\[?fd00:ec2|file:\/\/|(\.\.\/){3}/i;

/** Bytes that stand as letters: nobody can read what they are. Pictures within a page are no code. */
const PACKED = /^[A-Za-z0-9+/=_-]{2000,}$|^(\\x[0-9a-f]{2}|%[0-9a-f]{2}){500,}$/i;

/** What is wrong with a text that stands in a program, or undefined. */
export function wrongWithText(text: string): { rule: string; message: string } | undefined {
  if (PLACES.test(text))
    return {
      rule: 'system-place',
      message: 'It names a place of the system or of another machine; an app keeps to its own folder.',
    };
  if (!text.startsWith('data:') && PACKED.test(text.trim()))
    return {
      rule: 'packed-text',
      message: 'A long packed text hides what it is; write it out, or leave it out.',
    };
  return undefined;
}
