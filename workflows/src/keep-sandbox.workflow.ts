import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { QUERIES, SANDBOX_SIGNALS } from '@showrunner/contracts';
import type { KeepSandboxInput, LeaseStep, LifecycleAction, SandboxRef } from '@showrunner/contracts';
import { sandbox, sandboxLife as life } from './activity-options';
import { failureOf } from './failure';
import { showSandbox } from './search-attributes';

/** A step that failed for good is not tried again before this, unless somebody asks; after each further failure twice as long. */
const AFTER_FAILURE_MS = 60_000;
const LONGEST_AFTER_FAILURE_MS = 6 * 60 * 60_000;
/** Far below the limits of a history; each step is about eight events. */
const STEPS_PER_HISTORY = 60;
/** A moment that has passed by clocks that differ must not become a busy loop. */
const SHORTEST_WAIT_MS = 1_000;

/**
 * The life of one sandbox: made when it has a place, stopped when nobody uses it or its time is over, archived, deleted. The record in
 * the database says what is wanted; signals only wake the workflow, and their names tell operators why.
 */
export async function keepSandbox(input: KeepSandboxInput): Promise<void> {
  const ref: SandboxRef = { sandboxId: input.sandboxId, provider: input.provider };
  let told = 0;
  let failures = 0;
  let current: LeaseStep = { action: 'wait', atMs: null, why: 'begins' };
  for (const name of Object.values(SANDBOX_SIGNALS)) setHandler(defineSignal(name), () => void (told += 1));
  setHandler(defineQuery(QUERIES.state), () => current);

  if (input.adopt) await life.adoptSandbox.executeWithOptions({ summary: 'keep it for a while' }, [ref]);
  for (let steps = 0; ; steps += 1) {
    if (steps >= STEPS_PER_HISTORY || workflowInfo().continueAsNewSuggested)
      return continueAsNew<typeof keepSandbox>({ ...ref });
    const heard = told;
    current = await life.nextSandboxStep.executeWithOptions({ summary: 'what comes next' }, [ref]);
    showSandbox(current);
    if (current.action === 'end') return;
    if (current.action !== 'wait') {
      if (await perform(ref, current.action, current.why)) {
        failures = 0;
        continue;
      }
      await condition(() => told > heard, afterFailureMs(failures));
      failures += 1;
    } else if (current.atMs === null) await condition(() => told > heard);
    else await condition(() => told > heard, Math.max(current.atMs - Date.now(), SHORTEST_WAIT_MS));
  }
}

const afterFailureMs = (failures: number): number =>
  Math.min(AFTER_FAILURE_MS * 2 ** failures, LONGEST_AFTER_FAILURE_MS);

/** False when the step failed for good. */
async function perform(ref: SandboxRef, action: LifecycleAction, why: string): Promise<boolean> {
  const summary = `${action} · ${why}`;
  try {
    switch (action) {
      case 'create':
        await life.provisionSandbox.executeWithOptions({ summary }, [ref]);
        break;
      case 'start':
        await life.startSandbox.executeWithOptions({ summary }, [ref]);
        break;
      case 'stop':
        await life.stopSandbox.executeWithOptions({ summary }, [{ ...ref, why, decidedAtMs: Date.now() }]);
        break;
      case 'archive':
        await life.archiveSandbox.executeWithOptions({ summary }, [{ ...ref, why }]);
        break;
      case 'delete':
        await sandbox.destroySandbox.executeWithOptions({ summary }, [ref]);
        break;
    }
    return true;
  } catch (error) {
    const failure = failureOf(error, action);
    await life.noteFailedStep.executeWithOptions({ summary: `${action} failed · ${failure.code}` }, [
      { ...ref, action, failure },
    ]);
    return false;
  }
}
