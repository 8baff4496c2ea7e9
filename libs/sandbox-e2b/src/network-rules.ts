import { InvalidInputError, type NetworkPolicy } from '@showrunner/contracts';

/** E2B's egress rules. Names in `allowOut` are matched by Host on port 80 and by SNI on port 443; `allowOut` wins over `denyOut`. */
export interface EgressRules {
  allowOut?: string[];
  denyOut?: string[];
}

const EVERYTHING = '0.0.0.0/0';
/**
 * E2B keeps nothing of ours beside the rules, so two addresses of the documentation block (RFC 5737), which lead nowhere, tell what kind of
 * rules are in force: those of a phase, and those that replaced the policy of the creation.
 */
const MARK_PHASE = '192.0.2.1/32';
const MARK_CHANGED = '192.0.2.2/32';

const HOST_NAME = /^(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i;
const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/;

/** @throws InvalidInputError `sandbox_capability_missing` for what E2B would let through wider than asked, or not at all */
export function egressRules(policy: NetworkPolicy): EgressRules {
  if (policy.mode === 'none') return { denyOut: [EVERYTHING] };
  if (policy.privateHosts !== undefined && policy.privateHosts.length > 0)
    throw cannot('reach private addresses of this installation', 'Leave out the private hosts.');
  if (policy.hosts.includes('*')) return {};
  for (const host of policy.hosts)
    if (!HOST_NAME.test(host) || IPV4.test(host))
      throw cannot(
        `allow "${host.slice(0, 100)}": it filters host names, and those on ports 80 and 443 together`,
        'Name the host alone, such as "registry.npmjs.org" or "*.example.org".',
      );
  return policy.hosts.length === 0
    ? { denyOut: [EVERYTHING] }
    : { allowOut: policy.hosts, denyOut: [EVERYTHING] };
}

export interface RuleMarks {
  /** These rules hold for a phase only. */
  phase: boolean;
  /** The policy outside phases is not that of the creation any more. */
  changed: boolean;
}

export function withMarks(rules: EgressRules, marks: RuleMarks): EgressRules {
  const added = [...(marks.phase ? [MARK_PHASE] : []), ...(marks.changed ? [MARK_CHANGED] : [])];
  return added.length === 0 ? rules : { ...rules, denyOut: [...(rules.denyOut ?? []), ...added] };
}

export function marksOf(rules: EgressRules | undefined): RuleMarks {
  const denied = rules?.denyOut ?? [];
  return { phase: denied.includes(MARK_PHASE), changed: denied.includes(MARK_CHANGED) };
}

/**
 * The rules to return to when a phase ends, seen by a caller that set none itself. What cannot be known is closed.
 * @param inForce rules as the server tells them before the phase
 * @param created policy of the creation
 */
export function rulesOutsidePhases(inForce: EgressRules | undefined, created: NetworkPolicy): EgressRules {
  const marks = marksOf(inForce);
  if (!marks.phase) return marks.changed ? { ...inForce } : egressRules(created);
  // A phase whose caller died, or that runs beside this one, hides what stood before it.
  return marks.changed
    ? withMarks(egressRules({ mode: 'none' }), { phase: false, changed: true })
    : egressRules(created);
}

function cannot(what: string, remedy: string): InvalidInputError {
  return new InvalidInputError('sandbox_capability_missing', `E2B cannot ${what}.`, { remedy });
}
