import type { Pace } from '@showrunner/contracts';
import { DragWay } from './drag-way';
import type { Stability } from './wait-until-stable';

/** The pauses of a person, ms. */
export interface PaceTimings {
  /** Nothing happens before a pointer action: the pointer drawn at export travels in this time. */
  stillMs: number;
  /** The pointer rests on the target before the button goes down, so that hover looks are seen. */
  hoverMs: number;
  /** Longer still, before something is chosen from a list that the film draws: so long it is open. */
  listMs: number;
  keyMinMs: number;
  keyMaxMs: number;
  /** A longer text is typed faster per key, so that nobody watches typing for longer than this. */
  typingMaxMs: number;
  /** After the page of a feature was opened. */
  opened: Stability;
  /** After a verified step the result is shown once it is stable: a viewer must see what was verified, not a page that is still building. */
  shown: Stability;
  /** Writing and pointing change little, and the next step follows at once. */
  written: Stability;
}

/** Nobody watches: a look at the page must only not be one at a page that is still building. */
export const UNWATCHED: Stability = { stableMs: 60, maxMs: 300, unwatched: true };

export const PACES: Record<Pace, PaceTimings> = {
  slow: {
    stillMs: 560,
    hoverMs: 220,
    listMs: 1100,
    keyMinMs: 80,
    keyMaxMs: 120,
    typingMaxMs: 8000,
    opened: { stableMs: 400, maxMs: 3000 },
    shown: { stableMs: 1000, maxMs: 4000 },
    written: { stableMs: 320, maxMs: 1200 },
  },
  normal: {
    stillMs: 320,
    hoverMs: 130,
    listMs: 850,
    keyMinMs: 45,
    keyMaxMs: 70,
    typingMaxMs: 5000,
    opened: { stableMs: 240, maxMs: 2500 },
    shown: { stableMs: 500, maxMs: 3000 },
    written: { stableMs: 160, maxMs: 800 },
  },
  fast: {
    stillMs: 160,
    hoverMs: 60,
    listMs: 500,
    keyMinMs: 20,
    keyMaxMs: 32,
    typingMaxMs: 2500,
    opened: { stableMs: 160, maxMs: 2000 },
    shown: { stableMs: 260, maxMs: 2000 },
    written: { stableMs: 100, maxMs: 500 },
  },
  none: {
    stillMs: 0,
    hoverMs: 0,
    listMs: 0,
    keyMinMs: 0,
    keyMaxMs: 0,
    typingMaxMs: 0,
    // As soon as the page has all that it asked for, and a moment to show it.
    opened: { stableMs: 240, idleMs: 100, maxMs: 2500, unwatched: true },
    shown: UNWATCHED,
    written: UNWATCHED,
  },
};

/** Deterministic numbers in [0, 1) from a text (mulberry32 over FNV-1a). */
export const seededRandom = (seed: string): (() => number) => {
  let state = 0x811c9dc5;
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/**
 * Gives the driver's input events a human pace on their way to the browser: one MCP call types a whole text at once, its keys leave
 * with a person's gaps. Also notes when the page first got input, which is the moment of the click.
 */
export class InputPacer {
  readonly dragWay = new DragWay();
  private random = seededRandom('');
  private timings = PACES.none;
  private keyScale = 1;
  private firstInput: number | undefined;
  private released = false;
  private releasedAt: number | undefined;
  private onDelivered: () => void = () => undefined;
  private wholeInput = Promise.resolve();

  /** Call before each tool call. `keys` is the number of keys it will press. */
  begin(options: { pace: Pace; seed: string; keys: number; isDrag?: boolean }): void {
    this.dragWay.begin(options.pace, options.isDrag === true);
    this.timings = PACES[options.pace];
    this.random = seededRandom(options.seed);
    const { keyMinMs, keyMaxMs, typingMaxMs } = this.timings;
    const mean = (keyMinMs + keyMaxMs) / 2;
    this.keyScale = Math.min(1, typingMaxMs / Math.max(1, options.keys * mean));
    this.firstInput = undefined;
    this.released = false;
    this.releasedAt = undefined;
    this.wholeInput = new Promise((resolve) => (this.onDelivered = resolve));
  }

  /** Unix ms of the first press of the current call, if the page got one. */
  get actedAt(): number | undefined {
    return this.firstInput;
  }

  /** Whether the button or key came up again: the page has had the whole click. */
  get isDelivered(): boolean {
    return this.released;
  }

  /** Resolves when the current call's input is delivered; never where it needs none. */
  get delivered(): Promise<void> {
    return this.wholeInput;
  }

  /** How long the mouse button of the current call was down, ms; 0 when it was not. */
  get heldMs(): number {
    return Math.max(0, (this.releasedAt ?? 0) - (this.firstInput ?? this.releasedAt ?? 0));
  }

  readonly delayOf = (method: string, params: Record<string, unknown>): number => {
    const { keyMinMs, keyMaxMs, hoverMs } = this.timings;
    if (isKey(method, params))
      return Math.round((keyMinMs + this.random() * (keyMaxMs - keyMinMs)) * this.keyScale);
    return method === 'Input.dispatchMouseEvent' && params['type'] === 'mousePressed' ? hoverMs : 0;
  };

  readonly note = (method: string, params: Record<string, unknown>): void => {
    const type = params['type'];
    const isPress = method === 'Input.dispatchMouseEvent' && type === 'mousePressed';
    if (isPress || isKey(method, params)) this.firstInput ??= Date.now();
    if (type === 'mouseReleased' || type === 'keyUp') {
      this.released = true;
      this.onDelivered();
    }
    // A drag of the browser's own ends with a drop, not with a button that comes up.
    if (type === 'mouseReleased' || type === 'drop') this.releasedAt ??= Date.now();
  };
}

const isKey = (method: string, params: Record<string, unknown>): boolean =>
  method === 'Input.insertText' ||
  (method === 'Input.dispatchKeyEvent' && (params['type'] === 'keyDown' || params['type'] === 'rawKeyDown'));
