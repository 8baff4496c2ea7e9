import { FPS } from '@showrunner/timeline';
import { Camera } from './camera';
import type { Schedule } from './schedule.types';
import { stageOf, type Stage } from './stage';
import { themeOf, type Theme } from './themes';

/** How a film shows the page: what is around it, and which part of it is seen when. */
export interface FilmView {
  stage: Stage;
  camera: Camera;
  theme: Theme;
}

export function filmView({ timeline, size }: Schedule, fps: number = FPS): FilmView {
  const theme = themeOf(timeline.theme, timeline.look);
  const stage = stageOf(size, timeline.page, theme);
  return { stage, camera: new Camera(timeline, stage, fps), theme };
}
