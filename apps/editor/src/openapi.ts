import { describeService } from '@showrunner/openapi/document';
import { ArtifactsModule } from './artifacts/artifacts.module';
import { ClipsModule } from './clips/clips.module';
import { ExportsModule } from './exports/exports.module';
import { SharesModule } from './shares/shares.module';

/** Its part of docs/openapi.json; `npm run openapi` bundles and reads this. */
export const described = describeService({
  service: 'editor',
  modules: [ClipsModule, ArtifactsModule, ExportsModule, SharesModule],
});
