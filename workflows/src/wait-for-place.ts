import { condition, defineSignal, setHandler } from '@temporalio/workflow';
import { sandboxIdOf, SIGNALS } from '@showrunner/contracts';
import type { BuildProjectInput, QueuePosition } from '@showrunner/contracts';
import { state } from './activity-options';
import type { TimedStages } from './stages';

/** Whoever admits tells at once; this is for what was missed meanwhile, and for the position to be told. */
const FIRST_LOOK_MS = 5_000;
const LOOK_AT_LEAST_EVERY_MS = 60_000;

const placeSignal = defineSignal(SIGNALS.place);

/**
 * Returns as soon as the sandbox of a build has its place at the provider. It waits in the same queue as the requests of the API, holds
 * no worker meanwhile, and leaves the queue when its sandbox is destroyed.
 * @param tell says where it stands, whenever that was looked at
 */
export async function waitForPlace(
  build: Pick<BuildProjectInput, 'buildId' | 'projectId' | 'runId' | 'provider' | 'limits'>,
  stages: TimedStages,
  tell: (message: string) => Promise<void>,
): Promise<void> {
  const { buildId, projectId, runId, provider, limits } = build;
  let told = 0;
  setHandler(placeSignal, () => void (told += 1));
  const look = (): Promise<QueuePosition | null> =>
    state.takePlace({ sandboxId: sandboxIdOf(buildId), buildId, projectId, runId, provider, limits });

  let heard = told;
  let position = await look();
  if (position === null) return;
  await stages.run('queue', async () => {
    for (
      let waitMs = FIRST_LOOK_MS;
      position !== null;
      waitMs = Math.min(waitMs * 2, LOOK_AT_LEAST_EVERY_MS)
    ) {
      await tell(sentence(position));
      await condition(() => told > heard, waitMs);
      heard = told;
      position = await look();
    }
  });
}

function sentence({ position, etaMs }: QueuePosition): string {
  const eta = etaMs === null ? '' : `, for about ${Math.max(1, Math.round(etaMs / 1000))} s`;
  return `Waiting for a place for the sandbox${eta}: number ${position} in the queue`;
}
