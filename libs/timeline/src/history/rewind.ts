import { AppError } from '@showrunner/contracts';
import { TimelineSchema, type Timeline } from '../document/timeline';
import { undo, type Inverse } from '../operations/apply';

/** A timeline as it is stored, and what leads back from it. */
export interface StoredVersions {
  runId: string;
  version: number;
  document: unknown;
  /** Of the changes after the version that is wanted, the newest first; null of one that is too old. */
  inverses: readonly { version: number; inverse: unknown }[];
}

/**
 * A timeline as it was at a version.
 * @throws AppError `timeline_version_gone` (410)
 */
export function rewound({ runId, version, document, inverses }: StoredVersions, wanted: number): Timeline {
  const gone = new AppError(
    'timeline_version_gone',
    wanted > version
      ? `The timeline of run ${runId} has no version ${wanted}: it is at ${version}.`
      : `Version ${wanted} of the timeline of run ${runId} is not kept any more.`,
    {
      status: 410,
      remedy: 'Take one that GET /api/runs/{id}/timeline/history lists: the last 200 are kept.',
    },
  );
  if (wanted > version || wanted < 1) throw gone;
  let timeline = TimelineSchema.parse(document);
  for (let at = version; at > wanted; at -= 1) {
    const inverse = inverses.find((one) => one.version === at)?.inverse ?? null;
    if (inverse === null) throw gone;
    // Only what `applyOperations` and `undo` answered is written there.
    timeline = undo(timeline, inverse as Inverse).timeline;
  }
  return timeline;
}
