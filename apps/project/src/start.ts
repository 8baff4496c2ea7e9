import { resolve } from 'node:path';
import type { ProjectConfig } from '@showrunner/config';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService, ServiceDefinition } from '@showrunner/service';
import { BuildsModule } from './builds/builds.module';
import { ProjectsModule } from './projects/projects.module';
import { TenantsModule } from './tenants/tenants.module';

/** From the sources as from a bundle: both lie three folders below the root. */
const TEMPLATES = resolve(import.meta.dirname, '../../..', 'examples/templates');

/** Projects, their sources and builds. */
export function projectService(config: ProjectConfig): ServiceDefinition {
  return {
    name: 'project',
    needsTemporal: true,
    body: { multipart: ['/api/projects'] },
    modules: [
      TenantsModule,
      ProjectsModule.of({
        privateHosts: config.SOURCE_ALLOWED_HOSTS,
        defaultProvider: config.SANDBOX_PROVIDER,
        templates: TEMPLATES,
      }),
      BuildsModule.of(config.SANDBOX_PROVIDER),
    ],
  };
}

/** Starts the project service by itself, for the gateway. */
export function startProject(config: ProjectConfig): Promise<RunningService> {
  return bootService({
    ...projectService(config),
    host: config.BIND_HOST,
    port: config.PROJECT_PORT,
    resources: openResources('project', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
  });
}
