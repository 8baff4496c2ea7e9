import type { Sandbox as Box } from '@daytonaio/sdk';
import type { NetworkPolicy } from '@showrunner/contracts';
import { OpenPhases } from '@showrunner/egress';
import { LABEL } from './box-labels';
import type { DaytonaConnection } from './daytona-connection';
import { asAppError, capabilityMissing, refusalOf, sandboxLost } from './daytona-errors';
import { networkLabel, networkSettings, policyOfLabel } from './network-rules';

/**
 * The network policy of one box, changed live. The policy outside phases is a label of the box, so whoever adopts it can close what a caller that
 * died in a phase left open.
 */
export class NetworkPhases extends OpenPhases {
  constructor(
    private readonly id: string,
    private readonly box: Box,
    private readonly connection: DaytonaConnection,
  ) {
    super();
  }

  protected check(policy: NetworkPolicy): void {
    networkSettings(policy);
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

  protected async enforce(phases: NetworkPolicy | undefined): Promise<void> {
    const settings = networkSettings(phases ?? this.outside());
    await this.connection.call('change the network', async () => {
      try {
        await this.box.updateNetworkSettings(settings);
      } catch (error) {
        throw refusalOf(error).status === 404 ? sandboxLost(this.id) : networkRefused(error);
      }
    });
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
