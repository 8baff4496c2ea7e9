import { AppError, type DebianSystem, type SandboxActivities } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import type { BuildLog } from './build-log';
import { beating, type SandboxDependencies } from './dependencies';
import { tellBuild } from './tell-build';

type Input = Parameters<SandboxActivities['installApp']>[0];

/**
 * The sandbox of a build with a Debian system beneath it, which is put together first where no app has asked for it before; whoever waits is told.
 * @throws AppError `runtime_unavailable`, `system_not_made`, `runtime_busy`, `sandbox_start_failed`
 */
export async function systemSandbox(
  deps: SandboxDependencies,
  { sandboxId, buildId }: Input,
  { system, hostNames }: { system: DebianSystem; hostNames?: string[] | undefined },
  log: BuildLog,
): Promise<Sandbox> {
  const { systems, provider } = deps;
  if (systems === undefined || provider.systems === undefined)
    throw new AppError(
      'runtime_unavailable',
      `Debian ${system.suite} cannot be put beneath a sandbox here.`,
      {
        status: 400,
        remedy: 'Use the provider local, or choose what the sandbox has with --runtime.',
      },
    );
  const started = performance.now();
  const what = `Debian ${system.suite} for the app`;
  if (!(await systems.has(system)))
    await tellBuild(deps, buildId, `Putting together ${what}; the first time takes a minute or two`);
  const say = (sentence: string): void => log.add(Buffer.from(`${sentence}\n`));
  const name = await beating(deps, `putting together ${what}`, () =>
    systems.make(system, { signal: deps.signal(), say }),
  );
  const sandbox = await provider.systems.putBeneath(sandboxId, name, hostNames);
  say(
    `Debian ${system.suite} is beneath the sandbox after ${((performance.now() - started) / 1000).toFixed(1)} s.`,
  );
  return sandbox;
}
