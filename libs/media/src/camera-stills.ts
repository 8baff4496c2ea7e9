import type { Span } from '@showrunner/timeline';
import type { Camera } from './camera';

/** The stretches of a span in which the camera does not move: frames, where it does. Together they are the whole span. */
export function cameraStills({ startMs, endMs }: Span, camera: Camera): Span[] {
  const [first = 0, end = 0] = [startMs, endMs].map((ms) => Math.round((ms * camera.fps) / 1000));
  const found: (Span & { shot: string })[] = [];
  for (let frame = first; frame < end; frame += 1) {
    const shot = camera.shotAt(frame);
    const last = found.at(-1);
    const toMs = ((frame + 1) * 1000) / camera.fps;
    if (last?.shot === shot) last.endMs = toMs;
    else found.push({ startMs: (frame * 1000) / camera.fps, endMs: toMs, shot });
  }
  const last = found.at(-1);
  if (last !== undefined) last.endMs = endMs;
  if (found[0] !== undefined) found[0].startMs = startMs;
  return found.map(({ shot: _, ...span }) => span);
}
