import type { EditorConfig } from '@showrunner/config';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService, ServiceDefinition } from '@showrunner/service';
import { ArtifactsModule } from './artifacts/artifacts.module';
import { ClipsModule } from './clips/clips.module';
import { ExportsModule } from './exports/exports.module';

/** Clips, takes, exports and the files of runs. */
export function editorService(): ServiceDefinition {
  return { name: 'editor', modules: [ArtifactsModule, ClipsModule, ExportsModule] };
}

/** Starts the editor service by itself, for the gateway. */
export function startEditor(config: EditorConfig): Promise<RunningService> {
  return bootService({
    ...editorService(),
    host: config.BIND_HOST,
    port: config.EDITOR_PORT,
    resources: openResources('editor', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
  });
}
