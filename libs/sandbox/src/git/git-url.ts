import { InvalidInputError } from '@showrunner/contracts';

export interface GitLocation {
  /** True when the operator's list of private hosts names it. */
  isPrivate: boolean;
  /** Normalised; https or http without credentials, or an SSH address without a password. */
  url: string;
  /** Whether it is fetched over SSH, with a key. */
  isSsh: boolean;
  /** `host` or `host:port` as network policies write it. */
  hostRule: string;
}

const HTTPS_REMEDY = 'Give the https:// address of the repository.';
const SSH_REMEDY =
  'Give the https:// address of the repository, or with this one a private key that may read it (source.sshKey, film --ssh-key-file).';
/** `ssh://user@host:port/path` and `user@host:path`, as `git clone` takes them. */
const SSH_URL = /^ssh:\/\/(?:([\w.-]+)@)?(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9.-]*)(?::(\d{1,5}))?(\/[^-].*)$/i;
const SSH_SCP = /^([\w.-]+)@(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9.-]*):(?!\/\/)([^-].*)$/i;
/** Blanks and control characters have no place in an address; they are how options and headers are smuggled in. */

const UNPRINTABLE = /[\x00-\x20\x7f]/;

/**
 * Checks the address of a repository before anything is done with it.
 * @param privateHosts `host` or `host:port` that the operator allows although they are not public
 * @param withSshKey whether there is a key for it, without which SSH addresses are refused
 * @throws InvalidInputError `source_url_invalid`, `source_scheme_not_allowed`, `source_credentials_in_url`, `source_host_not_allowed`
 */
export function parseGitUrl(
  text: string,
  privateHosts: readonly string[] = [],
  withSshKey = false,
): GitLocation {
  if (text === '' || UNPRINTABLE.test(text))
    throw invalidUrl(text, 'it is empty or contains blanks or control characters');
  if (text.startsWith('-')) throw invalidUrl(text, 'it begins with "-", like an option');
  if (withSshKey && isSshAddress(text)) return parseSshAddress(text, privateHosts);
  refuseOtherSchemes(text);
  let url: URL;
  try {
    url = new URL(text);
  } catch (error) {
    throw invalidUrl(text, 'it is not a URL', error);
  }
  if (url.username !== '' || url.password !== '') throw credentialsInUrl();
  if (url.hostname === '') throw invalidUrl(text, 'it names no host');
  url.hash = '';
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return { url: url.href, isSsh: false, ...reachable(url.hostname, port, privateHosts) };
}

/** Whether an address is one of SSH; nothing else of it is checked. */
export const isSshAddress = (text: string): boolean =>
  /^ssh:\/\//i.test(text) || (!text.includes('://') && /^[^/:]+@[^/]+:/.test(text));

function parseSshAddress(text: string, privateHosts: readonly string[]): GitLocation {
  if (/^(?:ssh:\/\/)?[^/@]*:[^/@]*@/i.test(text)) throw credentialsInUrl();
  const named = SSH_URL.exec(text);
  const parts = named ?? SSH_SCP.exec(text);
  if (parts === null) throw invalidUrl(text, 'it is not ssh://user@host/path or user@host:path');
  const user = parts[1] ?? 'git';
  if (user.startsWith('-')) throw invalidUrl(text, 'its user begins with "-", like an option');
  const port = named?.[3] ?? '22';
  if (Number(port) < 1 || Number(port) > 65535) throw invalidUrl(text, 'its port is none');
  const host = canonicalHost(parts[2] ?? '', text);
  const url =
    named === null
      ? `${user}@${host}:${parts[3] ?? ''}`
      : `ssh://${user}@${host}${port === '22' ? '' : `:${port}`}${parts[4] ?? ''}`;
  return { url, isSsh: true, ...reachable(host, port, privateHosts) };
}

/** As a browser reads it, so that no way to write a private address escapes what is asked of it. */
function canonicalHost(host: string, text: string): string {
  if (!URL.canParse(`http://${host}/`)) throw invalidUrl(text, 'its host is none');
  return new URL(`http://${host}/`).hostname;
}

function reachable(
  host: string,
  port: string,
  privateHosts: readonly string[],
): Pick<GitLocation, 'hostRule' | 'isPrivate'> {
  const withPort = `${host}:${port}`;
  const isPrivate = isListed(privateHosts, host, withPort);
  if (isPrivateHost(host) && !isPrivate) {
    throw new InvalidInputError(
      'source_host_not_allowed',
      `Repositories cannot be fetched from "${withPort}": it is not a public host.`,
      {
        remedy: `Use a public host, or have the operator set SOURCE_ALLOWED_HOSTS=${withPort} where the services and workers start.`,
      },
    );
  }
  return { hostRule: withPort, isPrivate };
}

const credentialsInUrl = (): InvalidInputError =>
  new InvalidInputError(
    'source_credentials_in_url',
    'The address of the repository contains a user name or password.',
    { remedy: 'Leave them out of the address: they would be stored with the project.' },
  );

/** @throws InvalidInputError `source_branch_invalid` for what `git check-ref-format` would refuse, and for options */
export function checkBranch(branch: string): string {
  const wrong =
    branch === '' ||
    branch.length > 255 ||
    /^[-/.]|[/.]$|\.\.|\/\/|@\{|\.lock(\/|$)|[\\ ~^:?*[]/.test(branch) ||
    UNPRINTABLE.test(branch);
  if (!wrong) return branch;
  throw new InvalidInputError(
    'source_branch_invalid',
    `"${branch.slice(0, 80)}" cannot be the name of a branch or tag.`,
    {
      remedy: 'Give the name as the repository shows it, for example main.',
    },
  );
}

/** Names and literal addresses that are never public; what a public name resolves to is judged when it is dialled. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^\[|\]$/g, '');
  if (host === 'localhost' || /\.(localhost|local|internal|intranet|lan|home|corp)$/.test(host)) return true;
  const ipv4 = /^(?:::ffff:)?(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  if (ipv4 !== null) return isPrivateIpv4(Number(ipv4[1]), Number(ipv4[2]));
  // Any IPv6 literal outside of the global unicast block.
  if (host.includes(':')) return !/^[23][0-9a-f]{3}:/.test(host);
  return !host.includes('.');
}

function isListed(privateHosts: readonly string[], host: string, withPort: string): boolean {
  return privateHosts.some((one) => [host, withPort].includes(one.toLowerCase()));
}

function isPrivateIpv4(first: number, second: number): boolean {
  if ([0, 10, 127].includes(first) || first >= 224) return true;
  if (first === 169 && second === 254) return true;
  if (first === 172 && second >= 16 && second <= 31) return true;
  if (first === 192 && second === 168) return true;
  return first === 100 && second >= 64 && second <= 127;
}

function refuseOtherSchemes(text: string): void {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*)(::|:\/\/|:)/.exec(text);
  const name = scheme?.[1]?.toLowerCase() ?? '';
  if (scheme?.[2] === '://' && (name === 'https' || name === 'http')) return;
  const message =
    scheme?.[2] === '::'
      ? `The transport "${name}::" runs programs and is never used.`
      : isSshAddress(text)
        ? 'Repositories are fetched over SSH with a key alone.'
        : name === 'git'
          ? 'git:// repositories cannot be fetched: nothing proves who answers.'
          : name === 'file' || text.startsWith('/') || text.startsWith('.')
            ? 'A local path is not an address that the sandbox could fetch from.'
            : 'Repositories are fetched by https or SSH.';
  const local = name === 'file' || text.startsWith('/') || text.startsWith('.');
  throw new InvalidInputError('source_scheme_not_allowed', message, {
    remedy: local
      ? 'Give the folder itself to the command line, which packs it, or upload an archive.'
      : isSshAddress(text)
        ? SSH_REMEDY
        : HTTPS_REMEDY,
  });
}

const invalidUrl = (text: string, why: string, cause?: unknown): InvalidInputError =>
  new InvalidInputError(
    'source_url_invalid',
    `"${text.slice(0, 120)}" is not the address of a repository: ${why}.`,
    {
      remedy: HTTPS_REMEDY,
      cause,
    },
  );
