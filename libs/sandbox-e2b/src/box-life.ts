import { setTimeout as delay } from 'node:timers/promises';
import type { BoxDetail, E2bApi, OpenedBox } from './e2b-api';
import type { BoxLink } from './box-link';
import type { E2bConnection } from './e2b-connection';
import { sandboxLost, sandboxNotRunning, unavailable } from './e2b-errors';
import type { NetworkPhases } from './network-phases';
import { startTtlSeconds, ttlSeconds } from './ttl';

const LOOK_MS = 250;
/** Ending processes and writing out the disk before a stop; a box that hangs is stopped all the same. */
const QUIET_MS = 15_000;

export interface BoxLifeParts {
  api: E2bApi;
  connection: E2bConnection;
  link: BoxLink;
  network: NetworkPhases;
  backstopAt?: Date;
}

/** Start, stop and lease of one box. */
export class BoxLife {
  private backstopAt?: Date;

  constructor(private readonly parts: BoxLifeParts) {
    this.backstopAt = parts.backstopAt;
  }

  /** @returns undefined when it runs already */
  async start(): Promise<OpenedBox | undefined> {
    const { api, connection, link, network } = this.parts;
    if ((await this.requireDetail()).state === 'running') return undefined;
    // Said each time: else E2B would grant five minutes.
    const opened = await api.connect(
      link.boxId,
      startTtlSeconds(this.backstopAt, Date.now(), connection.ttl),
    );
    if (opened === undefined) throw sandboxLost(link.id);
    link.renewAccess(opened.access);
    await this.until('running');
    await network.restore();
    return opened;
  }

  /** @param endProcesses so that none lives on where a server does not know a pause without memory */
  async stop(endProcesses: () => Promise<void>): Promise<void> {
    const { api, link } = this.parts;
    if ((await this.requireDetail()).state === 'paused') return;
    const quiet = endProcesses().then(() => this.syncDisk());
    // A box that cannot do that any more is stopped all the same.
    await Promise.race([quiet.catch(() => undefined), delay(QUIET_MS, undefined, { ref: false })]);
    const status = await api.pause(link.boxId);
    if (status === 404) throw sandboxLost(link.id);
    link.renewAccess(undefined);
    await this.until('paused');
  }

  private async syncDisk(): Promise<void> {
    const process = { cmd: '/bin/sync', args: [], envs: {} };
    await this.parts.link.run(
      { process, tag: this.parts.link.newMark(), stdin: false },
      { timeoutMs: QUIET_MS },
    );
  }

  async renew(backstopAt: Date): Promise<void> {
    const { api, connection, link } = this.parts;
    this.backstopAt = backstopAt;
    // E2B would not wake it, but calls a stopped box missing.
    if ((await this.requireDetail()).state === 'paused') return;
    if (await api.setTimeout(link.boxId, ttlSeconds(backstopAt, Date.now(), connection.ttl))) return;
    await this.requireDetail(); // it was stopped in this moment
  }

  /** What E2B tells only who connects. The time to live can only grow by it, so it is asked for what is left. */
  async connectRunning(detail: BoxDetail): Promise<OpenedBox> {
    const { api, link } = this.parts;
    const left = Math.max(1, Math.floor((Date.parse(detail.endAt) - Date.now()) / 1000));
    const opened = await api.connect(link.boxId, left);
    if (opened === undefined) throw sandboxNotRunning(link.id);
    return opened;
  }

  private async requireDetail(): Promise<BoxDetail> {
    const detail = await this.parts.api.detail(this.parts.link.boxId);
    if (detail === undefined) throw sandboxLost(this.parts.link.id);
    return detail;
  }

  private async until(state: BoxDetail['state']): Promise<void> {
    const { transitionTimeoutMs } = this.parts.connection;
    for (const deadline = Date.now() + transitionTimeoutMs; ; await delay(LOOK_MS)) {
      if ((await this.requireDetail()).state === state) return;
      if (Date.now() > deadline)
        throw unavailable(
          `The sandbox ${this.parts.link.id} is not ${state} after ${transitionTimeoutMs} ms.`,
        );
    }
  }
}
