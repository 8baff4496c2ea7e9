import { Inject } from '@nestjs/common';
import { TERMINAL_RUN_STATES, usualTimes } from '@showrunner/contracts';
import type { EtaBasis, UsualTimes } from '@showrunner/contracts';
import type { Database, RunRecord, TenantDatabase } from '@showrunner/database';
import { LOGGER, OBJECT_STORE, PLATFORM_DATABASE } from '@showrunner/service';
import type { Resources } from '@showrunner/service';
import type { ObjectStore } from '@showrunner/storage';
import { BuildLogTail } from './build-log-tail';
import { EventStreams } from './event-streams';
import { RunStream } from './run-stream';
import type { RunMessage, RunSources } from './run-stream';

/** Which run is followed, and after what. */
export interface Followed {
  tenantId: string;
  runId: string;
  /** `<event>` or `<event>.<bytes of the log>`, as the id of a message was. */
  after: string;
  /** Lines of the log of install and app, too. */
  log: boolean;
}

const OF_PROJECT = 5;
const OF_INSTALLATION = 30;

/** What is told to who follows a run, however he is connected. */
export class RunEvents {
  constructor(
    @Inject(PLATFORM_DATABASE) private readonly database: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(LOGGER) private readonly logger: Resources['logger'],
  ) {}

  /**
   * A run to be followed: call what is answered with where messages go. It resolves after the last one, at once when nothing is left to tell.
   * @throws {NotFoundError} no such run of this tenant
   */
  async open(
    followed: Followed,
  ): Promise<(send: (message: RunMessage) => Promise<void>, signal: AbortSignal) => Promise<void>> {
    const { tenantId, runId, after, log } = followed;
    const owned = this.database.forTenant(tenantId);
    const run = await owned.runs.get(runId);
    const [eventId = '0', bytes = '0'] = after.split('.');
    const filter = { tenantId, runId };
    const isOver = TERMINAL_RUN_STATES.includes(run.state);
    if (isOver && (await owned.outbox.readAfter(BigInt(eventId), filter, 1)).length === 0)
      return () => Promise.resolve();
    const note = (error: unknown): void =>
      this.logger.debug({ err: error, runId }, 'How far a run is cannot be told now');
    const sources: RunSources = {
      runId,
      newest: await owned.outbox.lastId(filter),
      events: (signal) => this.streams.follow('0', filter, signal),
      usual: () => this.usual(owned, run).catch((error: unknown) => (note(error), NOTHING_USUAL)),
      plannedSteps: () => plannedSteps(owned, runId),
      onNote: note,
      ...(log && {
        log: {
          tail: new BuildLogTail(this.store, Number(bytes)),
          buildId: async () => (await owned.runs.get(runId)).buildId,
        },
      }),
    };
    return (send, signal) => new RunStream(sources, eventId, send).run(signal);
  }

  /** Times of the last films of the project; where it has none, of the whole installation, which tell nothing about whose they were. */
  private async usual(
    owned: TenantDatabase,
    { projectId, checkOf }: RunRecord,
  ): Promise<{ times: UsualTimes; basis: EtaBasis | null }> {
    const isCheck = checkOf !== null;
    const own = usualTimes(await owned.runs.earlierStages({ projectId, isCheck }, OF_PROJECT));
    if (Object.keys(own).length > 0) return { times: own, basis: 'project' };
    const all = usualTimes(await this.database.runs.earlierStages({ isCheck }, OF_INSTALLATION));
    return Object.keys(all).length > 0 ? { times: all, basis: 'installation' } : NOTHING_USUAL;
  }
}

const NOTHING_USUAL: { times: UsualTimes; basis: EtaBasis | null } = { times: {}, basis: null };

async function plannedSteps({ plans, runs }: TenantDatabase, runId: string): Promise<number | undefined> {
  const { planId } = await runs.get(runId);
  const plan = (planId === null ? null : await plans.find(planId)) ?? (await plans.findByRun(runId));
  return plan?.body.features.reduce((count, { steps }) => count + steps.length, 0);
}
