import { CancellationScope, defineSignal, setHandler } from '@temporalio/workflow';
import { sandboxIdOf, SIGNALS } from '@showrunner/contracts';
import type { BuildSpec, DetectProjectInput, SandboxRef } from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import { detectInSandbox } from './detect-in-sandbox';
import { endBuild } from './end-build';
import { timedStages } from './stages';

/**
 * Source to build spec: create a sandbox, fetch, detect, destroy. Nothing of the source is run. Answers the build spec, which the
 * build's row holds too.
 */
export async function detectProject(input: DetectProjectInput): Promise<BuildSpec> {
  const ref: SandboxRef = { sandboxId: sandboxIdOf(input.buildId), provider: input.provider };
  const stages = timedStages(undefined);
  const root = CancellationScope.current();
  const scope = new CancellationScope();
  for (const name of [SIGNALS.cancel, SIGNALS.kill]) setHandler(defineSignal(name), () => scope.cancel());
  try {
    const { buildSpec } = await scope.run(() => detectInSandbox(input, ref, stages));
    await CancellationScope.nonCancellable(async () => {
      await sandbox.destroySandbox.executeWithOptions({ summary: 'destroy the sandbox' }, [ref]);
      await state.setBuildState({
        buildId: input.buildId,
        state: 'detected',
        message: `${buildSpec.framework} · ${buildSpec.start}`,
      });
    });
    return buildSpec;
  } catch (error) {
    return endBuild(error, ref, input.buildId, stages.current(), root);
  }
}
