import type { Sandbox as Box } from '@daytonaio/sdk';
import { AppError, type NetworkPolicy } from '@showrunner/contracts';
import { LABEL } from './box-labels';
import type { DaytonaConnection } from './daytona-connection';
import { asAppError, capabilityMissing, refusalOf, sandboxLost } from './daytona-errors';
import { networkLabel, networkSettings, policyOfLabel, unionOf } from './network-rules';

const CLOSE_TRIES = 3;

/**
 * The network policy of one box, changed live. Phases of this handle that are open at once add up. The policy outside phases is a label of the
 * box, so whoever adopts it can close what a caller that died in a phase left open.
 */
export class NetworkPhases {
  private readonly open = new Map<symbol, NetworkPolicy>();
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly id: string,
    private readonly box: Box,
    private readonly connection: DaytonaConnection,
  ) {}

  async during<T>(policy: NetworkPolicy, fn: () => Promise<T>): Promise<T> {
    networkSettings(policy); // refuses before anything changes
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

  /** @throws AppError `sandbox_capability_missing` */
  set(policy: NetworkPolicy): Promise<void> {
    networkSettings(policy);
    return this.inTurn(async () => {
      const labels = { ...this.box.labels, [LABEL.network]: networkLabel(policy) };
      // Whoever adopts the box between the two finds the new policy in the label, and sets it.
      await this.connection.call('change labels', () =>
        this.box.setLabels(labels).catch((error: unknown) => {
          throw refusalOf(error).status === 404 ? sandboxLost(this.id) : error;
        }),
      );
      await this.apply();
    });
  }

  /** Back to the policy outside phases, unless that holds. */
  restore(): Promise<void> {
    return this.inTurn(async () => {
      const wanted = networkSettings(this.outside());
      const { networkBlockAll, domainAllowList } = this.box;
      const holds =
        (networkBlockAll ?? false) === wanted.networkBlockAll &&
        (domainAllowList ?? '') === wanted.domainAllowList;
      if (!holds) await this.apply();
    });
  }

  private outside(): NetworkPolicy {
    return policyOfLabel(this.box.labels?.[LABEL.network]);
  }

  private async close(phase: symbol): Promise<void> {
    this.open.delete(phase);
    for (let attempt = 1; ; attempt++)
      try {
        return await this.apply();
      } catch (error) {
        // The caller must not go on with an open network, so the last failure is its failure; a box that is gone has none.
        if (error instanceof AppError && error.code === 'sandbox_lost') return;
        if (attempt === CLOSE_TRIES || !(error instanceof AppError && error.retryable)) throw error;
      }
  }

  private async apply(): Promise<void> {
    const phases = [...this.open.values()];
    const settings = networkSettings(phases.length > 0 ? unionOf(phases) : this.outside());
    await this.connection.call('change the network', async () => {
      try {
        await this.box.updateNetworkSettings(settings);
      } catch (error) {
        throw refusalOf(error).status === 404 ? sandboxLost(this.id) : networkRefused(error);
      }
    });
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(change);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

/** Lower tiers of Daytona may not choose their network: told, and never worked around. */
export function networkRefused(error: unknown): unknown {
  const { status, message } = refusalOf(error);
  if (status !== 400 && !(status === 403 && /network|domain|tier/i.test(message))) return error;
  const told = asAppError('change the network', error);
  if (told.code === 'sandbox_not_running' || told.code === 'sandbox_quota') return told;
  return capabilityMissing(
    `enforce this network policy: ${message}`,
    'Raise the tier of the organization of SANDBOX_API_KEY, or choose another SANDBOX_PROVIDER.',
    error,
  );
}
