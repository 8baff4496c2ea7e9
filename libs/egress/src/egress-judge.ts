import { lookup } from 'node:dns/promises';
import type { AllowPolicy, EgressDecision } from '@showrunner/sandbox';
import { closedAddressReason, ownAddresses } from './address-policy';
import { parseHostRule, ruleMatches, type Authority, type HostRule } from './host-rules';

export type Resolve = (host: string) => Promise<string[]>;

/** A bound on the record of decisions: a hostile install may ask a million times. */
const MAX_DECISIONS = 10_000;

const resolveByHost: Resolve = async (host) => {
  const answers = await lookup(host.replace(/^\[|\]$/g, ''), { all: true, verbatim: true });
  return answers.map(({ address }) => address);
};

/** Judges each wish to leave the sandbox: name against the list, then what the name resolves to. Keeps every decision. */
export class EgressJudge {
  readonly decisions: EgressDecision[] = [];
  private rules: HostRule[] = [];
  private privateRules: HostRule[] = [];

  /**
   * @param onDecision is told every decision, also those past the bound of `decisions`
   * @throws InvalidInputError `network_host_invalid`
   */
  constructor(
    policy: AllowPolicy,
    private readonly resolve: Resolve = resolveByHost,
    private readonly onDecision: (decision: EgressDecision) => void = () => undefined,
  ) {
    this.setPolicy(policy);
  }

  setPolicy(policy: AllowPolicy): void {
    const rules = policy.hosts.map(parseHostRule);
    const privateRules = (policy.privateHosts ?? []).map(parseHostRule);
    // Both or neither: a policy that is none changes nothing.
    this.rules = rules;
    this.privateRules = privateRules;
  }

  private isExcepted({ host, port }: Authority): boolean {
    return this.privateRules.some((rule) => ruleMatches(rule, host, port));
  }

  private isListed({ host, port }: Authority): boolean {
    return this.rules.some((rule) => ruleMatches(rule, host, port));
  }

  /** Whether a connection that was judged before, to this address, would pass today. */
  stillAllows(authority: Authority, address: string): boolean {
    if (this.isExcepted(authority)) return true;
    return this.isListed(authority) && closedAddressReason(address, ownAddresses()) === undefined;
  }

  /**
   * @returns the checked address to dial, so that a second answer of the name server cannot change it; undefined when denied
   */
  async judge({ host, port }: Authority): Promise<string | undefined> {
    let excepted = this.isExcepted({ host, port });
    if (!excepted && !this.isListed({ host, port })) return this.decide(host, port, false, 'not on the list');
    let addresses: string[];
    try {
      addresses = await this.resolve(host);
    } catch (error) {
      return this.decide(
        host,
        port,
        false,
        `name not resolved: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`,
      );
    }
    // The policy may have changed while the name server was asked.
    excepted = this.isExcepted({ host, port });
    if (!excepted && !this.isListed({ host, port })) return this.decide(host, port, false, 'not on the list');
    const own = ownAddresses();
    let reason = 'no address';
    for (const address of addresses) {
      const closed = excepted ? undefined : closedAddressReason(address, own);
      if (closed === undefined) {
        this.decide(host, port, true, excepted ? 'operator exception' : 'on the list');
        return address;
      }
      reason = `resolves to ${address}: ${closed}`;
    }
    return this.decide(host, port, false, reason);
  }

  /** A request that names no host one could judge. */
  refuse(what: string): void {
    this.decide(what.slice(0, 200), 0, false, 'malformed request');
  }

  private decide(host: string, port: number, allowed: boolean, reason: string): undefined {
    const decision = { at: new Date().toISOString(), host, port, allowed, reason };
    if (this.decisions.length < MAX_DECISIONS) this.decisions.push(decision);
    this.onDecision(decision);
    return undefined;
  }
}
