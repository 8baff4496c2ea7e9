import { AppError, InvalidInputError, type NetworkPolicy } from '@showrunner/contracts';
import type { E2bApi } from './e2b-api';
import { apiError, sandboxLost, sandboxNotRunning } from './e2b-errors';
import { egressRules, marksOf, rulesOutsidePhases, withMarks, type EgressRules } from './network-rules';

const CLOSE_TRIES = 3;

/**
 * The network policy of one box, changed live. Phases that are open at once add up. A caller that dies in a phase leaves its rules in force;
 * they carry a mark by which the next creation (which adopts) or phase knows them, and closes them.
 */
export class NetworkPhases {
  private readonly open = new Map<symbol, NetworkPolicy>();
  /** Rules while no phase is open, as far as this handle knows. */
  private outside?: EgressRules;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly api: E2bApi,
    private readonly id: string,
    private readonly boxId: string,
    private readonly created: NetworkPolicy,
  ) {}

  /** One change after the other. */
  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(change);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  async during<T>(policy: NetworkPolicy, fn: () => Promise<T>): Promise<T> {
    egressRules(policy); // refuses before anything changes
    const phase = Symbol('phase');
    await this.inTurn(async () => {
      this.outside ??= await this.findOutside();
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
    return this.inTurn(async () => {
      this.outside ??= await this.findOutside();
      await this.apply();
    });
  }

  private async close(phase: symbol): Promise<void> {
    this.open.delete(phase);
    for (let attempt = 1; ; attempt++)
      try {
        return await this.apply();
      } catch (error) {
        // The caller must not go on with an open network, so the last failure is its failure.
        if (attempt === CLOSE_TRIES || !(error instanceof AppError && error.retryable)) throw error;
      }
  }

  private async findOutside(): Promise<EgressRules> {
    const detail = await this.api.detail(this.boxId);
    if (detail === undefined) throw sandboxLost(this.id);
    return rulesOutsidePhases(detail.network, this.created);
  }

  private async apply(): Promise<void> {
    const outside = this.outside ?? egressRules(this.created);
    const phases = [...this.open.values()];
    const { changed } = marksOf(outside);
    const rules =
      phases.length === 0 ? outside : withMarks(egressRules(together(phases)), { phase: true, changed });
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

function together(phases: NetworkPolicy[]): NetworkPolicy {
  const hosts = phases.flatMap((policy) => (policy.mode === 'allow' ? policy.hosts : []));
  return phases.every(({ mode }) => mode === 'none')
    ? { mode: 'none' }
    : { mode: 'allow', hosts: [...new Set(hosts)] };
}
