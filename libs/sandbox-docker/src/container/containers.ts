import { AppError, type ImageFacts, type SandboxInfo, type SandboxStatus } from '@showrunner/contracts';
import { wasStopped } from '../commands/container-commands';
import { imageUnfit } from '../docker-errors';
import { isRefusal, EngineRefusal, refusalToAppError } from '../engine/engine-error';
import type { ContainerDetails, ContainerSummary } from '../engine/engine.types';
import { containerConfig } from './container-config';
import { limitsInForce } from './limits-in-force';
import { LABEL, namesOf } from './names';
import { removeVolume } from './records';
import type { SandboxMake, EngineContext } from './engine-context';

/** @returns false when a container with this sandbox's name exists already */
export async function createContainer(context: EngineContext, make: SandboxMake): Promise<boolean> {
  const names = namesOf(context.installation, make.id);
  try {
    await createVolumes(context, make);
    const body = containerConfig({
      ...make,
      installation: context.installation,
      volumes: { app: names.app, home: names.home },
      runtime: context.runtime,
    });
    await context.client.call('POST', '/containers/create', { query: { name: names.container }, body });
    return true;
  } catch (error) {
    if (isRefusal(error, 409)) return false;
    if (isRefusal(error, 404)) {
      context.images.forget(make.image);
      throw new AppError(
        'sandbox_start_failed',
        `The image of the sandbox is gone from the engine: ${error.message}.`,
        {
          remedy: 'Build the project again.',
          retryable: true,
        },
      );
    }
    throw error instanceof EngineRefusal ? refusalToAppError(error, 'The sandbox could not be made') : error;
  }
}

async function createVolumes(
  { client, installation, diskQuota, records }: EngineContext,
  make: SandboxMake,
): Promise<void> {
  const names = namesOf(installation, make.id);
  for (const [role, Name] of [
    ['app', names.app],
    ['home', names.home],
  ] as const)
    await client.call('POST', '/volumes/create', {
      body: {
        Name,
        Driver: 'local',
        DriverOpts: diskQuota ? { size: String(make.limits.diskBytes) } : {},
        Labels: records.labels(make.id, { [LABEL.role]: role, [LABEL.created]: make.createdAt }),
      },
    });
}

/** Starts a container; one that runs already is no error. @throws AppError `sandbox_start_failed` */
export async function startContainer(context: EngineContext, id: string): Promise<void> {
  try {
    await context.client.call('POST', `/containers/${namesOf(context.installation, id).container}/start`);
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    if (/exec format error|no such file or directory|executable file not found/i.test(error.message))
      throw imageUnfit('of this sandbox', error.message, error);
    throw refusalToAppError(error, 'The sandbox could not be started');
  }
}

/** Removes container and volumes; what is gone already is no error. */
export async function removeContainer(context: EngineContext, id: string): Promise<void> {
  const { client, installation, records } = context;
  const path = `/containers/${namesOf(installation, id).container}`;
  try {
    await client.call('DELETE', path, { query: { force: true, v: true } });
  } catch (error) {
    // 409: somebody else is removing it; the volumes are free once that is done.
    if (!isRefusal(error, 404, 409)) throw error;
  }
  const { app, home } = namesOf(installation, id);
  const labelled = (await records.volumes([`${LABEL.sandbox}=${id}`])).map(({ Name }) => Name);
  // By name too: an engine makes volumes that it lacks without a label.
  for (const name of new Set([app, home, ...labelled])) await removeFreed(context, name);
}

async function removeFreed({ client }: EngineContext, volume: string): Promise<void> {
  for (let attempt = 0; ; attempt++)
    try {
      return await removeVolume(client, volume);
    } catch (error) {
      if (!isRefusal(error, 409) || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

export function makeOf({ Config, Created }: ContainerDetails): SandboxMake {
  const { Labels, Image } = Config;
  return { ...makeOfLabels(Labels, Created), image: Image };
}

function makeOfLabels(labels: Record<string, string>, created: string): Omit<SandboxMake, 'image'> {
  const facts = labels[LABEL.image];
  return {
    ...(facts === undefined ? {} : { facts: JSON.parse(facts) as ImageFacts }),
    id: labels[LABEL.sandbox] ?? '',
    limits: JSON.parse(labels[LABEL.limits] ?? '{}') as SandboxMake['limits'],
    environment: JSON.parse(labels[LABEL.environment] ?? '{}') as Record<string, string>,
    createdAt: labels[LABEL.created] ?? created,
  };
}

export function statusOf(details: ContainerDetails): SandboxStatus {
  switch (details.State.Status) {
    case 'running':
    case 'paused':
    case 'restarting':
      return 'running';
    case 'created':
      return 'creating';
    case 'removing':
      return 'destroyed';
    case 'exited':
    case 'dead':
      return wasStopped(details) ? 'stopped' : 'failed';
  }
}

/** The list gives the exit code in words only: `Exited (143) 2 hours ago`. */
function statusOfSummary({ State, Status }: ContainerSummary): SandboxStatus {
  const ExitCode = Number(/^Exited \((\d+)\)/.exec(Status)?.[1] ?? 137);
  const state = { Status: State, ExitCode, Running: State === 'running', OOMKilled: false, Error: '' };
  return statusOf({ State: state } as ContainerDetails);
}

export function infoOf(
  context: EngineContext,
  make: Omit<SandboxMake, 'image'>,
  status: SandboxStatus,
  labels: Record<string, string>,
): SandboxInfo {
  const limits = limitsInForce(make.limits, context.info, context.diskQuota);
  const { id, createdAt, facts: image } = make;
  return { id, provider: 'docker', status, createdAt, labels, limits, ...(image && { image }) };
}

export function infoOfSummary(
  context: EngineContext,
  summary: ContainerSummary,
  labels: Record<string, string>,
): SandboxInfo {
  const make = makeOfLabels(summary.Labels, new Date(summary.Created * 1000).toISOString());
  return infoOf(context, make, statusOfSummary(summary), labels);
}
