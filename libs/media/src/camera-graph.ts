import type { FrameSize } from '@showrunner/contracts';
import type { Camera } from './camera';
import { geometryOf, MARGIN, type Geometry } from './camera-geometry';

/**
 * Filters that show what the camera sees, of pictures of the page's size at the film's times. Every picture is composed once; the time of
 * each says which part of it.
 */
export function cameraFilters(camera: Camera, page: FrameSize, content: FrameSize): string[] {
  const shots = [...camera.shots()].map(({ frame, view }) => ({
    frame,
    geometry: geometryOf(view, page, content),
  }));
  const by = (value: (geometry: Geometry) => number): string =>
    stepped(
      shots.map(({ frame, geometry }) => ({ frame, value: value(geometry) })),
      camera.fps,
    );
  const size = `${page.width + 2 * MARGIN}:${page.height + 2 * MARGIN}`;
  const borders = [MARGIN, MARGIN, MARGIN, MARGIN].join(':');
  return [
    // Colours have the resolution of the rest meanwhile: else everything moves by pairs of pixels.
    'format=yuv444p',
    // The page's edges go on beyond it, so that no other colour bleeds in.
    `pad=${size}:${MARGIN}:${MARGIN}`,
    `fillborders=${borders}:mode=smear`,
    `crop=${page.width + MARGIN}:${page.height + MARGIN}:x='${by(({ shift }) => shift.x)}':y='${by(({ shift }) => shift.y)}'`,
    `scale=w='${by(({ scaled }) => scaled.width)}':h='${by(({ scaled }) => scaled.height)}':eval=frame:flags=bicubic`,
    `crop=${content.width}:${content.height}:x='${by(({ offset }) => offset.x)}':y='${by(({ offset }) => offset.y)}'`,
    // Next to each other: only the filter behind it learns of a size that changes.
    'format=yuv444p',
    'format=yuv420p',
  ];
}

interface Step {
  frame: number;
  value: number;
}

/** An expression of ffmpeg's for a value that changes at frames: a tree of comparisons, as deep as the logarithm of its steps. */
export function stepped(steps: readonly Step[], fps: number): string {
  const changes = steps.filter(({ value }, n) => n === 0 || value !== steps[n - 1]?.value);
  return tree(changes, { from: 0, to: changes.length, fps });
}

function tree(steps: readonly Step[], { from, to, fps }: { from: number; to: number; fps: number }): string {
  if (to - from <= 1) return String(steps[from]?.value ?? 0);
  const middle = Math.ceil((from + to) / 2);
  // Between two frames, so that rounded times never fall on the wrong side.
  const edge = (((steps[middle]?.frame ?? 0) - 0.5) / fps).toFixed(4);
  return `if(lt(t,${edge}),${tree(steps, { from, to: middle, fps })},${tree(steps, { from: middle, to, fps })})`;
}
