import { describeService } from '@showrunner/openapi/document';
import { BuildsModule } from './builds/builds.module';
import { ProjectsModule } from './projects/projects.module';
import { TenantsModule } from './tenants/tenants.module';

/** Its part of docs/openapi.json; `npm run openapi` bundles and reads this. */
export const described = describeService({
  service: 'project',
  modules: [TenantsModule, ProjectsModule, BuildsModule],
});
