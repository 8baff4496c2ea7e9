import { InvalidInputError, type NetworkPolicy } from '@showrunner/contracts';
import { OpenPhases } from '@showrunner/egress';
import type { E2bApi } from './e2b-api';
import { apiError, sandboxLost, sandboxNotRunning } from './e2b-errors';
import { egressRules, marksOf, rulesOutsidePhases, withMarks, type EgressRules } from './network-rules';

/**
 * The network policy of one box, changed live. A caller that dies in a phase leaves its rules in force;
 * they carry a mark by which the next creation (which adopts) or phase knows them, and closes them.
 */
export class NetworkPhases extends OpenPhases {
  /** Rules while no phase is open, as far as this handle knows. */
  private outside?: EgressRules;

  constructor(
    private readonly api: E2bApi,
    private readonly id: string,
    private readonly boxId: string,
    private readonly created: NetworkPolicy,
  ) {
    super();
  }

  protected check(policy: NetworkPolicy): void {
    egressRules(policy);
  }

  async set(policy: NetworkPolicy): Promise<void> {
    const rules = withMarks(egressRules(policy), { phase: false, changed: true });
    await this.inTurn(async () => {
      const before = this.outside;
      this.outside = rules;
      await this.apply().catch((error: unknown) => {
        this.outside = before;
        throw error;
      });
    });
  }

  /** Ends what phases of dead callers left open; after a start also sets the rules anew, should E2B not have kept them. */
  restore(): Promise<void> {
    return this.inTurn(() => this.apply());
  }

  private async findOutside(): Promise<EgressRules> {
    const detail = await this.api.detail(this.boxId);
    if (detail === undefined) throw sandboxLost(this.id);
    return rulesOutsidePhases(detail.network, this.created);
  }

  protected async enforce(phases: NetworkPolicy | undefined): Promise<void> {
    const outside = (this.outside ??= await this.findOutside());
    const { changed } = marksOf(outside);
    const rules = phases === undefined ? outside : withMarks(egressRules(phases), { phase: true, changed });
    const { allowOut, denyOut } = rules;
    const { status, said, headers } = await this.api.setNetwork(this.boxId, { allowOut, denyOut });
    if (status < 300) return;
    if (status === 404 || status === 409) {
      const detail = await this.api.detail(this.boxId);
      if (detail === undefined) throw sandboxLost(this.id);
      if (detail.state !== 'running') throw sandboxNotRunning(this.id);
    }
    if ([400, 402, 403].includes(status))
      throw new InvalidInputError(
        'sandbox_capability_missing',
        `E2B refused the network policy: ${said.slice(0, 300)}`,
        {
          remedy:
            'Ask for a policy that the plan of the account of SANDBOX_API_KEY allows; nothing was changed.',
        },
      );
    throw apiError('change the network of the sandbox', status, said, headers);
  }
}
