import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FPS } from '@showrunner/timeline';
import { buildOverlay } from './build-overlay';
import { filmView } from './film-view';
import { filterGraph } from './filter-graph';
import { platePicture } from './plate';
import type { Schedule } from './schedule.types';

/** Names of a composition's files within its folder. */
export const COMPOSITION_FILES = { graph: 'graph.txt', overlay: 'overlay.ass', plate: 'plate.yuva' } as const;

/** How the film's pictures are composed of the page's: values only. */
export interface Composition {
  schedule: Schedule;
  graph: string;
  overlay: string;
  /** Draws what is around the page; null where nothing is. */
  plate: (() => Promise<Buffer>) | null;
  /** Names how a picture is composed at a frame: it must be composed again when that changes. */
  shotAt: (frame: number) => string;
}

export function compositionOf(schedule: Schedule, fps: number = FPS): Composition {
  const { timeline } = schedule;
  const { stage, camera, theme } = filmView(schedule, fps);
  const plate = stage.isWhole ? null : () => platePicture(stage, theme);
  const edges = timeline.blurs
    .flatMap(({ startMs, endMs }) => [startMs, endMs])
    .map((ms) => Math.round((ms * fps) / 1000));
  return {
    schedule,
    graph: filterGraph({
      timeline,
      stage,
      camera,
      overlay: COMPOSITION_FILES.overlay,
      plate: plate === null ? null : 2,
    }),
    overlay: buildOverlay(schedule, { stage, camera, theme }),
    plate,
    shotAt: (frame) => `${camera.shotAt(frame)} ${edges.filter((edge) => edge <= frame).length}`,
  };
}

export async function writeComposition(
  { graph, overlay, plate }: Composition,
  folder: string,
): Promise<void> {
  await Promise.all([
    writeFile(join(folder, COMPOSITION_FILES.graph), graph),
    writeFile(join(folder, COMPOSITION_FILES.overlay), overlay),
    ...(plate === null
      ? []
      : [plate().then((picture) => writeFile(join(folder, COMPOSITION_FILES.plate), picture))]),
  ]);
}
