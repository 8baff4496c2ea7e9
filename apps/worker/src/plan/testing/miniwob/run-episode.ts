import type { BrowserSession } from '@showrunner/browser';
import { intentOutcomes } from '@showrunner/contracts';
import { driveApp } from '../drive-app';
import type { DrivenApp } from '../drive-app';
import { episodeOf } from './episode';
import type { Episode } from './episode';
import type { ServedPages } from './serve-page';

/** Reads off the page that is shown: what to do, and what the episode has given. */
const SENTENCE = 'core.getUtterance()';
const REWARD = 'WOB_DONE_GLOBAL ? WOB_RAW_REWARD_GLOBAL : 0';

/** One seed of one type of page: its sentence as the intent of a film by rules alone, and what the page says to what was filmed. */
export async function runEpisode(
  { type, seed }: { type: string; seed: number },
  { pages, session, workDir }: { pages: ServedPages; session: BrowserSession; workDir: string },
): Promise<{ episode: Episode; driven: DrivenApp }> {
  pages.show({ type, seed });
  await session.forget();
  await session.navigate('/');
  await session.snapshotWhenLoaded();
  const said: unknown = await evaluate(session, SENTENCE);
  const intent = typeof said === 'string' ? said : ((said as { utterance?: string } | null)?.utterance ?? '');
  let reward = 0;
  const driven = await driveApp({
    ...{ port: pages.port, intent, workDir, session },
    async onFeature() {
      reward = Number(await evaluate(session, REWARD));
    },
  });
  const outcomes = driven.features.map(({ feature, verified, error }) => ({
    ...{ feature: feature.id, verified },
    ...(error === undefined ? {} : { reason: error }),
  }));
  const parts = intentOutcomes(driven.plan?.intentParts ?? [], outcomes, 'done');
  return { episode: episodeOf({ type, seed, intent, reward }, parts, driven.failure), driven };
}

async function evaluate(session: BrowserSession, expression: string): Promise<unknown> {
  const devTools = session.connectDevTools();
  try {
    const { targetInfos } = (await devTools.send('Target.getTargets')) as {
      targetInfos: { type: string; targetId: string }[];
    };
    const page = targetInfos.find(({ type }) => type === 'page');
    if (page === undefined) return undefined;
    const { sessionId } = (await devTools.send('Target.attachToTarget', {
      ...{ targetId: page.targetId, flatten: true },
    })) as { sessionId: string };
    const { result } = (await devTools.send(
      'Runtime.evaluate',
      { expression, returnByValue: true },
      sessionId,
    )) as { result: { value?: unknown } };
    return result.value;
  } finally {
    devTools.close();
  }
}
