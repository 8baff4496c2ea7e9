import { CancellationScope, defineSignal, setHandler } from '@temporalio/workflow';
import { sandboxIdOf, SIGNALS } from '@showrunner/contracts';
import type { BuildProjectInput, BuildProjectResult, SandboxRef } from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import { detectInSandbox } from './detect-in-sandbox';
import { endBuild } from './end-build';
import { keepRunning } from './keep-running';
import { showState } from './search-attributes';
import { timedStages } from './stages';

/**
 * Source to running sandbox: create, fetch, detect, install, start. Answers the running app. Whatever goes wrong, and on cancel or
 * kill, the sandbox is destroyed.
 */
export async function buildProject(input: BuildProjectInput): Promise<BuildProjectResult> {
  const ref: SandboxRef = { sandboxId: sandboxIdOf(input.buildId), provider: input.provider };
  const stages = timedStages(input.runId, input.film);
  const root = CancellationScope.current();
  const scope = new CancellationScope();
  for (const name of [SIGNALS.cancel, SIGNALS.kill]) setHandler(defineSignal(name), () => scope.cancel());

  const work = async (): Promise<BuildProjectResult> => {
    const { limits, buildSpec, forkPoint } = await detectInSandbox(input, ref, stages);
    await stages.run('install', () =>
      sandbox.installApp.executeWithOptions(
        { summary: `install · ${buildSpec.install ?? 'nothing to install'}` },
        [{ ...ref, buildId: input.buildId, buildSpec }],
      ),
    );
    const app = await stages.run('start', () =>
      sandbox.startApp.executeWithOptions({ summary: `start · ${buildSpec.start}` }, [
        { ...ref, buildId: input.buildId, projectId: input.projectId, buildSpec },
      ]),
    );
    await state.setBuildState({ buildId: input.buildId, state: 'running', message: app.previewUrl });
    showState('running', app.previewUrl);
    // A run ends its sandbox itself.
    if (input.runId === undefined) await keepRunning(ref, input);
    return { ...ref, limits, buildSpec, app, ...(forkPoint !== undefined && { forkPoint }) };
  };

  showState('building', 'Building the app');
  try {
    return await scope.run(work);
  } catch (error) {
    return endBuild(error, ref, input.buildId, stages.current(), root);
  }
}
