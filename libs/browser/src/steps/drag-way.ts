import type { Pace } from '@showrunner/contracts';

/** A mouse event on the way, and how long it is held back, ms. */
export interface WayPoint {
  params: Record<string, unknown>;
  waitMs: number;
}

/** How many points lie between the two ends of a drag, and the time between them, by pace. */
const WAYS: Record<Pace, { points: number; waitMs: number }> = {
  slow: { points: 30, waitMs: 32 },
  normal: { points: 24, waitMs: 26 },
  fast: { points: 14, waitMs: 20 },
  none: { points: 6, waitMs: 8 },
};

/**
 * A driver's drag is one jump from the place where the button goes down to the place where it comes up. Hands do not jump, and lists that
 * are sorted by pointer events do not notice a jump: the way between is filled in.
 */
export class DragWay {
  private from: { x: number; y: number } | undefined;
  private isLeft = true;
  private way: { points: number; waitMs: number } | undefined;

  /** Call before each action: only a drag has a way. */
  begin(pace: Pace, isDrag: boolean): void {
    this.way = isDrag ? WAYS[pace] : undefined;
  }

  /** What is to be sent before this event of the driver; empty for all but the move of a drag. */
  readonly before = (method: string, params: Record<string, unknown>): WayPoint[] => {
    if (method !== 'Input.dispatchMouseEvent') return [];
    const to = { x: Number(params['x']), y: Number(params['y']) };
    const type = params['type'];
    if (type === 'mousePressed') this.isLeft = params['button'] === 'left';
    const { from, way } = this;
    this.from = to;
    const isPulled = type === 'mouseMoved' && Number(params['buttons'] ?? 0) === 1 && this.isLeft;
    if (way === undefined || from === undefined || !isPulled) return [];
    return Array.from({ length: way.points }, (_, at) => {
      const share = eased((at + 1) / (way.points + 1));
      const x = Math.round(from.x + (to.x - from.x) * share);
      const y = Math.round(from.y + (to.y - from.y) * share);
      return { params: { ...params, x, y }, waitMs: way.waitMs };
    });
  };
}

const eased = (share: number): number => share * share * (3 - 2 * share);
