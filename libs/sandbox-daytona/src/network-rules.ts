import type { NetworkPolicy } from '@showrunner/contracts';
import { capabilityMissing } from './daytona-errors';

/** Body of `POST /sandbox/{id}/network-settings`; an empty domain list takes the list away. */
export interface NetworkSettings {
  networkBlockAll: boolean;
  domainAllowList: string;
}

export const MAX_HOSTS = 10;
const HOST = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/i;
const EVERYTHING = '*';

/** @throws AppError `sandbox_capability_missing` for what Daytona would not enforce as asked */
export function networkSettings(policy: NetworkPolicy): NetworkSettings {
  if (policy.mode === 'none') return { networkBlockAll: true, domainAllowList: '' };
  if (policy.privateHosts !== undefined && policy.privateHosts.length > 0)
    throw capabilityMissing('reach private addresses of this installation', 'Leave out the private hosts.');
  const hosts = [...new Set(policy.hosts.map((host) => host.toLowerCase()))];
  if (hosts.length === 0) return { networkBlockAll: true, domainAllowList: '' };
  if (hosts.includes(EVERYTHING)) return { networkBlockAll: false, domainAllowList: '' };
  const odd = hosts.find((host) => !HOST.test(host));
  if (odd !== undefined)
    throw capabilityMissing(
      `allow "${odd.slice(0, 100)}": it filters by domain names alone, not by ports or addresses`,
      'Name the domain alone, such as "registry.npmjs.org" or "*.example.org".',
    );
  if (hosts.length > MAX_HOSTS)
    throw capabilityMissing(
      `allow ${hosts.length} hosts: its list has at most ${MAX_HOSTS}`,
      'Name fewer hosts, or one wildcard such as "*.example.org" for several.',
    );
  return { networkBlockAll: false, domainAllowList: hosts.join(',') };
}

/** A policy as the value of a label; a box whose label says nothing has no network. */
export function networkLabel(policy: NetworkPolicy): string {
  return policy.mode === 'none' ? '' : policy.hosts.join(',');
}

export function policyOfLabel(label: string | undefined): NetworkPolicy {
  return label === undefined || label === '' ? { mode: 'none' } : { mode: 'allow', hosts: label.split(',') };
}
