import {
  ApplicationFailure,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
} from '@temporalio/workflow';
import { buildIdOf, sandboxIdOf } from '@showrunner/contracts';
import type {
  DriveSessionInput,
  ManualAction,
  Mark,
  ProduceVideoResult,
  RunFailure,
  RunState,
  SandboxRef,
  Take,
} from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import { DrivenBrowser } from './drive-browser';
import { concludeSession } from './conclude-session';
import type { End, Ended } from './conclude-session';
import { failureOf } from './failure';
import { builtApp } from './filmed-app';
import {
  actUpdate,
  budgetSignal,
  cancelSignal,
  finishSignal,
  killSignal,
  markUpdate,
  sessionQuery,
  stateQuery,
} from './messages';
import { showState } from './search-attributes';
import { timedStages } from './stages';

/**
 * A manual session: a browser on an app that somebody drives by hand. It opens, does what is asked of it, one thing after another, until it is ended,
 * stands idle, or has lasted as long as it may; then what was proven is cut and rendered as the film of any run. Nothing outlives it.
 */
export async function driveSession(input: DriveSessionInput): Promise<ProduceVideoResult> {
  const root = CancellationScope.current();
  return CancellationScope.nonCancellable(() => driveInOrder(input, root));
}

async function driveInOrder(input: DriveSessionInput, root: CancellationScope): Promise<ProduceVideoResult> {
  const { runId, session: spec } = input;
  const stages = timedStages(runId);
  const opening = new CancellationScope();
  const driving = new CancellationScope();
  let own: SandboxRef | undefined;
  let runState: RunState = 'queued';
  let message = '';
  let browser: DrivenBrowser | undefined;
  let isOpen = false;
  let end: End | undefined;
  // What handlers set meanwhile; a variable would be taken for what it was here.
  const ending = (): End | undefined => end;

  const enter = async (next: RunState, text: string): Promise<void> => {
    runState = next;
    message = text;
    showState(next, text);
    await state.setRunState({ runId, state: next, message: text });
  };
  const endBy = (how: End): void => {
    if (end === undefined || how === 'kill') end = how;
    if (!isOpen) opening.cancel();
  };
  const destroy = async (): Promise<void> => {
    if (own) await sandbox.destroySandbox.executeWithOptions({ summary: `destroy ${own.sandboxId}` }, [own]);
  };

  setHandler(finishSignal, () => endBy('finish'));
  setHandler(cancelSignal, () => endBy('cancel'));
  setHandler(budgetSignal, () => endBy('budget'));
  root.cancelRequested.catch(() => endBy('cancel'));
  setHandler(killSignal, async () => {
    endBy('kill');
    driving.cancel();
    // A request to cancel that comes meanwhile must not end the workflow from within this handler, before its own end.
    await CancellationScope.nonCancellable(() => Promise.all([browser?.session.kill(), destroy()]));
  });
  const place = () => ({
    session_id: browser?.session.ref.sessionId ?? null,
    current_feature: browser?.marks.open?.feature ?? null,
    step_index: (browser?.marks.next().step ?? 0) - 1,
    browser_session: browser?.session.ref.browserSession ?? null,
    ...{ run_state: runState, message },
  });
  setHandler(stateQuery, place);
  setHandler(sessionQuery, () => ({
    ...place(),
    steps_left: browser?.stepsLeft ?? spec.maxSteps,
    features: browser?.marks.list() ?? [],
  }));
  const requireOpen = (): DrivenBrowser => {
    if (browser !== undefined && isOpen && ending() === undefined) return browser;
    throw refusal({
      ...{ code: 'session_not_open', stage: 'filming' },
      message: `The session ${runId} takes no actions: it is ${end === undefined ? runState : 'ending'}.`,
      remedy: 'Wait until GET /api/sessions/{id} says `filming`; of one that has ended open another.',
    });
  };
  setHandler(actUpdate, (call: ManualAction) => requireOpen().act(call), {
    validator: (_call: ManualAction): void => {
      const refused = requireOpen().refusal();
      if (refused) throw refusal(refused);
    },
  });
  setHandler(markUpdate, (mark: Mark) => requireOpen().mark(mark), {
    validator: (_mark: Mark): void => void requireOpen(),
  });

  const drive = async (): Promise<Ended> => {
    const app = await opening.run(async () => {
      if (spec.on) return spec.on;
      own = { sandboxId: sandboxIdOf(buildIdOf(runId, 1)), provider: input.provider };
      const control = {
        stages,
        enter,
        state: () => runState,
        useSandbox: (ref: SandboxRef) => void (own = ref),
      };
      const built = await builtApp(input, control, buildIdOf(runId, 1), 1);
      return { sandbox: { sandboxId: built.sandboxId, provider: built.provider }, app: built.app };
    });
    // It says `filming` once it takes actions.
    await enter('building', 'Opening the browser');
    browser = await opening.run(() => DrivenBrowser.open(input, app, driving, () => ending() !== undefined));
    isOpen = true;
    await enter('filming', 'Open: it does what is asked of it');
    await stages.run('session', () => untilEnded(browser as DrivenBrowser, spec, ending, endBy));
    isOpen = false;
    return closed(runId, browser, ending() ?? 'finish');
  };

  let ended: Ended;
  try {
    ended = await drive();
  } catch (error) {
    isOpen = false;
    // What is taken away while it opens fails in many ways, and each is the end that was asked for.
    const wasEnded = ending() !== undefined || isCancellation(error);
    ended = {
      end: ending() ?? 'cancel',
      takes: [],
      ...(!wasEnded && { failure: failureOf(error, stages.current()) }),
    };
    await browser?.close();
  } finally {
    await stages.run('cleanup', destroy);
  }
  return concludeSession({ input, stages, enter, root }, browser, ended);
}

/** Waits until somebody ends the session, or it has to end by itself. */
async function untilEnded(
  browser: DrivenBrowser,
  { idleMs, maxMs }: DriveSessionInput['session'],
  ending: () => End | undefined,
  endBy: (how: End) => void,
): Promise<void> {
  const until = Date.now() + maxMs;
  while (ending() === undefined) {
    const { asked, answered } = browser;
    const isBusy = asked > answered;
    const left = Math.max(1, until - Date.now());
    const heard = await condition(
      () => ending() !== undefined || browser.asked > asked || browser.answered > answered,
      isBusy ? left : Math.min(idleMs, left),
    );
    if (browser.lost) endBy('lost');
    else if (!heard && Date.now() >= until) endBy('time');
    else if (!heard) endBy('idle');
  }
}

/** Stores the take and ends the browser, after what is being done. */
async function closed(runId: string, browser: DrivenBrowser, end: End): Promise<Ended> {
  await browser.settled();
  browser.marks.close();
  const { lost } = browser;
  let take: Take | undefined;
  try {
    take = await browser.session.stopRecording(lost ? 'sessionLost' : 'told');
  } finally {
    await browser.close();
  }
  const takes = take ? [take] : [];
  await state.recordTakes({ runId, takes });
  return { end, takes, ...(lost && { failure: lost }) };
}

/** Answered to who asked; the session goes on. */
const refusal = ({ code, message, remedy, stage }: RunFailure): ApplicationFailure =>
  ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [{ remedy, stage }] });
