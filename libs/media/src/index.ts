export { cutClips } from './cut-clips';
export type { CutInput, CutResult } from './cut-clips';
export { buildTimeline } from './build-timeline';
export { buildOverlay } from './build-overlay';
export { clipClock } from './film-clock';
export { filmOutline } from './film-outline';
export { scaledActions } from './scaled-actions';
export { runFfmpeg } from './ffmpeg';
export type { FfmpegRun } from './ffmpeg';
export { plainLine } from './plain-line';
export { drawableLine } from './drawable-line';
export { assDocument, assText } from './ass-document';
export { filmLook, fontSize } from './film-look';
export { textWidth, wrapText } from './text-measure';
export { openFootage } from './take-footage';
export { filmCues } from './film-cues';
export { webVtt } from './webvtt';
export type { Cue } from './webvtt';
export { chapterMetadata } from './chapter-metadata';
export { renderFilm } from './render-film';
export type { RenderInput, RenderedFilm } from './render-film';
export { TakeFootage } from './take-footage';
export { FPS } from './timeline.types';
export type {
  Chapter,
  FilmFeature,
  FilmedAction,
  Segment,
  TakePictures,
  Timeline,
  TimelineInput,
} from './timeline.types';
