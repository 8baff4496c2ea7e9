import type { EditorConfig } from '@showrunner/config';
import { bootService, byInternalToken, openResources } from '@showrunner/service';
import type { RunningService, ServiceDefinition } from '@showrunner/service';
import { ArtifactsModule } from './artifacts/artifacts.module';
import { ClipsModule } from './clips/clips.module';
import { ExportsModule } from './exports/exports.module';
import { SharesModule } from './shares/shares.module';
import { TimelinesModule } from './timelines/timelines.module';

/** Clips, takes, timelines, exports, the files of runs, and links to their films. */
export function editorService({ INTERNAL_TOKEN }: Pick<EditorConfig, 'INTERNAL_TOKEN'>): ServiceDefinition {
  const shares = SharesModule.of({ internalToken: INTERNAL_TOKEN });
  return { name: 'editor', modules: [ArtifactsModule, ClipsModule, ExportsModule, shares, TimelinesModule] };
}

/** Starts the editor service by itself, for the gateway. */
export function startEditor(config: EditorConfig): Promise<RunningService> {
  return bootService({
    ...editorService(config),
    host: config.BIND_HOST,
    port: config.EDITOR_PORT,
    resources: openResources('editor', config),
    authenticate: byInternalToken(config.INTERNAL_TOKEN),
  });
}
