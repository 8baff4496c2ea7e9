import { describeService } from '@showrunner/openapi/document';
import { ArtifactsModule } from './artifacts/artifacts.module';
import { ClipsModule } from './clips/clips.module';
import { ExportsModule } from './exports/exports.module';
import { SharesModule } from './shares/shares.module';
import {
  OtioDocumentSchema,
  TimelineChangeSchema,
  TimelineResourceSchema,
} from './timelines/timeline.schemas';
import { TimelinesModule } from './timelines/timelines.module';
import { OperationSchema, TimelineSchema } from '@showrunner/timeline';

/** Its part of docs/openapi.json; `npm run openapi` bundles and reads this. */
export const described = describeService({
  service: 'editor',
  modules: [ClipsModule, ArtifactsModule, ExportsModule, SharesModule, TimelinesModule],
  names: {
    Timeline: TimelineSchema,
    TimelineOperation: OperationSchema,
    OtioDocument: OtioDocumentSchema,
    TimelineResource: TimelineResourceSchema,
    TimelineChange: TimelineChangeSchema,
  },
});
