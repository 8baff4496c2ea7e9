/** Milliseconds of human pace. */
export const PACE = {
  /** Nothing happens before a pointer action: the pointer drawn at export travels in this time. */
  stillMs: 320,
  /** The pointer rests on the target before the button goes down, so that hover looks are seen. */
  hoverMs: 130,
  keyMinMs: 45,
  keyMaxMs: 70,
  /** A longer text is typed faster per key, so that nobody watches typing for longer than this. */
  typingMaxMs: 5000,
} as const;

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
  private random = seededRandom('');
  private fast = true;
  private keyScale = 1;
  private firstInput: number | undefined;
  private released = false;

  /** Call before each tool call. `keys` is the number of keys it will press. */
  begin(options: { fast: boolean; seed: string; keys: number }): void {
    this.fast = options.fast;
    this.random = seededRandom(options.seed);
    const mean = (PACE.keyMinMs + PACE.keyMaxMs) / 2;
    this.keyScale = Math.min(1, PACE.typingMaxMs / Math.max(1, options.keys * mean));
    this.firstInput = undefined;
    this.released = false;
  }

  /** Unix ms of the first press of the current call, if the page got one. */
  get actedAt(): number | undefined {
    return this.firstInput;
  }

  /** Whether the button or key came up again: the page has had the whole click. */
  get isDelivered(): boolean {
    return this.released;
  }

  readonly delayOf = (method: string, params: Record<string, unknown>): number => {
    if (this.fast) return 0;
    if (isKey(method, params))
      return Math.round((PACE.keyMinMs + this.random() * (PACE.keyMaxMs - PACE.keyMinMs)) * this.keyScale);
    return method === 'Input.dispatchMouseEvent' && params['type'] === 'mousePressed' ? PACE.hoverMs : 0;
  };

  readonly note = (method: string, params: Record<string, unknown>): void => {
    const type = params['type'];
    const isPress = method === 'Input.dispatchMouseEvent' && type === 'mousePressed';
    if (isPress || isKey(method, params)) this.firstInput ??= Date.now();
    if (type === 'mouseReleased' || type === 'keyUp') this.released = true;
  };
}

const isKey = (method: string, params: Record<string, unknown>): boolean =>
  method === 'Input.insertText' ||
  (method === 'Input.dispatchKeyEvent' && (params['type'] === 'keyDown' || params['type'] === 'rawKeyDown'));
