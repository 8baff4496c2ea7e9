import { AppError, type NetworkPolicy } from '@showrunner/contracts';

const CLOSE_TRIES = 3;

/**
 * The phases of one handle on a sandbox whose provider is told, at every change, all that holds. Phases that are open at once add up; changes are
 * made one after the other.
 */
export abstract class OpenPhases {
  private readonly open = new Map<symbol, NetworkPolicy>();
  private turn: Promise<unknown> = Promise.resolve();

  /** Refuses, before anything changes, what the provider would not enforce as asked. */
  protected abstract check(policy: NetworkPolicy): void;

  /** @param phases what the open phases together allow; undefined while none is: the policy outside phases holds */
  protected abstract enforce(phases: NetworkPolicy | undefined): Promise<void>;

  async during<T>(policy: NetworkPolicy, fn: () => Promise<T>): Promise<T> {
    this.check(policy);
    const phase = Symbol('phase');
    await this.inTurn(async () => {
      this.open.set(phase, policy);
      await this.apply().catch((error: unknown) => {
        this.open.delete(phase);
        throw error;
      });
    });
    try {
      return await fn();
    } finally {
      await this.inTurn(() => this.close(phase));
    }
  }

  protected apply(): Promise<void> {
    return this.enforce(this.open.size === 0 ? undefined : unionOf([...this.open.values()]));
  }

  protected inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(change);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async close(phase: symbol): Promise<void> {
    this.open.delete(phase);
    for (let attempt = 1; ; attempt++)
      try {
        return await this.apply();
      } catch (error) {
        // The caller must not go on with an open network, so the last failure is its failure; a sandbox that is gone has none.
        if (error instanceof AppError && error.code === 'sandbox_lost') return;
        if (attempt === CLOSE_TRIES || !(error instanceof AppError && error.retryable)) throw error;
      }
  }
}

/** The policy of several phases at once is what any of them allows. */
export function unionOf(policies: readonly NetworkPolicy[]): NetworkPolicy {
  const hosts = policies.flatMap((policy) => (policy.mode === 'allow' ? policy.hosts : []));
  return hosts.length === 0 ? { mode: 'none' } : { mode: 'allow', hosts: [...new Set(hosts)] };
}
