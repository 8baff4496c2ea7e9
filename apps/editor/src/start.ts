import type { EditorConfig } from '@showrunner/config';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService } from '@showrunner/service';
import { ArtifactsModule } from './artifacts/artifacts.module';
import { ClipsModule } from './clips/clips.module';
import { ExportsModule } from './exports/exports.module';

/** Starts the editor service: clips, takes, exports and the files of runs. */
export function startEditor(config: EditorConfig): Promise<RunningService> {
  return bootService({
    name: 'editor',
    host: config.BIND_HOST,
    port: config.EDITOR_PORT,
    resources: openResources('editor', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
    modules: [ArtifactsModule, ClipsModule, ExportsModule],
  });
}
