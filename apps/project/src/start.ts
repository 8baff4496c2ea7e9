import type { ProjectConfig } from '@showrunner/config';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { BuildsModule } from './builds/builds.module';
import { ProjectsModule } from './projects/projects.module';

/** Starts the project service: projects, their sources and builds. */
export function startProject(config: ProjectConfig): Promise<RunningService> {
  return bootService({
    name: 'project',
    host: config.BIND_HOST,
    port: config.PROJECT_PORT,
    resources: openResources('project', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
    needsTemporal: true,
    body: { multipart: ['/api/projects'] },
    modules: [
      ProjectsModule.of({ privateHosts: config.SOURCE_ALLOWED_HOSTS }),
      BuildsModule.of(config.SANDBOX_PROVIDER),
    ],
  });
}
