import {
  CancellationScope,
  condition,
  defineQuery,
  defineSignal,
  setHandler,
  sleep,
} from '@temporalio/workflow';
import type { ProduceVideoInput, SessionState } from '@showrunner/contracts';

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
