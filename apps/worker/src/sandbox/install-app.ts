import { AppError, type AppProcess, type BuildSpec, type SandboxActivities } from '@showrunner/contracts';
import { explainInstall, fallbackInstall } from '@showrunner/build-detection';
import type { EgressDecision, ExecOptions, ExecResult, Sandbox } from '@showrunner/sandbox';
import { topUpCommand, type WarmInstall } from '@showrunner/warm-install';
import { folderOfApp, sourceFolder } from './app-command';
import { BuildLog } from './build-log';
import { takeCheckpoint } from './checkpoint';
import { dockerfileSandbox } from './container/dockerfile-sandbox';
import { fillServices, startServices, stopServices } from './services/app-services';
import { systemSandbox } from './system-sandbox';
import { DEFAULT_TIMEOUTS, beating, type BuildTimeouts, type SandboxDependencies } from './dependencies';
import { withEnvironmentFiles } from './environment-files';
import { liveSandbox } from '../live-sandbox';
import { installHosts } from './install-hosts';
import { endOfLog, lastLines } from './log-lines';
import { resourceFailure } from './resource-failure';
import type { Mask } from './own-environment';
import { openWarmInstall } from './open-warm-install';
import { provideToolchain } from './shared-runtimes';

type Input = Parameters<SandboxActivities['installApp']>[0];

/**
 * Installs with the registries reachable, runs the set-up commands without network, then stores a checkpoint. Of an app that comes in an
 * image, the image is built first, and everything else happens in the sandbox that is made from it.
 * @throws AppError what `dockerfileSandbox` throws, `install_failed`, `install_timeout`, `workspace_missing`, `registry_unreachable`, `compiler_missing`, `setup_failed`, `setup_timeout`, `out_of_memory`, `disk_full`, `process_limit`
 */
export async function installApp(
  deps: SandboxDependencies,
  input: Input,
  mask: Mask,
): ReturnType<SandboxActivities['installApp']> {
  const { buildSpec } = input;
  const timeouts = { ...DEFAULT_TIMEOUTS, ...deps.timeouts };
  const onStoreError = (error: unknown): void =>
    deps.logger.warn({ buildId: input.buildId, err: error }, 'build log not stored');
  const log = new BuildLog({ store: deps.store, buildId: input.buildId, onStoreError, mask });
  try {
    const started = performance.now();
    const sandbox = await beating(deps, 'making the sandbox of the app', () =>
      sandboxOfApp(deps, input, log),
    );
    await beating(deps, 'fetching what the app runs on', () => provideToolchain(deps, buildSpec, log));
    const place = { cwd: await folderOfApp(sandbox, buildSpec), env: buildSpec.env };
    const run = new LoggedCommands(sandbox, place, log, deps.signal());
    await beating(deps, 'installing', async () => {
      const warm = await openWarmInstall(deps, sandbox, input, log);
      const hosts = installHosts(deps.config);
      if (warm !== undefined && (await installWarm(run, hosts, timeouts.installMs, warm))) return;
      const command = await install(run, buildSpec, hosts, timeouts.installMs);
      if (command !== null) await warm?.keep(command);
    });
    for (const part of buildSpec.processes ?? [])
      await beating(deps, `installing ${part.name}`, () =>
        installPart(deps, run.of(part), part, buildSpec, timeouts),
      );
    const installed = performance.now();
    await beating(deps, 'starting what the app needs', () =>
      startServices(sandbox, buildSpec, { signal: deps.signal() }),
    );
    const filled = await beating(deps, 'filling its databases', () =>
      fillServices(sandbox, buildSpec, { signal: deps.signal(), timeoutMs: timeouts.setupMs }),
    );
    if (filled !== '') log.add(Buffer.from(`${filled}\n`));
    for (const part of buildSpec.processes ?? [])
      for (const command of part.setup)
        await beating(deps, `setting up ${part.name}: ${command}`, () =>
          run.of(part).offline(command, timeouts.setupMs, part.environmentFiles),
        );
    for (const command of buildSpec.setup) {
      await beating(deps, `setting up: ${command}`, () =>
        setUp(run, { command, buildSpec }, timeouts.setupMs),
      );
    }
    await stopServices(sandbox, buildSpec);
    const setUpDone = performance.now();
    await beating(deps, 'storing the state of the app', () =>
      takeCheckpoint(sandbox, { timeoutMs: timeouts.setupMs, signal: deps.signal() }),
    );
    return { installMs: Math.round(installed - started), setupMs: Math.round(setUpDone - installed) };
  } finally {
    await log.close();
  }
}

async function sandboxOfApp(deps: SandboxDependencies, input: Input, log: BuildLog): Promise<Sandbox> {
  const { buildSpec, sandboxId } = input;
  const { container } = buildSpec;
  const { system, hostNames } = buildSpec;
  if (container === null && system !== undefined)
    return systemSandbox(deps, input, { system, hostNames }, log);
  if (container === null && hostNames !== undefined && deps.provider.systems !== undefined)
    return deps.provider.systems.putBeneath(sandboxId, undefined, hostNames);
  if (container === null) return liveSandbox(deps.provider, sandboxId);
  return dockerfileSandbox(deps, input, { ...buildSpec, container }, log);
}

/** Commands of one build: same folder and environment, output to one log. */
class LoggedCommands {
  constructor(
    private readonly sandbox: Sandbox,
    private readonly place: Required<Pick<ExecOptions, 'cwd' | 'env'>>,
    readonly log: BuildLog,
    private readonly signal: AbortSignal,
  ) {}

  /** The same for another part of the app. */
  of(part: AppProcess): LoggedCommands {
    return new LoggedCommands(
      this.sandbox,
      { cwd: sourceFolder(part), env: part.env },
      this.log,
      this.signal,
    );
  }

  /** @param environmentFiles whose variables it gets beside those of its place */
  async offline(
    command: string,
    timeoutMs: number,
    environmentFiles?: readonly string[],
  ): Promise<{ result: ExecResult; output: string }> {
    this.log.note(command);
    // The failure's text is taken from the end of this command's own output.
    const own: Buffer[] = [];
    let bytes = 0;
    const options: ExecOptions = {
      ...this.place,
      timeoutMs,
      signal: this.signal,
      maxOutputBytes: 64 * 1024,
      onOutput: (_stream, chunk) => {
        this.log.add(chunk);
        own.push(chunk);
        bytes += chunk.length;
        while (bytes > 128 * 1024 && own.length > 1) bytes -= own.shift()?.length ?? 0;
      },
    };
    const result = await this.sandbox.exec(withEnvironmentFiles(environmentFiles, command), options);
    return { result, output: Buffer.concat(own).toString('utf8') };
  }

  async online(
    command: string,
    hosts: string[],
    timeoutMs: number,
  ): Promise<{ result: ExecResult; output: string; decisions: EgressDecision[] }> {
    const { value, decisions } = await this.sandbox.withNetwork({ mode: 'allow', hosts }, () =>
      this.offline(command, timeoutMs),
    );
    return { ...value, decisions };
  }
}

/** True when an earlier install was brought back and its manager is content with it; else nothing of it is left. */
async function installWarm(
  run: LoggedCommands,
  hosts: string[],
  timeoutMs: number,
  warm: WarmInstall,
): Promise<boolean> {
  const install = await warm.restore();
  if (install === undefined) return false;
  const command = topUpCommand(install);
  if (command === null) return true;
  const { result } = await run.online(command, hosts, timeoutMs);
  if (result.exitCode === 0) return true;
  run.log.note('That did not do; installing anew.');
  await warm.discard();
  return false;
}

/** Installs another part of the app; one that cannot be installed is told, and the app goes on without it. */
async function installPart(
  deps: SandboxDependencies,
  run: LoggedCommands,
  part: AppProcess,
  buildSpec: BuildSpec,
  { installMs }: BuildTimeouts,
): Promise<void> {
  const { install: command, packageManager } = part;
  await provideToolchain(deps, part, run.log);
  try {
    await install(
      run,
      { ...buildSpec, packageManager, install: command },
      installHosts(deps.config),
      installMs,
    );
  } catch (error) {
    if (!(error instanceof AppError) || error.retryable) throw error;
    run.log.note(`${part.name}: ${error.message}`);
  }
}

/** Answers the command that did it: the build spec's, or what its failure showed to be right; null when there is nothing to install. */
async function install(
  run: LoggedCommands,
  buildSpec: BuildSpec,
  hosts: string[],
  timeoutMs: number,
): Promise<string | null> {
  if (buildSpec.install === null) return null;
  let command = buildSpec.install;
  let attempt = await run.online(buildSpec.install, hosts, timeoutMs);
  const tried = new Set([buildSpec.install]);
  for (
    let other = fallbackInstall(buildSpec, attempt.output);
    attempt.result.exitCode !== 0 && other !== undefined && !tried.has(other.install);
  ) {
    run.log.add(Buffer.from(`\n${other.reason}\n`));
    command = other.install;
    tried.add(command);
    attempt = await run.online(command, hosts, timeoutMs);
    other = fallbackInstall({ ...buildSpec, install: command }, attempt.output);
  }
  if (attempt.result.exitCode !== 0) throw installFailure(attempt, timeoutMs);
  return command;
}

function installFailure(
  { result, output, decisions }: { result: ExecResult; output: string; decisions: EgressDecision[] },
  timeoutMs: number,
): AppError {
  const refused = [...new Set(decisions.filter((one) => !one.allowed).map((one) => one.host))];
  const asked =
    refused.length === 0
      ? ''
      : ` It asked for hosts that it may not reach: ${refused.slice(0, 5).join(', ')}.`;
  const details = { exitCode: result.exitCode, log: lastLines(output, 40), refusedHosts: refused };
  if (result.timedOut) {
    return new AppError(
      'install_timeout',
      `The install took longer than ${Math.round(timeoutMs / 60_000)} min.${asked}${endOfLog(output)}`,
      {
        status: 422,
        remedy: 'Give a faster command with --install.',
        details,
      },
    );
  }
  const resource = resourceFailure({ who: 'The install', log: output, ...result });
  if (resource !== undefined) return resource;
  const known = explainInstall(output);
  if (known !== undefined) {
    const { code, message, remedy } = known;
    return new AppError(code, `${message}${asked}`, { status: 422, remedy, details });
  }
  return new AppError(
    'install_failed',
    `The install ended with exit code ${result.exitCode ?? result.signal}.${asked}${endOfLog(output, 12)}`,
    {
      status: 422,
      remedy:
        refused.length > 0
          ? 'Have the operator allow these hosts, or give another command with --install.'
          : 'Mend what the log names, or give another command with --install.',
      details,
    },
  );
}

async function setUp(
  run: LoggedCommands,
  { command, buildSpec }: { command: string; buildSpec: BuildSpec },
  timeoutMs: number,
): Promise<void> {
  const { result, output } = await run.offline(command, timeoutMs, buildSpec.environmentFiles);
  if (result.exitCode === 0) return;
  const resource = resourceFailure({ who: `The set-up command "${command}"`, log: output, ...result });
  if (resource !== undefined && !result.timedOut) throw resource;
  const how = result.timedOut
    ? `took longer than ${Math.round(timeoutMs / 60_000)} min`
    : `ended with exit code ${result.exitCode ?? result.signal}`;
  throw new AppError(
    result.timedOut ? 'setup_timeout' : 'setup_failed',
    `The set-up command "${command}" ${how}.${endOfLog(output, 12)}`,
    {
      status: 422,
      remedy:
        'Mend what the log names; set-up commands have no network. showrunner.yaml can name others under "setup".',
      details: { exitCode: result.exitCode, log: lastLines(output, 40) },
    },
  );
}
