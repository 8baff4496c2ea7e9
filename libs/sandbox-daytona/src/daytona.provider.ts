import type { Sandbox as Box } from '@daytonaio/sdk';
import { AppError, type SandboxInfo } from '@showrunner/contracts';
import type { CreateSandboxOptions, Sandbox, SandboxProvider } from '@showrunner/sandbox';
import { boxImage, DEFAULT_IMAGE } from './box-image';
import { boxName, LABEL, requireCallersLabels, requireSandboxId } from './box-labels';
import { BoxLifecycle, DEFAULT_DEADLINES, type LifecycleDeadlines } from './box-lifecycle';
import { CreateBox } from './create-box';
import { DAYTONA_CAPABILITIES } from './capabilities';
import { DaytonaConnection } from './daytona-connection';
import { DaytonaSandbox } from './daytona.sandbox';
import { asAppError, refusalOf, sandboxNotFound } from './daytona-errors';
import { describeBox } from './describe-box';
import { requireEnvironment } from '@showrunner/sandbox/provider';
import { DEFAULT_RUN_LIMITS, type RunLimits } from './exec/supervised-run';
import { networkSettings } from './network-rules';

const CLOUD = 'https://app.daytona.io/api';
const PAGE = 100;

export interface DaytonaSandboxProviderOptions {
  /** SANDBOX_API_KEY */
  apiKey: string;
  /** SANDBOX_SERVER_URL: base of the control API; default Daytona's cloud. */
  serverUrl?: string;
  /** SANDBOX_TARGET: region; default that of the organization. */
  target?: string;
  /** Tells the sandboxes of this platform from those of another in the same organization; letters, digits and "-". */
  installation: string;
  /** Image of sandboxes that name none. */
  defaultImage?: string;
  deadlines?: Partial<LifecycleDeadlines>;
  runLimits?: Partial<RunLimits>;
  requestTimeoutMs?: number;
}

/** Sandboxes in Daytona, its cloud or one of your own. Nothing is kept in memory alone: labels and names of the boxes tell everything. */
export class DaytonaSandboxProvider implements SandboxProvider {
  readonly name = 'daytona' as const;
  readonly capabilities = DAYTONA_CAPABILITIES;
  private readonly connection: DaytonaConnection;
  private readonly lifecycle: BoxLifecycle;
  private readonly runLimits: RunLimits;
  private readonly deadlines: LifecycleDeadlines;

  constructor(private readonly options: DaytonaSandboxProviderOptions) {
    const { apiKey, serverUrl, target, requestTimeoutMs } = options;
    const apiUrl = (serverUrl ?? CLOUD).replace(/\/$/, '');
    this.connection = new DaytonaConnection({ apiKey, apiUrl, target, requestTimeoutMs });
    this.deadlines = { ...DEFAULT_DEADLINES, ...options.deadlines };
    this.lifecycle = new BoxLifecycle(this.deadlines);
    this.runLimits = { ...DEFAULT_RUN_LIMITS, ...options.runLimits };
  }

  async create(options: CreateSandboxOptions): Promise<Sandbox> {
    const id = requireSandboxId(options.id);
    requireCallersLabels(options.labels);
    requireEnvironment(options.environment ?? {});
    // Refused before anything is made.
    const network = networkSettings(options.network ?? { mode: 'none' });
    const image = boxImage(options.image, this.options.defaultImage ?? DEFAULT_IMAGE);
    const creation = new CreateBox({
      connection: this.connection,
      lifecycle: this.lifecycle,
      startMs: this.deadlines.startMs,
      installation: this.options.installation,
      find: () => this.find(id),
      destroy: (box) => this.destroyBox(id, box),
    });
    const { box, adopted } = await creation.create({ ...options, network: options.network }, network, image);
    const sandbox = this.handle(id, box);
    if (adopted) await sandbox.network.restore();
    return sandbox;
  }

  /** By name, which finds a box at once; lists follow late. */
  private async find(id: string): Promise<Box | undefined> {
    const client = await this.connection.client();
    const box = await this.connection.call('find the sandbox', async () => {
      try {
        return await client.get(boxName(this.options.installation, id));
      } catch (error) {
        if (refusalOf(error).status === 404) return undefined;
        throw error;
      }
    });
    if (box === undefined || box.state === 'destroyed') return undefined;
    const { [LABEL.installation]: installation, [LABEL.sandbox]: sandbox } = box.labels ?? {};
    return installation === this.options.installation && sandbox === id ? box : undefined;
  }

  private handle(id: string, box: Box): DaytonaSandbox {
    return new DaytonaSandbox({
      id,
      box,
      connection: this.connection,
      lifecycle: this.lifecycle,
      runLimits: this.runLimits,
      destroy: () => this.destroyBox(id, box),
    });
  }

  async get(id: string): Promise<Sandbox | undefined> {
    const box = await this.find(requireSandboxId(id));
    return box === undefined || box.state === 'destroying' ? undefined : this.handle(id, box);
  }

  async getOrStart(id: string): Promise<Sandbox> {
    const sandbox = await this.get(id);
    if (sandbox === undefined) throw sandboxNotFound(id);
    await sandbox.start();
    return sandbox;
  }

  /** Daytona's lists follow changes late, by its specification: what was made a moment ago may be missing. */
  async list(labels: Record<string, string> = {}): Promise<SandboxInfo[]> {
    const boxes = await this.boxes(labels);
    return boxes.map(describeBox).filter(({ status }) => status !== 'destroyed');
  }

  private async boxes(labels: Record<string, string>): Promise<Box[]> {
    const client = await this.connection.client();
    const wanted = { ...labels, [LABEL.installation]: this.options.installation };
    return this.connection.call('list the sandboxes', async () => {
      const boxes: Box[] = [];
      for await (const box of client.list({ labels: wanted, limit: PAGE })) boxes.push(box);
      return boxes;
    });
  }

  async destroy(id: string): Promise<void> {
    const box = await this.find(requireSandboxId(id));
    if (box !== undefined) await this.destroyBox(id, box);
  }

  private async destroyBox(id: string, box: Box): Promise<void> {
    const remember = async () => {
      const labels = { ...box.labels, [LABEL.doomed]: '1' };
      try {
        await box.setLabels(labels);
      } catch {
        // Then only the caller knows that it is to go.
      }
    };
    try {
      await this.lifecycle.destroy(id, box, remember);
    } catch (error) {
      throw error instanceof AppError ? error : asAppError('destroy the sandbox', error);
    }
  }

  /** Ends boxes whose destroyer was refused for so long that it gave up. */
  async sweep(): Promise<void> {
    for (const box of await this.boxes({ [LABEL.doomed]: '1' }))
      await this.destroyBox(box.labels?.[LABEL.sandbox] ?? box.id, box);
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}
