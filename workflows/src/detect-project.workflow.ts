import { CancellationScope, defineSignal, setHandler } from '@temporalio/workflow';
import { SIGNALS } from '@showrunner/contracts';
import type { BuildPlan, DetectProjectInput, SandboxRef } from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import { detectInSandbox } from './detect-in-sandbox';
import { endBuild } from './end-build';
import { timedStages } from './stages';

/**
 * Source to plan: create a sandbox, fetch, detect, destroy. Nothing of the source is run. Answers the plan, which the build's row holds
 * too.
 */
export async function detectProject(input: DetectProjectInput): Promise<BuildPlan> {
  const ref: SandboxRef = { sandboxId: `sbx-${input.buildId}`, provider: input.provider };
  const stages = timedStages(undefined);
  const scope = new CancellationScope();
  for (const name of [SIGNALS.cancel, SIGNALS.kill]) setHandler(defineSignal(name), () => scope.cancel());
  try {
    const { plan } = await scope.run(() => detectInSandbox(input, ref, stages));
    await CancellationScope.nonCancellable(async () => {
      await sandbox.destroySandbox.executeWithOptions({ summary: 'destroy the sandbox' }, [ref]);
      await state.setBuildState({
        buildId: input.buildId,
        state: 'detected',
        message: `${plan.framework} · ${plan.start}`,
      });
    });
    return plan;
  } catch (error) {
    return endBuild(error, ref, input.buildId, stages.current());
  }
}
