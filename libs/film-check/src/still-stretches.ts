import { lumaOf, meanDifference, type Gray } from './gray';

/** Longer than this nothing may stand still while its take moves. */
const FROZEN_MS = 900;
/** Black is 16 in limited range. */
const DARKEST = 24;
const EVENEST = 3;
/** A single pixel as bright as this, and nothing is black. */
const LIGHT = 60;
/** An encoder lets still pictures shimmer by so much. */
const SHIMMER = 0.35;

/** A stretch of the film, ms, and a picture of it. */
export interface Stretch {
  startMs: number;
  endMs: number;
  picture: Gray;
}

function isBlack(picture: Gray): boolean {
  for (const value of picture.data) if (value > LIGHT) return false;
  const { mean, deviation } = lumaOf(picture);
  return mean < DARKEST && deviation < EVENEST;
}

/** Finds, picture by picture, where a film is black and where it stands still. Small pictures do. */
export class StillStretches {
  readonly black: Stretch[] = [];
  private readonly stills: Stretch[] = [];
  private reference: Gray | null = null;
  private since = 0;

  constructor(private readonly frameMs: number) {}

  look(picture: Gray, atMs: number): void {
    if (isBlack(picture)) this.extendBlack(picture, atMs);
    if (this.reference === null || meanDifference(this.reference, picture) > SHIMMER) {
      this.closeStill(atMs);
      this.reference = picture;
      this.since = atMs;
    }
  }

  /** Stretches of at least `FROZEN_MS` in which nothing changes; `endMs` is the end of the film. */
  frozen(endMs: number): Stretch[] {
    this.closeStill(endMs);
    this.since = endMs;
    return this.stills;
  }

  private extendBlack(picture: Gray, atMs: number): void {
    const last = this.black.at(-1);
    if (last !== undefined && atMs <= last.endMs + this.frameMs / 2) last.endMs = atMs + this.frameMs;
    else this.black.push({ startMs: atMs, endMs: atMs + this.frameMs, picture });
  }

  private closeStill(atMs: number): void {
    if (this.reference !== null && atMs - this.since >= FROZEN_MS)
      this.stills.push({ startMs: this.since, endMs: atMs, picture: this.reference });
  }
}
