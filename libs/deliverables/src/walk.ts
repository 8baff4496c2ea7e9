import type { Box, FilmOutline, FrameSize, OutlineStep } from '@showrunner/contracts';

/** A picture of a take that a guide or a demo shows: the page before something is done, or what came of it. */
export interface WalkPicture {
  takeId: string;
  /** Ms on the take's clock. */
  ms: number;
  /** Where something is done; null for what came of it, and where nothing is pointed at. */
  box: Box | null;
  /** What to do, or what has been done. Hostile text. */
  text: string;
  kind: 'step' | 'result';
}

export interface WalkChapter {
  title: string;
  description: string;
  pictures: WalkPicture[];
}

/** What a guide or a demo shows, feature by feature: each step on the page as it was before it, then the page as it was verified. */
export function walkOf(outline: FilmOutline): WalkChapter[] {
  return outline.chapters.flatMap(({ feature, title, description }) => {
    const steps = outline.steps.filter((step) => step.feature === feature);
    const last = steps.at(-1);
    if (last === undefined) return [];
    const pictures = steps.map(pictureOf);
    const result: WalkPicture = {
      ...{ takeId: last.takeId, ms: last.verifiedMs, box: null, kind: 'result' },
      text: description.trim() === '' ? title : description,
    };
    return [{ title, description, pictures: [...pictures, result] }];
  });
}

const pictureOf = ({ takeId, beforeMs, box, text, action }: OutlineStep): WalkPicture => ({
  ...{ takeId, ms: beforeMs, box, kind: 'step' },
  text: text.trim() === '' ? action : text,
});

/** Of what a picture shows around a place, so much at least. */
const LEAST_SHARE = 0.6;

/** The part of a picture to show: around the place, with its proportions, on even pixels. The whole where nothing is pointed at. */
export function cropAround(box: Box | null, size: FrameSize): Box {
  if (box === null) return { x: 0, y: 0, ...size };
  const share = Math.min(
    1,
    Math.max(LEAST_SHARE, (box.width * 1.4) / size.width, (box.height * 1.6) / size.height),
  );
  const [width, height] = [even(size.width * share), even(size.height * share)];
  const from = (middle: number, length: number, most: number): number =>
    Math.min(Math.max(0, Math.round(middle - length / 2)), most - length);
  return {
    x: from(box.x + box.width / 2, width, size.width),
    y: from(box.y + box.height / 2, height, size.height),
    ...{ width, height },
  };
}

const even = (value: number): number => Math.floor(value / 2) * 2;
