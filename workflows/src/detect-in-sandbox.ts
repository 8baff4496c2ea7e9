import type { BuildSpec, BuildProjectInput, LimitsInForce, SandboxRef } from '@showrunner/contracts';
import { sandbox, state } from './activity-options';
import type { TimedStages } from './stages';
import { waitForPlace } from './wait-for-place';

/** The beginning of every build: a sandbox, as soon as there is a place for it, the source in it, and the build spec read off its files. */
export async function detectInSandbox(
  input: BuildProjectInput,
  ref: SandboxRef,
  stages: TimedStages,
): Promise<{ limits: LimitsInForce; buildSpec: BuildSpec; forkPoint?: string }> {
  const { buildId, projectId, source } = input;
  // A run has waited itself: until then it has not begun to build.
  if (input.runId === undefined)
    await waitForPlace(input, stages, (message) =>
      state.setBuildState({ buildId, state: 'queued', message }),
    );
  await state.setBuildState({ buildId, state: 'building', message: 'Creating the sandbox' });
  const { limits } = await stages.run('sandbox', () =>
    sandbox.createSandbox.executeWithOptions({ summary: `create ${ref.provider} sandbox ${ref.sandboxId}` }, [
      {
        buildId,
        projectId,
        provider: input.provider,
        limits: input.limits,
        ...(input.runId === undefined ? {} : { runId: input.runId }),
      },
    ]),
  );
  const { forkPoint } = await stages.run('source', () =>
    sandbox.fetchSource.executeWithOptions(
      { summary: source.kind === 'archive' ? `unpack ${source.fileName}` : 'clone the repository' },
      [{ ...ref, projectId, source, ...changesOf(input) }],
    ),
  );
  const buildSpec = await stages.run('detect', () =>
    sandbox.detectBuild.executeWithOptions({ summary: 'detect how to build and start' }, [
      { ...ref, buildId, subdir: source.subdir, overrides: input.overrides },
    ]),
  );
  return { limits, buildSpec, ...(forkPoint !== undefined && { forkPoint }) };
}

const changesOf = ({
  runId,
  changesSince,
}: BuildProjectInput): { changes?: { runId: string; since: string } } =>
  runId === undefined || changesSince === undefined ? {} : { changes: { runId, since: changesSince } };
