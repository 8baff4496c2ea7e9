import { ApplicationFailure } from '@temporalio/common';
import type { ActionRecord, SessionActivities, StateActivities } from '@showrunner/contracts';

type Fakes = Pick<SessionActivities, 'useTool' | 'beginMarked' | 'proveMarked'> &
  Pick<StateActivities, 'storeSessionPlan'>;

/** What the fakes of a session that is driven by hand need to know of the others. */
export interface FakeBrowser {
  record(call: string): void;
  /** Called with the tool before it is used; may throw or wait. */
  onTool?: (tool: string) => Promise<void> | void;
  lose(sessionId: string): void;
}

/** A browser that does all that it is asked, and in which everything can be seen but the text `never`. */
export function fakeManualSession({ record, onTool, lose }: FakeBrowser): Fakes {
  let clock = 0;
  return {
    async useTool({ sessionId, call, feature, step, seq }) {
      record(`tool ${call.tool} ${feature} ${step}`);
      try {
        await onTool?.(call.tool);
      } catch (error) {
        if (error instanceof ApplicationFailure && error.type === 'session_lost') lose(sessionId);
        throw error;
      }
      if (call.tool === 'browser_snapshot') return { isError: false, record: null };
      clock += 100;
      const done: ActionRecord = {
        ...{ seq, feature, step, attempt: 1, caption: call.caption ?? call.tool },
        action: { type: 'click', target: { role: 'button', name: call.tool, exact: true } },
        ...{ tool: call.tool, arguments: {}, box: null },
        ...{ startMs: clock, actMs: clock, endMs: clock + 50, result: 'succeeded', verified: false },
        ...{ fingerprintBefore: 'a', fingerprintAfter: 'b' },
      };
      return { isError: false, record: done };
    },
    async beginMarked() {
      return { atMs: (clock += 100) };
    },
    async proveMarked({ claim: { condition } }) {
      const isVerified = !(condition.kind === 'textVisible' && condition.text === 'never');
      const reason = isVerified ? {} : { reason: 'It cannot be seen.' };
      return { isVerified, ...reason, evidence: [], atMs: (clock += 100) };
    },
    async storeSessionPlan({ runId, features }) {
      record(`plan ${features.map(({ id, steps }) => `${id} ${steps.length}`).join(' · ')}`);
      return { planId: `plan-${runId}`, hash: 'hash1' };
    },
  };
}
