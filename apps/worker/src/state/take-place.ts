import { AppError, NODE_LIMITS } from '@showrunner/contracts';
import type { StateActivities } from '@showrunner/contracts';
import type { Database } from '@showrunner/database';
import { labelsOfBuild } from '../sandbox/labels-of-build';

export interface PlaceSettings {
  /** Sandboxes that each provider runs for us at a time. */
  places: Readonly<Record<string, number>>;
  tenantMaxSandboxes: number;
  /** Most films at once, by provider; absent: no bound of their own. */
  films?: Readonly<Record<string, number>>;
}

/** The way of builds to the places that requests of the API wait for, too: in turn with them, by tenant. */
export function placeActivities(
  database: Database,
  { places, tenantMaxSandboxes, films = {} }: PlaceSettings,
): Pick<StateActivities, 'takePlace'> {
  return {
    async takePlace({ sandboxId: id, buildId, projectId, runId, provider, limits }) {
      const bounds = { total: places[provider] ?? 0, perTenant: tenantMaxSandboxes, films: films[provider] };
      if (bounds.total === 0) {
        throw new AppError('sandbox_unavailable', `This platform has no places for ${provider} sandboxes.`, {
          status: 503,
          remedy: 'Choose another provider, or set SANDBOX_PLACES.',
        });
      }
      return database.transaction(async ({ builds, tenants, sandboxes, sandboxQueue }) => {
        const { tenantId } = await builds.get(buildId);
        await tenants.ensure(tenantId);
        const row = await sandboxes.createPending({
          ...{ id, buildId, projectId, tenantId, provider, status: 'queued' },
          limits: { ...NODE_LIMITS, ...limits },
          labels: labelsOfBuild({ projectId, buildId }),
          ...(runId === undefined ? {} : { runId }),
        });
        if (row.status === 'destroyed') {
          throw new AppError('sandbox_lost', `The sandbox ${id} was destroyed before it was made.`, {
            status: 410,
            remedy: 'Start a new build.',
          });
        }
        if (row.status !== 'queued' || (await sandboxQueue.enter(row, bounds))) return null;
        return (await sandboxQueue.position(row, bounds)) ?? { position: 1, etaMs: null };
      });
    },
  };
}
