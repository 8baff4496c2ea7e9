import type { CatalogueEntry } from './entry';

/** People: how they come in, what they are to tenants, how they leave. */
export const ACCOUNT_ERRORS = {
  guests_off: {
    message: 'This installation takes no guests.',
    remedy: 'Sign in, or ask its operator to set AUTH_GUESTS=on.',
    status: 403,
  },
  identity_taken: {
    message: 'This sign-in belongs to another account.',
    remedy: 'Sign in by it, or use another one.',
    status: 409,
  },
  invitation_invalid: {
    message: 'This invitation is unknown, used, withdrawn or past its end.',
    remedy: 'Ask who sent it for another one.',
    status: 404,
  },
  invitation_needed: {
    message: 'Who makes an account here has to be invited.',
    remedy: 'Ask an owner for an invitation; the studio makes one under "People".',
    status: 403,
  },
  invitation_of_another: {
    message: 'This invitation is for another mail address.',
    remedy: 'Sign in with the address that was invited, or ask for another invitation.',
    status: 403,
  },
  last_owner: {
    message: 'Nobody else owns "<tenant>", and others work in it.',
    remedy: 'Make somebody else its owner first: PATCH /api/members/{userId}.',
    status: 409,
  },
  mail_taken: {
    message: 'There is an account with this mail address.',
    remedy: 'Sign in to it; in the account further ways of signing in can be added.',
    status: 409,
  },
  no_membership: {
    message: 'This account belongs to no tenant any more.',
    remedy: 'Ask an owner for an invitation.',
    status: 403,
  },
  oidc_failed: {
    message: 'What the issuer says of this sign-in cannot be trusted.',
    remedy:
      'Try again; if it stays so, its operator compares OIDC_ISSUER and OIDC_CLIENT_ID with the issuer’s.',
    status: 502,
  },
  oidc_off: {
    message: 'No OpenID Connect issuer is set up here.',
    remedy: 'Sign in with mail and password, or set OIDC_ISSUER and OIDC_CLIENT_ID.',
    status: 403,
  },
  oidc_refused: {
    message: 'The issuer did not let you in.',
    remedy: 'Try again, or sign in with mail and password.',
    status: 403,
  },
  oidc_state_mismatch: {
    message: 'This answer of the issuer belongs to no sign-in that this browser began.',
    remedy: 'Begin again in this browser, with cookies allowed.',
    status: 400,
  },
  oidc_unreachable: {
    message: 'The OpenID Connect issuer does not answer.',
    remedy: 'Try again in a moment; check OIDC_ISSUER.',
    status: 503,
    retryable: true,
  },
  person_needed: {
    message: 'This is for people who signed in: an API key is nobody.',
    remedy: 'Sign in with mail and password, or by OpenID Connect.',
    status: 403,
  },
  session_expired: {
    message: 'The sign-in of this browser has to be refreshed.',
    remedy: 'POST /api/auth/refresh, then ask again.',
    status: 401,
  },
  session_missing: {
    message: 'This browser sent no cookie of a sign-in.',
    remedy: 'Allow cookies for this address, then sign in; private windows and some extensions keep none.',
    status: 401,
  },
  session_reused: {
    message:
      'The cookie of this sign-in was used before: it may have been stolen, so all that came of it has ended.',
    remedy: 'Sign in again; if it was not you in another window, change the password.',
    status: 401,
  },
  sign_in_busy: {
    message: 'Too many people sign in at this moment.',
    remedy: 'Try again in a moment.',
    status: 503,
    retryable: true,
  },
  sign_in_failed: {
    message: 'The mail address or the password is wrong.',
    remedy: 'Try again; who has forgotten the password asks the operator.',
    status: [401, 403],
  },
  sign_in_locked: {
    message: 'Too many sign-ins failed for this address.',
    remedy: 'Wait <seconds> s.',
    status: 429,
  },
  sign_up_off: {
    message: 'Nobody can make an account here.',
    remedy: 'Use an API key, or ask the operator to set AUTH_SIGN_UP.',
    status: 403,
  },
} as const satisfies Record<string, CatalogueEntry>;
