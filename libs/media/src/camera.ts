import type { Box } from '@showrunner/contracts';
import { FPS, type Timeline } from '@showrunner/timeline';
import { cameraTargets, type CameraTarget } from './camera-targets';
import type { Stage } from './stage';

interface Move extends CameraTarget {
  /** Where the camera was when it began to move. */
  from: Box;
}

/** What part of the page is seen, at every moment of the film. */
export class Camera {
  private readonly moves: readonly Move[];

  constructor(
    timeline: Timeline,
    readonly stage: Pick<Stage, 'content'>,
    /** Frames a second of the film. */
    readonly fps: number = FPS,
  ) {
    const moves: Move[] = [];
    for (const target of cameraTargets(timeline, stage.content)) {
      const from = moves.length === 0 ? target.view : at(moves, target.atMs);
      moves.push({ ...target, from });
    }
    this.moves = moves;
  }

  /** The part of the page that is seen, in its pixels. */
  viewAt(ms: number): Box {
    return at(this.moves, ms);
  }

  /** Names what is seen at a frame: equal as long as the camera stands still. */
  shotAt(frame: number): string {
    const n = indexAt(this.moves, (frame * 1000) / this.fps);
    const move = this.moves[n];
    const isMoving = move !== undefined && (frame * 1000) / this.fps < move.atMs + move.easeMs;
    return isMoving ? `m${frame}` : `s${n}`;
  }

  /** Frames at which the view changes, with what is seen from then on; the first is frame 0. */
  *shots(): Generator<{ frame: number; view: Box }> {
    let last = -1;
    for (const [n, move] of this.moves.entries()) {
      const first = n === 0 ? 0 : Math.ceil((move.atMs * this.fps) / 1000);
      const settled = Math.max(first, Math.ceil(((move.atMs + move.easeMs) * this.fps) / 1000));
      const next = this.moves[n + 1];
      const end = next === undefined ? Infinity : Math.ceil((next.atMs * this.fps) / 1000);
      for (let frame = first; frame <= settled && frame < end; frame += 1) {
        if (frame <= last) continue;
        last = frame;
        yield { frame, view: this.viewAt((frame * 1000) / this.fps) };
      }
    }
  }

  /** Where a place of the page stands in the film's picture at a moment. */
  toFilm<Place extends { x: number; y: number }>(place: Place, ms: number): { x: number; y: number } {
    const { content } = this.stage;
    const view = this.viewAt(ms);
    const by = this.scalesAt(ms);
    return { x: content.x + (place.x - view.x) * by.x, y: content.y + (place.y - view.y) * by.y };
  }

  boxToFilm(box: Box, ms: number): Box {
    const by = this.scalesAt(ms);
    return { ...this.toFilm(box, ms), width: box.width * by.x, height: box.height * by.y };
  }

  /** Pixels of the film that one of the page becomes, along each axis: a window of whole pixels has not quite the page's shape. */
  private scalesAt(ms: number): { x: number; y: number } {
    const { content } = this.stage;
    const { width, height } = this.viewAt(ms);
    return { x: content.width / width, y: content.height / height };
  }
}

function indexAt(moves: readonly Move[], ms: number): number {
  let low = 0;
  let high = moves.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((moves[middle]?.atMs ?? 0) <= ms) low = middle;
    else high = middle - 1;
  }
  return low;
}

function at(moves: readonly Move[], ms: number): Box {
  const move = moves[indexAt(moves, ms)];
  if (move === undefined) throw new RangeError('a camera has at least where it begins');
  const { from, view, atMs, easeMs } = move;
  const share = easeMs <= 0 ? 1 : eased(Math.min(1, Math.max(0, (ms - atMs) / easeMs)));
  const mix = (a: number, b: number): number => a + (b - a) * share;
  return {
    x: mix(from.x, view.x),
    y: mix(from.y, view.y),
    width: mix(from.width, view.width),
    height: mix(from.height, view.height),
  };
}

/** Sets off at once and settles softly, as a spring without a swing does: no speed and no jerk at either end. */
function eased(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
