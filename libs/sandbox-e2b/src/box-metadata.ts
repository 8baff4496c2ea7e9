import {
  NetworkPolicySchema,
  SandboxLimitsSchema,
  type NetworkPolicy,
  type SandboxLimits,
} from '@showrunner/contracts';

/**
 * What we write into E2B's metadata of a box: that it is ours, and what was asked for. E2B cannot change metadata later, so only what never
 * changes stands there.
 */
export interface BoxFacts {
  id: string;
  installation: string;
  createdAt: string;
  limits: SandboxLimits;
  /** The policy it was created with. */
  network: NetworkPolicy;
  labels: Record<string, string>;
}

const PREFIX = 'showrunner.';
const LABEL = 'showrunner-label.';

export function encodeFacts(facts: BoxFacts): Record<string, string> {
  return {
    ...identityFilter(facts.installation, facts.id),
    [`${PREFIX}created`]: facts.createdAt,
    [`${PREFIX}limits`]: JSON.stringify(facts.limits),
    [`${PREFIX}network`]: JSON.stringify(facts.network),
    ...Object.fromEntries(Object.entries(facts.labels).map(([name, value]) => [`${LABEL}${name}`, value])),
  };
}

/** Metadata by which the server is asked for our boxes: all, or those of one sandbox. */
export function identityFilter(installation: string, id?: string): Record<string, string> {
  const all = { [`${PREFIX}installation`]: installation };
  return id === undefined ? all : { ...all, [`${PREFIX}id`]: id };
}

/** @returns undefined for a box that is not ours, or whose metadata somebody else wrote */
export function decodeFacts(metadata: Record<string, string> | undefined): BoxFacts | undefined {
  const read = (name: string) => metadata?.[`${PREFIX}${name}`];
  const [id, installation, createdAt] = [read('id'), read('installation'), read('created')];
  const limits = SandboxLimitsSchema.safeParse(parsed(read('limits')));
  const network = NetworkPolicySchema.safeParse(parsed(read('network')));
  if (id === undefined || installation === undefined || createdAt === undefined) return undefined;
  if (Number.isNaN(Date.parse(createdAt)) || !limits.success || !network.success) return undefined;
  const labels = Object.entries(metadata ?? {})
    .filter(([name]) => name.startsWith(LABEL))
    .map(([name, value]) => [name.slice(LABEL.length), value]);
  return {
    id,
    installation,
    createdAt,
    limits: limits.data,
    network: network.data,
    labels: Object.fromEntries(labels) as Record<string, string>,
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined; // not ours
  }
}
