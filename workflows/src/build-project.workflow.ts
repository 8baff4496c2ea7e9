import { CancellationScope, defineSignal, isCancellation, setHandler } from '@temporalio/workflow';
import { SIGNALS } from '@showrunner/contracts';
import type { BuildProjectInput, BuildProjectResult, SandboxRef } from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import { failureOf, failWorkflow } from './failure';
import { keepRunning } from './keep-running';
import { timedStages } from './stages';

/**
 * Source to running sandbox: create, fetch, detect, install, start. Answers the running app. Whatever goes wrong, and on cancel or
 * kill, the sandbox is destroyed.
 */
export async function buildProject(input: BuildProjectInput): Promise<BuildProjectResult> {
  const ref: SandboxRef = { sandboxId: `sbx-${input.buildId}`, provider: input.provider };
  const stages = timedStages(input.runId);
  const scope = new CancellationScope();
  for (const name of [SIGNALS.cancel, SIGNALS.kill]) setHandler(defineSignal(name), () => scope.cancel());

  const work = async (): Promise<BuildProjectResult> => {
    await state.setBuildState({ buildId: input.buildId, state: 'building', message: 'Creating the sandbox' });
    const created = await stages.run('sandbox', () =>
      sandbox.createSandbox.executeWithOptions(
        { summary: `create ${ref.provider} sandbox ${ref.sandboxId}` },
        [
          {
            buildId: input.buildId,
            projectId: input.projectId,
            provider: input.provider,
            limits: input.limits,
            labels: {
              project: input.projectId,
              build: input.buildId,
              ...(input.runId ? { run: input.runId } : {}),
            },
          },
        ],
      ),
    );
    const { source } = input;
    await stages.run('source', () =>
      sandbox.fetchSource.executeWithOptions(
        { summary: source.kind === 'git' ? 'clone the repository' : `unpack ${source.fileName}` },
        [{ ...ref, projectId: input.projectId, source }],
      ),
    );
    const plan = await stages.run('detect', () =>
      sandbox.detectBuild.executeWithOptions({ summary: 'detect how to build and start' }, [
        { ...ref, subdir: source.subdir, overrides: input.overrides },
      ]),
    );
    await stages.run('install', () =>
      sandbox.installApp.executeWithOptions(
        { summary: `install · ${plan.install ?? 'nothing to install'}` },
        [{ ...ref, buildId: input.buildId, plan }],
      ),
    );
    const app = await stages.run('start', () =>
      sandbox.startApp.executeWithOptions({ summary: `start · ${plan.start}` }, [
        { ...ref, buildId: input.buildId, projectId: input.projectId, plan },
      ]),
    );
    await state.setBuildState({ buildId: input.buildId, state: 'running', message: app.previewUrl });
    // A run ends its sandbox itself.
    if (input.runId === undefined) await keepRunning(ref, input);
    return { ...ref, limits: created.limits, plan, app };
  };

  try {
    return await scope.run(work);
  } catch (error) {
    const failure = failureOf(error, stages.current());
    await CancellationScope.nonCancellable(async () => {
      await sandbox.destroySandbox.executeWithOptions({ summary: 'destroy the sandbox' }, [ref]);
      const stopped = isCancellation(error);
      await state.setBuildState({
        buildId: input.buildId,
        state: stopped ? 'cancelled' : 'failed',
        message: stopped ? 'Cancelled' : failure.message,
        ...(stopped ? {} : { failure }),
      });
    });
    if (isCancellation(error)) throw error;
    return failWorkflow(failure);
  }
}
