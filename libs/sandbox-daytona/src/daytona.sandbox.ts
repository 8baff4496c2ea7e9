import type { Duplex } from 'node:stream';
import type { Sandbox as Box } from '@daytonaio/sdk';
import type { NetworkPolicy, SandboxInfo, SandboxMetrics } from '@showrunner/contracts';
import { LISTENER_COMMAND, sortedListeners, SandboxHandle } from '@showrunner/sandbox/provider';
import type { EgressDecision, ExecOptions, ExecResult, PortRoute, Sandbox } from '@showrunner/sandbox';
import { ownLabels, requestedLimits, requireCallersLabels } from './box-labels';
import { autoStopMinutes } from './auto-stop';
import type { BoxLifecycle } from './box-lifecycle';
import { describeBox } from './describe-box';
import type { DaytonaConnection } from './daytona-connection';
import { asAppError, refusalOf, sandboxLost } from './daytona-errors';
import { DaytonaFiles } from './daytona-files';
import { CommandRunner } from './exec/run-command';
import type { RunLimits } from './exec/supervised-run';
import { NamedProcesses, noRawConnections } from './named-processes';
import { NetworkPhases } from './network-phases';
import { PreviewRoutes } from './preview-route';

/** Ports of Daytona's own programs inside. */
const DAEMON_PORTS = new Set([2280, 22220, 22222, 33333]);

export interface DaytonaSandboxParts {
  id: string;
  box: Box;
  connection: DaytonaConnection;
  lifecycle: BoxLifecycle;
  runLimits: RunLimits;
  destroy: () => Promise<void>;
}

/** A handle on one sandbox, which is one box of Daytona. Several handles in several processes may be used at once. */
export class DaytonaSandbox extends SandboxHandle implements Sandbox {
  readonly provider = 'daytona' as const;
  readonly id: string;
  readonly files: DaytonaFiles;
  readonly network: NetworkPhases;
  private readonly runner: CommandRunner;
  protected readonly processes: NamedProcesses;
  private readonly previews: PreviewRoutes;

  constructor(private readonly parts: DaytonaSandboxParts) {
    super();
    const { id, box, connection, runLimits } = parts;
    const maxProcesses = requestedLimits(box.labels ?? {})?.maxProcesses ?? 0;
    this.id = id;
    this.runner = new CommandRunner(id, box, connection, runLimits, maxProcesses);
    this.processes = new NamedProcesses(this.runner, maxProcesses);
    this.files = new DaytonaFiles(this, box, connection);
    this.network = new NetworkPhases(id, box, connection);
    this.previews = new PreviewRoutes(id, box, connection);
  }

  private get box(): Box {
    return this.parts.box;
  }

  private call<T>(action: string, work: () => Promise<T>): Promise<T> {
    return this.parts.connection.call(action, async () => {
      try {
        return await work();
      } catch (error) {
        throw refusalOf(error).status === 404 ? sandboxLost(this.id) : error;
      }
    });
  }

  async info(): Promise<SandboxInfo> {
    try {
      await this.parts.connection.call('describe the sandbox', async () => {
        try {
          await this.box.refreshData();
        } catch (error) {
          if (refusalOf(error).status !== 404) throw error;
          this.box.state = 'destroyed';
        }
      });
    } catch (error) {
      throw asAppError('describe the sandbox', error);
    }
    return describeBox(this.box);
  }

  async start(): Promise<void> {
    await this.parts.lifecycle.start(this.id, this.box);
    this.previews.forget();
    await this.network.restore();
  }

  async stop(): Promise<void> {
    await this.parts.lifecycle.stop(this.id, this.box);
    this.previews.forget();
  }

  async archive(): Promise<void> {
    await this.parts.lifecycle.archive(this.id, this.box);
    this.previews.forget();
  }

  destroy(): Promise<void> {
    return this.parts.destroy();
  }

  /** By Daytona's idle timer: when this platform is gone, nobody uses the box, and it stops. */
  async renew(backstopAt: Date): Promise<void> {
    const minutes = autoStopMinutes(backstopAt);
    await this.call('move its timer', () => this.box.setAutostopInterval(minutes));
  }

  async setLabels(labels: Record<string, string>): Promise<void> {
    const all = { ...requireCallersLabels(labels), ...ownLabels(this.box.labels ?? {}) };
    await this.call('change the labels', () => this.box.setLabels(all));
  }

  async metrics(): Promise<SandboxMetrics> {
    const now = await this.call('measure the sandbox', () => this.box.getMetricsLatest());
    return {
      cpuSeconds: null,
      memoryBytes: Math.round(now.memUsed),
      memoryPeakBytes: null,
      diskBytes: Math.round(now.diskUsed),
      processes: null,
      networkReceivedBytes: null,
      networkSentBytes: null,
    };
  }

  exec(command: string | readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    return this.runner.exec(command, options);
  }

  async listeningPorts(): Promise<{ port: number; address: string }[]> {
    const { stdout } = await this.exec(LISTENER_COMMAND, { cwd: '/' });
    return sortedListeners([stdout]).filter(({ port }) => !DAEMON_PORTS.has(port));
  }

  route(port: number): Promise<PortRoute> {
    return this.previews.route(port);
  }

  async connect(): Promise<Duplex> {
    throw noRawConnections();
  }

  async withNetwork<T>(
    policy: NetworkPolicy,
    fn: () => Promise<T>,
  ): Promise<{ value: T; decisions: EgressDecision[] }> {
    return { value: await this.network.during(policy, fn), decisions: [] };
  }

  async setNetwork(policy: NetworkPolicy): Promise<void> {
    await this.network.set(policy);
  }

  /** Daytona tells nobody what it let through. */
  async egressLog(): Promise<EgressDecision[]> {
    return [];
  }
}
