import { lookup } from 'node:dns/promises';
import type { EgressDecision, NetworkPolicy } from '../sandbox.types';
import { closedAddressReason, ownAddresses } from './address-policy';
import { parseHostRule, ruleMatches, type Authority } from './host-rules';

type AllowPolicy = Extract<NetworkPolicy, { mode: 'allow' }>;
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
  private readonly rules;
  private readonly privateRules;

  constructor(
    policy: AllowPolicy,
    private readonly resolve: Resolve = resolveByHost,
  ) {
    this.rules = policy.hosts.map(parseHostRule);
    this.privateRules = (policy.privateHosts ?? []).map(parseHostRule);
  }

  /**
   * @returns the checked address to dial, so that a second answer of the name server cannot change it; undefined when denied
   */
  async judge({ host, port }: Authority): Promise<string | undefined> {
    const excepted = this.privateRules.some((rule) => ruleMatches(rule, host, port));
    if (!excepted && !this.rules.some((rule) => ruleMatches(rule, host, port)))
      return this.decide(host, port, false, 'not on the list');
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
    if (this.decisions.length < MAX_DECISIONS)
      this.decisions.push({ at: new Date().toISOString(), host, port, allowed, reason });
    return undefined;
  }
}
