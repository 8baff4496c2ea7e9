import type { ActionRecord, Feature, Pace, PageSnapshot } from '@showrunner/contracts';
import { waitUntilStable } from '../steps/wait-until-stable';
import { PACES } from '../steps/pace';
import { wrongPage } from '../steps/failures';
import type { StepContext } from '../steps/perform-step';
import { waitUntil } from '../steps/wait-until';

export interface FeatureStart {
  feature: Feature;
  seq: number;
  attempt: number;
  pace: Pace;
  /** `shown`: the start path was just loaded, and nobody has touched it. `unfilmed`: it is loaded, but not by the agent (rehearsing). */
  how?: 'shown' | 'unfilmed';
}

const FEATURE_START_MS = 15_000;

/** Opens the feature's start path, or looks where the page stands when the feature goes on from the last one. */
export async function beginFeature(
  context: StepContext,
  input: FeatureStart,
  clearTheWay: () => Promise<boolean> = () => Promise.resolve(false),
): Promise<ActionRecord> {
  const { actor, observer, origin } = context;
  const startMs = Date.now();
  const path = input.feature.startPath;
  if (path !== null) await observer.release();
  if (path !== null && observer.clipboard.isUsed) await observer.clipboard.empty();
  // From a clean page it is no repetition: nothing that was tried before counts.
  if (path !== null && input.attempt > 1) forgetTries(context, input.feature.id);
  const before = await observer.snapshot();
  const base = {
    seq: input.seq,
    feature: input.feature.id,
    step: -1,
    attempt: input.attempt,
    caption: input.feature.title,
    box: null,
    startMs,
  };
  const fail = (error: string, after: PageSnapshot): Partial<ActionRecord> => ({
    result: 'failed',
    verified: false,
    error,
    fingerprintAfter: after.fingerprint,
  });
  const record: ActionRecord = {
    ...base,
    action: { type: 'navigate', path: path ?? (before.path.startsWith('/') ? before.path : '/') },
    tool: path === null ? 'none' : 'browser_navigate',
    arguments: path === null ? {} : { url: path },
    actMs: startMs,
    endMs: startMs,
    result: 'succeeded',
    verified: true,
    fingerprintBefore: before.fingerprint,
    fingerprintAfter: before.fingerprint,
  };
  if (path === null) return { ...record, endMs: Date.now() };
  let actMs = startMs;
  if (input.how === 'unfilmed') {
    const { errorText } = await observer.navigate(path);
    if (errorText !== undefined && !/ABORTED/.test(errorText))
      return { ...record, ...fail(`The page ${path} could not be opened.`, before), endMs: Date.now() };
  } else if (input.how === undefined) {
    const act = await actor.act({ type: 'navigate', path }, { pace: 'none', seed: '', deadline: startMs });
    if ('error' in act) return { ...record, ...fail(act.error, before), endMs: Date.now() };
    actMs = act.started.calledAt;
    if ((await act.started.finished).isError)
      return {
        ...record,
        ...fail(`The page ${path} could not be opened.`, before),
        actMs,
        endMs: Date.now(),
      };
  }
  const shown = await waitUntil(async () => {
    const page = await observer.snapshot();
    return page.text !== '' || page.elements.length > 0 ? page : undefined;
  }, Date.now() + FEATURE_START_MS);
  const opened = async (): Promise<PageSnapshot> =>
    waitUntilStable(observer, await observer.snapshot(), PACES[input.pace].opened);
  let after = shown === undefined ? before : await opened();
  // The clip begins when this is done, so nobody sees it.
  if (shown !== undefined && (await clearTheWay())) after = await opened();
  await observer.settle();
  const wrong = shown === undefined ? `The page ${path} stayed blank.` : wrongPage(observer, origin, after);
  const missing = after.status === 404 ? `The app has no page ${path} (404).` : undefined;
  const end = { actMs, endMs: Date.now(), fingerprintAfter: after.fingerprint };
  return { ...record, ...((wrong ?? missing) ? fail(wrong ?? missing ?? '', after) : {}), ...end };
}

function forgetTries({ executed, firstSeen }: StepContext, feature: string): void {
  const others = executed.filter((one) => one.feature !== feature);
  executed.splice(0, executed.length, ...others);
  for (const key of [...firstSeen.keys()]) if (key.startsWith(`${feature}#`)) firstSeen.delete(key);
}
