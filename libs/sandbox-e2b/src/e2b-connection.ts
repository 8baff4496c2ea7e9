import { InvalidInputError } from '@showrunner/contracts';
import { DEFAULT_TTL, type TtlRules } from './ttl';

/** The wire of the control API: `v1` up to SDK 2.50 (`POST /sandboxes`), `v2` from 2.51 (`POST /v2/sandboxes`). */
export type E2bWire = 'v1' | 'v2' | 'auto';

export interface E2bProviderOptions {
  /** SANDBOX_API_KEY. */
  apiKey: string;
  /** SANDBOX_SERVER_URL: the control API; default the cloud's. `https://api.<domain>` means previews and files below `<domain>`. */
  serverUrl?: string;
  /** Where all sandboxes are reached, each named in headers; default by the server's host rule. */
  sandboxUrl?: string;
  /** Domain of the previews, where the server does not tell it. */
  domain?: string;
  /** SANDBOX_TARGET: name or id of the template; default `base`. */
  template?: string;
  /** Which of the account's sandboxes are ours; other installations with the same key are left alone. */
  installation: string;
  wire?: E2bWire;
  ttl?: Partial<TtlRules>;
  /** Account inside the sandbox that runs commands. */
  user?: string;
  /** Bound of one request to the control API. */
  requestTimeoutMs?: number;
  /** How long stopping and starting may take. */
  transitionTimeoutMs?: number;
  /** A running command is heard of at least this often (whole seconds); three silent beats end the wait. */
  heartbeatSeconds?: number;
}

/** Everything that the SDK would otherwise take from E2B_* variables of this process. */
export interface E2bConnection {
  apiKey: string;
  apiUrl: string;
  /** undefined: by the host rule. */
  sandboxUrl?: string;
  domain: string;
  /** Of previews by the host rule. */
  scheme: 'http' | 'https';
  template: string;
  installation: string;
  wire: E2bWire;
  ttl: TtlRules;
  user: string;
  requestTimeoutMs: number;
  transitionTimeoutMs: number;
  heartbeatSeconds: number;
}

const CLOUD = 'https://api.e2b.app';

/** @throws InvalidInputError `sandbox_settings_invalid` */
export function readConnection(options: E2bProviderOptions): E2bConnection {
  const api = requireUrl(options.serverUrl ?? CLOUD);
  if (options.apiKey === '')
    throw new InvalidInputError('sandbox_settings_invalid', 'E2B needs an API key.', {
      remedy: 'Set SANDBOX_API_KEY to the key of your E2B account.',
    });
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(options.installation))
    throw new InvalidInputError('sandbox_settings_invalid', 'The name of the installation is not usable.');
  const byRule = api.hostname.startsWith('api.');
  return {
    apiKey: options.apiKey,
    apiUrl: api.href.replace(/\/$/, ''),
    sandboxUrl: options.sandboxUrl ?? (byRule ? undefined : api.origin),
    domain: options.domain ?? (byRule ? api.host.slice('api.'.length) : api.host),
    scheme: api.protocol === 'http:' ? 'http' : 'https',
    template: options.template ?? 'base',
    installation: options.installation,
    wire: options.wire ?? 'auto',
    ttl: { ...DEFAULT_TTL, ...options.ttl },
    user: options.user ?? 'user',
    requestTimeoutMs: options.requestTimeoutMs ?? 60_000,
    transitionTimeoutMs: options.transitionTimeoutMs ?? 120_000,
    heartbeatSeconds: options.heartbeatSeconds ?? 5,
  };
}

function requireUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol))
    throw new InvalidInputError(
      'sandbox_settings_invalid',
      `"${text.slice(0, 200)}" is not an address of E2B.`,
      {
        remedy: 'Set SANDBOX_SERVER_URL to an http(s) address, or leave it out for the cloud.',
      },
    );
  return url;
}
