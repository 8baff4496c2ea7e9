import path from 'node:path';
import type { ProjectConfig } from '@showrunner/config';
import { LocalSandboxProvider } from '@showrunner/sandbox';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { BuildsModule } from './builds/builds.module';
import { ProjectsModule } from './projects/projects.module';
import { unavailable } from './sandboxes/sandbox-providers';
import type { OpenProvider } from './sandboxes/sandbox-providers';
import { SandboxesModule } from './sandboxes/sandboxes.module';

/** Bodies that handlers stream into sandboxes. */
const RAW_BODIES = [/^\/api\/sandboxes\/[^/]+\/files$/, /^\/api\/sandboxes\/[^/]+\/files\/upload$/];

/** Starts the project service: projects, their sources, builds and sandboxes. */
export function startProject(
  config: ProjectConfig,
  openProvider: OpenProvider = providersOf(config),
): Promise<RunningService> {
  return bootService({
    name: 'project',
    host: config.BIND_HOST,
    port: config.PROJECT_PORT,
    resources: openResources('project', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
    needsTemporal: true,
    body: { multipart: ['/api/projects'], raw: RAW_BODIES },
    modules: [
      ProjectsModule.of({ privateHosts: config.SOURCE_ALLOWED_HOSTS }),
      BuildsModule,
      SandboxesModule.of(
        {
          defaultProvider: 'local',
          places: config.SANDBOX_PLACES,
          tenantMaxSandboxes: config.TENANT_MAX_SANDBOXES,
          tenantMaxQueued: config.TENANT_MAX_QUEUED,
          tenantCreationsPerMinute: config.TENANT_CREATIONS_PER_MINUTE,
          tenantBudgetUsd: config.TENANT_BUDGET_USD,
          previewPort: config.PREVIEW_PORT,
          privateHosts: config.SOURCE_ALLOWED_HOSTS,
        },
        openProvider,
      ),
    ],
  });
}

/** Sandboxes of this host; nothing of them is touched before one is asked for. */
const providersOf =
  (config: ProjectConfig): OpenProvider =>
  (name) =>
    name === 'local'
      ? Promise.resolve(new LocalSandboxProvider({ home: path.resolve(config.SHOWRUNNER_HOME, 'sandboxes') }))
      : Promise.reject(unavailable(name));
