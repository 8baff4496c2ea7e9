import {
  allowInsecureRequests,
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { Configuration } from 'openid-client';
import { AppError } from '@showrunner/contracts';
import { CLOCK_SKEW_S } from '../auth/access-tokens';

export const CALLBACK_PATH = '/api/auth/oidc/callback';
const TIMEOUT_S = 10;
const MAX_TEXT = 254;

export interface OpenIdConnectOptions {
  issuer: string;
  clientId: string;
  /** Without one: a public client, by PKCE alone. */
  clientSecret?: string;
  /** Where browsers reach the gateway. */
  publicUrl: string;
}
/** What a browser keeps while it is away, so that nobody else's answer is taken for its own. */
export interface Flow {
  state: string;
  nonce: string;
  verifier: string;
}
/** Whom the issuer vouches for. */
export interface Vouched {
  issuer: string;
  subject: string;
  /** In small letters, and only if the issuer has verified it; null otherwise. */
  mail: string | null;
  name: string;
}

/** OpenID Connect by authorization code and PKCE (RFC 7636), with one issuer; ID tokens count with their signature alone. */
export class OpenIdConnect {
  private known: Promise<Configuration> | undefined;

  constructor(private readonly options: OpenIdConnectOptions) {}

  /** @returns where the browser goes, and what it keeps @throws {AppError} `oidc_unreachable` (503), `oidc_failed` (502) */
  async begin(): Promise<{ url: string; flow: Flow }> {
    const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
    const url = buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.redirectUri,
      scope: 'openid email profile',
      code_challenge: await calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
      ...{ state: flow.state, nonce: flow.nonce },
    });
    return { url: url.href, flow };
  }

  /**
   * @param query of the address that the issuer sent the browser back to
   * @throws {AppError} `oidc_state_mismatch` (400), `oidc_refused` (403), `oidc_failed` (502), `oidc_unreachable` (503)
   */
  async finish(query: string, { state, nonce, verifier }: Flow): Promise<Vouched> {
    if (new URLSearchParams(query).get('state') !== state) throw stateMismatch();
    const configuration = await this.configuration();
    const back = new URL(`${this.redirectUri}?${query}`);
    try {
      const tokens = await authorizationCodeGrant(configuration, back, {
        ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
      });
      const claims = tokens.claims();
      if (claims === undefined) throw untrusted();
      const { email, email_verified: isVerified, name } = claims as Record<string, unknown>;
      return {
        ...{ issuer: claims.iss, subject: claims.sub },
        mail:
          isVerified === true && typeof email === 'string' && email.length <= MAX_TEXT
            ? email.toLowerCase()
            : null,
        name: typeof name === 'string' ? name.slice(0, 100) : '',
      };
    } catch (error) {
      throw problemOf(error);
    }
  }

  private get redirectUri(): string {
    return this.options.publicUrl.replace(/\/$/, '') + CALLBACK_PATH;
  }

  /** As the issuer describes itself; asked once, and again after it did not answer. */
  private configuration(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.options;
    const url = new URL(issuer);
    const isInsecure = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    this.known ??= discovery(
      url,
      clientId,
      {
        ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
        [clockTolerance]: CLOCK_SKEW_S,
      },
      clientSecret === undefined ? None() : undefined,
      {
        timeout: TIMEOUT_S,
        execute: [enableNonRepudiationChecks, ...(isInsecure ? [allowInsecureRequests] : [])],
      },
    ).catch((error: unknown) => {
      this.known = undefined;
      throw problemOf(error);
    });
    return this.known;
  }
}

export const stateMismatch = (): AppError =>
  new AppError(
    'oidc_state_mismatch',
    'This answer of the issuer belongs to no sign-in that this browser began.',
  );
const untrusted = (cause?: unknown): AppError =>
  new AppError('oidc_failed', 'What the issuer says of this sign-in cannot be trusted.', { cause });

/** Node's fetch tells by this alone that nothing came (undici); what came and is wrong has a code of the library, which may wrap it. */
const nothingCame = (error: unknown): boolean =>
  (error as { name?: unknown } | undefined)?.name === 'TypeError' &&
  (error as { message?: unknown }).message === 'fetch failed';

function problemOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof AuthorizationResponseError)
    return new AppError('oidc_refused', 'The issuer did not let you in.', { cause: error });
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  const isAway = code === 'OAUTH_TIMEOUT' || nothingCame(error) || nothingCame(cause);
  return isAway
    ? new AppError('oidc_unreachable', 'The OpenID Connect issuer does not answer.', {
        retryable: true,
        cause: error,
      })
    : untrusted(error);
}
