import {
  ApplicationFailure,
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type {
  DriveSessionInput,
  ManualAction,
  ManualActionOutcome,
  ManualSessionState,
  Mark,
  MarkAnswer,
  ProduceVideoInput,
  SessionState,
} from '@showrunner/contracts';

/** Stands for the real workflow: answers its signals and query, and ends when told or after its intent, `end` at once. */
export async function produceVideo(input: ProduceVideoInput): Promise<string> {
  return CancellationScope.nonCancellable(() => produce(input));
}

async function produce(input: ProduceVideoInput): Promise<string> {
  let stopped = '';
  setHandler(defineSignal('cancel'), () => {
    stopped = 'cancelled';
  });
  setHandler(defineSignal('kill'), () => {
    stopped = 'killed';
  });
  setHandler(defineQuery<SessionState>('state'), (): SessionState => ({
    session_id: 'session-1',
    current_feature: input.intent,
    step_index: 2,
    browser_session: 'browser-1',
    run_state: 'filming',
    message: 'As the workflow says',
  }));
  if (input.intent === 'end') return 'ended';
  await condition(() => stopped !== '');
  await sleep(1);
  return stopped;
}

/** Stands for the workflow of a session: does what is asked, but knows no feature that has begun, and ends when told. */
export async function driveSession({ runId, session }: DriveSessionInput): Promise<string> {
  return CancellationScope.nonCancellable(async () => {
    let ended = '';
    let seq = 0;
    for (const name of ['finish', 'cancel', 'kill'])
      setHandler(defineSignal(name), () => void (ended = name));
    setHandler(defineUpdate<ManualActionOutcome, [ManualAction]>('act'), ({ tool }): ManualActionOutcome => ({
      ...{ seq: (seq += 1), tool, isError: false, action: null, stepsLeft: session.maxSteps - seq },
      replyKey: `runs/${runId}/replies/0.json`,
    }));
    setHandler(defineUpdate<Omit<MarkAnswer, 'session_id'>, [Mark]>('mark'), (mark) => {
      if (mark.kind === 'start')
        return { feature: mark.feature, title: 'T', status: 'open', at: 1, evidence: [] };
      throw ApplicationFailure.create({
        ...{ type: 'no_feature_begun', message: 'None.', nonRetryable: true },
        details: [{ remedy: 'Begin one.' }],
      });
    });
    setHandler(defineQuery<ManualSessionState>('session'), (): ManualSessionState => ({
      ...{ session_id: 'b1', current_feature: null, step_index: seq, browser_session: 'mcp-1' },
      ...{ run_state: 'filming', message: '', steps_left: session.maxSteps - seq, features: [] },
    }));
    await condition(() => ended !== '');
    return ended;
  });
}
