import { InvalidInputError } from '@showrunner/contracts';

const DEFAULT_PORTS: readonly number[] = [80, 443];
const HOST =
  /^(?:\*|(?:\*\.)?[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*|\[[0-9a-f:.]+\])$/;

export interface HostRule {
  host: string;
  /** undefined: the ports of HTTP and HTTPS. */
  port?: number;
}

/** `host`, `*.host` (its sub-domains, not itself), `*` (every host), each with `:port` or for ports 80 and 443. */
export function parseHostRule(text: string): HostRule {
  const match = /^(.*?)(?::(\d{1,5}))?$/.exec(text.trim().toLowerCase());
  const host = (match?.[1] ?? '').replace(/\.$/, '');
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  if (!HOST.test(host) || (port !== undefined && (port < 1 || port > 65535)))
    throw new InvalidInputError(
      'network_host_invalid',
      `"${text.slice(0, 100)}" is not a host of a network policy.`,
      {
        remedy: 'Write "host", "*.host" or "host:port".',
      },
    );
  return { host, port };
}

export function ruleMatches(rule: HostRule, host: string, port: number): boolean {
  if (rule.port === undefined ? !DEFAULT_PORTS.includes(port) : rule.port !== port) return false;
  if (rule.host === '*') return true;
  if (rule.host.startsWith('*.'))
    return host.endsWith(rule.host.slice(1)) && host.length > rule.host.length - 1;
  return host === rule.host;
}

export interface Authority {
  host: string;
  port: number;
}

/**
 * Strict reading of `host:port` as a client of the proxy sends it: no user part, no path, no blanks, ASCII only.
 * @returns undefined when it is anything else
 */
export function parseAuthority(text: string, defaultPort?: number): Authority | undefined {
  const match = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9_.-]{1,253})(?::(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const host = (match[1] ?? '').toLowerCase().replace(/\.$/, '');
  const port = match[2] === undefined ? defaultPort : Number(match[2]);
  if (host === '' || port === undefined || port < 1 || port > 65535) return undefined;
  return { host, port };
}
