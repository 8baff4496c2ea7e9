import type { BrowserSession } from '@showrunner/browser';
import type { Feature } from '@showrunner/contracts';
import type { ExplorerBrowser, RehearsalPerformer } from '@showrunner/planner';

/** Longest wait for a control while exploring, ms. */
const ACTION_TIMEOUT_MS = 1500;

/** A browser session as the explorer sees it. */
export const explorerBrowserOf = (session: BrowserSession): ExplorerBrowser => ({
  goto: (path) => session.navigate(path),
  snapshot: () => session.snapshot(),
  names: () => session.appNames(),
  atRest: () => session.snapshotAtRest(),
  isIdle: () => session.isIdle(),
  troubles: () => session.troubles(),
  clearTheWay: () => session.clearTheWay(),
  act: (action) => session.performAction(action, { timeoutMs: ACTION_TIMEOUT_MS }),
});

/** A browser session as the rehearsal sees it. Nothing of it is stored. */
export function rehearsalPerformerOf(session: BrowserSession): RehearsalPerformer {
  let seq = 0;
  let tries = 0;
  // Most steps are followed by another page, which need not wait until this one is stable; only a look at it must.
  let unstable = false;
  // The page that was just loaded and that nobody has touched: a feature that begins there finds it as it is.
  let fresh: string | undefined;
  // Each try is a feature of its own to the session, which remembers how pages looked before the steps of one.
  const unique = (feature: Feature): string => `${feature.id}#${tries}`;
  return {
    snapshot() {
      const look = unstable ? session.snapshotWhenStable() : session.snapshot();
      unstable = false;
      return look;
    },
    async begin(feature) {
      tries += 1;
      if (unstable && feature.startPath !== null) {
        await session.finishSending();
        unstable = false;
      }
      const record = await session.beginFeature({
        feature: { ...feature, id: unique(feature) },
        seq: seq++,
        attempt: 1,
        pace: 'none',
        how: feature.startPath !== null && feature.startPath === fresh ? 'shown' : 'unfilmed',
      });
      fresh = undefined;
      return record.result === 'failed'
        ? { error: record.error ?? `The page ${feature.startPath ?? ''} could not be opened.` }
        : {};
    },
    async perform(feature, stepIndex) {
      const step = feature.steps[stepIndex];
      if (step === undefined) return { verified: false, error: 'There is no such step.' };
      unstable = true;
      fresh = undefined;
      const { verified, verdict, error } = await session.performStep({
        feature: unique(feature),
        kind: feature.kind,
        stepIndex,
        step,
        seq: seq++,
        attempt: 1,
        pace: 'none',
        stable: false,
      });
      const judged = session.lastJudgement;
      return {
        ...{ verified, verdict, error },
        claimsToLast: judged?.claimsToLast === true,
        sent: judged?.evidence.some(({ kind, bearing }) => kind === 'request' && bearing === 'for') === true,
        byItself: judged?.evidence.some(({ cause }) => cause === 'itself') === true,
        refusedByServer:
          judged?.evidence.some(({ bearing, kind }) => bearing === 'against' && kind === 'request') === true,
      };
    },
    serverRestedAt: (ms) => (session.lastAskedAt === undefined ? 0 : session.lastAskedAt + ms),
    until: (atMs) => new Promise((resolve) => setTimeout(resolve, Math.max(0, atMs - Date.now()))),
    keepStorage: () => session.keepStorage(),
    leaveAlone(ms, isLeft) {
      fresh = undefined;
      return session.leaveAlone(ms, isLeft);
    },
    async lookAgain(success) {
      const judged = await session.lookAgain(success);
      return judged === undefined || judged.verdict === 'verified'
        ? { verified: true }
        : { verified: false, error: judged.reason ?? 'It was seen at first, and was gone a moment later.' };
    },
    async reload(path) {
      await session.finishSending();
      unstable = false;
      await session.navigate(path ?? (await session.snapshot()).path);
      const page = await session.snapshotWhenLoaded();
      fresh = page.path;
      return page;
    },
  };
}
