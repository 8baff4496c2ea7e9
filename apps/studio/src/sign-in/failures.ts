/** Why a sign-in by an issuer came to nothing, in words: its page leads back here with a code alone. */
const SENTENCES: Record<string, string> = {
  identity_taken: 'This sign-in belongs to another account.',
  invitation_invalid: 'The invitation is used, withdrawn or past its end. Ask for another one.',
  invitation_needed: 'Who makes an account here has to be invited. Ask an owner for an invitation.',
  invitation_of_another: 'The invitation is for another mail address.',
  mail_taken:
    'There is an account with this mail address. Sign in with its password, then add this way in your account.',
  no_membership: 'This account belongs to no team any more. Ask an owner for an invitation.',
  oidc_refused: 'The sign-in was refused there.',
  oidc_state_mismatch:
    'This sign-in was not begun in this browser, or its cookies are off. Begin again, with cookies allowed.',
  oidc_unreachable: 'The place where you sign in does not answer. Try again in a moment.',
  sign_up_off: 'Nobody can make an account here.',
};

export const sentenceOf = (code: string): string =>
  SENTENCES[code] ?? 'That sign-in could not be trusted. Try again, or sign in another way.';
