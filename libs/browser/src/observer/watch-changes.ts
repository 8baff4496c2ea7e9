import { drawingOf, isMoving } from './page-semantics';

/** Parts of the page that change without anybody, and how long it has been left alone. Kept in the isolated world. */
interface Watch {
  /** Elements whose visible content changed by itself. */
  restless: Set<Element>;
  /** Unix ms since when changes count; undefined while the page is still being built. */
  settledAt: number | undefined;
  inputAt: number;
  /** Unix ms of the last change of any part that does not change by itself. */
  changedAt: number;
  /** Somebody acts: what changes now is not by itself. */
  attended: boolean;
}

/**
 * Runs inside the page, once a document: from when the page has settled it notes which small parts of it change while nobody touches them.
 * It costs no look at the page: clocks, tickers, counters and carousels are known by the time an action is judged.
 */
export function watchChanges(): void {
  /** What changes within this time after an input may be its effect. */
  const afterInputMs = 1500;
  /** A part with more text than this is a region of the page; it is restless only when it changes again and again. */
  const smallText = 300;
  const often = 3;
  const watch: Watch = {
    ...{ restless: new Set(), settledAt: undefined, inputAt: 0, changedAt: Date.now(), attended: false },
  };
  const counts = new WeakMap<Element, number>();
  (globalThis as { showrunnerWatch?: Watch }).showrunnerWatch = watch;
  for (const type of ['keydown', 'pointerdown', 'input', 'change', 'click'])
    addEventListener(type, () => (watch.inputAt = Date.now()), { capture: true, passive: true });
  const textOf = (nodes: NodeList): string => [...nodes].map((node) => node.textContent ?? '').join('');
  const isUntouched = (now: number): boolean =>
    watch.settledAt !== undefined && !watch.attended && now - watch.inputAt >= afterInputMs;
  // What is drawn leaves no trace in the document: canvases are looked at again and again.
  const drawn = new WeakMap<Element, string>();
  setInterval(() => {
    for (const canvas of [...document.querySelectorAll('canvas')].slice(0, 4)) {
      if (canvas.width * canvas.height < 2500) continue;
      const picture = drawingOf(canvas);
      const was = drawn.get(canvas);
      drawn.set(canvas, picture);
      if (was !== undefined && was !== picture && isUntouched(Date.now())) watch.restless.add(canvas);
    }
  }, 400);
  const looksTheSame = (record: MutationRecord): boolean => {
    if (record.type === 'childList') return textOf(record.addedNodes) === textOf(record.removedNodes);
    const now =
      record.type === 'attributes'
        ? (record.target as Element).getAttribute(record.attributeName ?? '')
        : record.target.nodeValue;
    return now === record.oldValue;
  };
  const note = (records: MutationRecord[]): void => {
    const now = Date.now();
    if (!isUntouched(now)) return;
    for (const record of records) {
      const anchor = record.target instanceof Element ? record.target : record.target.parentElement;
      if (!anchor || watch.restless.size >= 500 || looksTheSame(record)) continue;
      const isSmall = (anchor.textContent ?? '').length <= smallText && anchor !== document.body;
      const times = (counts.get(anchor) ?? 0) + 1;
      counts.set(anchor, times);
      if (isSmall || (times >= often && anchor !== document.body)) watch.restless.add(anchor);
      else
        for (const node of record.addedNodes)
          if (node instanceof Element && (node.textContent ?? '').length <= smallText)
            watch.restless.add(node);
    }
  };
  const isSteady = ({ target }: MutationRecord): boolean => {
    for (let node: Node | null = target; node !== null; node = node.parentNode)
      if (watch.restless.has(node as Element)) return false;
    return true;
  };
  new MutationObserver((records) => {
    if (records.some(isSteady)) watch.changedAt = Date.now();
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  new MutationObserver(note).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    characterDataOldValue: true,
    attributes: true,
    attributeOldValue: true,
    attributeFilter: [
      'class',
      'style',
      'src',
      'hidden',
      'open',
      'aria-hidden',
      'aria-selected',
      'aria-current',
      'aria-expanded',
      'aria-pressed',
      'aria-checked',
    ],
  });
}

/** Runs inside the page: it is built, and what changes from now on without an input changes by itself. */
export function settle(): void {
  const watch = (globalThis as { showrunnerWatch?: Watch }).showrunnerWatch;
  if (watch) watch.settledAt ??= Date.now();
}

/** Runs inside the page: whether somebody acts from now on. */
export function attend(isAttended: boolean): void {
  const watch = (globalThis as { showrunnerWatch?: Watch }).showrunnerWatch;
  if (!watch) return;
  watch.attended = isAttended;
  // Whoever has acted has waited for the page before.
  if (!isAttended) watch.settledAt ??= Date.now();
}

/** Runs inside the page: for how many ms it has been watched with nobody touching it. */
export function leftAloneMs(): number {
  const watch = (globalThis as { showrunnerWatch?: Watch }).showrunnerWatch;
  if (watch?.settledAt === undefined || watch.attended) return 0;
  return Date.now() - Math.max(watch.settledAt, watch.inputAt === 0 ? 0 : watch.inputAt + 1500);
}

/**
 * Runs inside the page: resolves when nothing has changed and nobody has touched it for so long, and nothing slides or fades; false when that has not
 * come within `maxMs`, or parts of the page (`deep`) cannot be watched.
 */
export function whenQuiet(quietMs: number, maxMs: number): Promise<boolean> | boolean {
  const { showrunnerWatch: watch, showrunnerDeep: deep } = globalThis as {
    showrunnerWatch?: Watch;
    showrunnerDeep?: boolean;
  };
  if (!watch || deep === true) return false;
  const until = Date.now() + maxMs;
  return new Promise((resolve) => {
    const look = (): void => {
      const now = Date.now();
      const left = isMoving() ? 16 : Math.max(watch.changedAt, watch.inputAt) + quietMs - now;
      if (left <= 0 || now >= until) resolve(left <= 0);
      else setTimeout(look, Math.min(left, until - now));
    };
    look();
  });
}

/** Runs inside the page: resolves with the next change of it, or after so many ms. */
export function whenChanged(maxMs: number): Promise<void> {
  const watch = (globalThis as { showrunnerWatch?: Watch }).showrunnerWatch;
  const from = watch?.changedAt;
  const until = Date.now() + maxMs;
  return new Promise((resolve) => {
    const look = (): void => {
      if (watch?.changedAt !== from || Date.now() >= until) resolve();
      else setTimeout(look, 8);
    };
    look();
  });
}

/** Runs inside the page: whether it lives by timers and animations. What plays has its own time, and so has a service worker. */
export function livesByTimers(): boolean {
  return (
    navigator.serviceWorker?.controller == null &&
    ![...document.querySelectorAll<HTMLMediaElement>('video, audio')].some((media) => !media.paused)
  );
}

/** Runs inside the page: its animations and transitions are so many ms further on. */
export function forwardAnimations(ms: number): void {
  for (const animation of document.getAnimations())
    if (animation.playState === 'running' && animation.timeline === document.timeline)
      animation.currentTime = Number(animation.currentTime ?? 0) + ms;
}

/** Sent into the page. */
export const WATCH_FUNCTIONS = [
  watchChanges,
  settle,
  attend,
  leftAloneMs,
  whenQuiet,
  whenChanged,
  livesByTimers,
  forwardAnimations,
];
