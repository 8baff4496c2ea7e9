import { join } from 'node:path';
import { AppError, EnvironmentError } from '@showrunner/contracts';
import { LogFile } from './log-file';
import { ManagedProcess } from './managed-process';
import type { ProcessSpec } from './managed-process';
import { processFacts } from './process-table';
import type { PlatformSettings } from './settings';
import { urlsOf, writeState } from './state-file';
import type { PlatformState } from './state-file';

/** A group of processes that can start together, and what has to happen once they serve. */
export interface Stage {
  processes: readonly ProcessSpec[];
  /** Runs before the first of them is started. */
  before?: () => Promise<void>;
  /** Work between a process's being ready and the next stage, by its name (migrations after postgres, for instance). */
  afterReady?: Readonly<Record<string, () => Promise<void>>>;
}

export interface SupervisorOptions {
  settings: PlatformSettings;
  setpriv: string;
  startTimeoutMs: number;
  /** Called while stopping, when `apps` (the last stage) are down and the stores still run. */
  beforeStoresStop?: () => Promise<void>;
}

const STATE_WRITE_DELAY_MS = 50;

/** Starts stages one after the other, keeps their processes running, tells `platform.json` how they are, and takes all down again. */
export class Supervisor {
  private readonly stages: ManagedProcess[][] = [];
  private state: PlatformState['state'] = 'starting';
  private failure: PlatformState['failure'];
  private writeTimer: NodeJS.Timeout | undefined;
  private readonly startedAt = new Date().toISOString();
  private readonly log: LogFile;

  constructor(private readonly options: SupervisorOptions) {
    this.log = new LogFile(join(options.settings.logs, 'supervisor.log'));
  }

  /** A line of `supervisor.log`: what was started, restarted and ended, when and why. */
  tell(text: string): void {
    this.log.write(`${new Date().toISOString()} ${text}\n`);
  }

  /** @throws AppError of the first process that does not come up; what runs keeps running until `stop` */
  async start(stages: readonly Stage[]): Promise<void> {
    this.enter('starting');
    for (const stage of stages) {
      await stage.before?.();
      const members = stage.processes.map((spec) => this.manage(spec));
      this.stages.push(members);
      await Promise.all(
        members.map(async (member) => {
          await member.start(this.options.startTimeoutMs);
          if (this.isStopping())
            throw new EnvironmentError('interrupted', 'The platform was stopped while it started.');
          await stage.afterReady?.[member.spec.name]?.();
        }),
      );
      if (this.isStopping())
        throw new EnvironmentError('interrupted', 'The platform was stopped while it started.');
    }
    this.enter('ready');
  }

  /** The last stage first, so that nothing loses what it stands on before it could finish. */
  async stop(outcome: 'stopped' | { failure: unknown } = 'stopped'): Promise<void> {
    if (outcome !== 'stopped') this.failure = describeFailure(outcome.failure);
    this.enter('stopping');
    const reversed = [...this.stages].reverse();
    for (const [index, members] of reversed.entries()) {
      if (index === reversed.length - 1) await this.options.beforeStoresStop?.();
      await Promise.all(members.map((member) => member.stop()));
    }
    this.enter(outcome === 'stopped' ? 'stopped' : 'failed');
  }

  private isStopping(): boolean {
    return this.state !== 'starting';
  }

  private manage(spec: ProcessSpec): ManagedProcess {
    const { settings, setpriv } = this.options;
    return new ManagedProcess(spec, {
      setpriv,
      logs: settings.logs,
      onChange: () => this.scheduleWrite(),
      tell: (text) => this.tell(text),
    });
  }

  private enter(state: PlatformState['state']): void {
    this.state = state;
    this.tell(`the platform is ${state}${this.failure ? `: ${this.failure.message}` : ''}`);
    clearTimeout(this.writeTimer);
    this.writeTimer = undefined;
    this.write();
  }

  private scheduleWrite(): void {
    this.writeTimer ??= setTimeout(() => {
      this.writeTimer = undefined;
      this.write();
    }, STATE_WRITE_DELAY_MS);
  }

  private write(): void {
    const { settings } = this.options;
    writeState(settings.home, {
      version: 1,
      state: this.state,
      pid: process.pid,
      startTime: processFacts(process.pid)?.startTime ?? '',
      startedAt: this.startedAt,
      home: settings.home,
      ports: settings.ports,
      urls: urlsOf(settings),
      components: this.stages.flat().map((member) => member.report()),
      ...(this.failure ? { failure: this.failure } : {}),
    });
  }
}

function describeFailure(error: unknown): NonNullable<PlatformState['failure']> {
  if (error instanceof AppError) return { code: error.code, message: error.message, remedy: error.remedy };
  return { code: 'unexpected', message: error instanceof Error ? error.message : String(error) };
}
