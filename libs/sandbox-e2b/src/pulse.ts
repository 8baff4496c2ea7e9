/** Calls `onSilence` once when no beat came for so long. */
export function watchPulse(silenceMs: number, onSilence: () => void): { beat(): void; stop(): void } {
  const timer = setTimeout(onSilence, silenceMs);
  let stopped = false;
  return {
    beat() {
      if (!stopped) timer.refresh();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
