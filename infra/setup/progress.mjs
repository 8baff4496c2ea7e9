const stillWorkingAfterMs = 10_000;

/** @param {number} ms */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/**
 * Prints a line when a step starts, every ten seconds while it works (with the last thing it said), and when it ends.
 * @param {(line: string) => void} print
 * @returns {import('./steps.mjs').Progress & { close: () => void }}
 */
export function lineProgress(print) {
  /** @type {Map<string, { startedAt: number, detail: string }>} */
  const working = new Map();
  const timer = setInterval(() => {
    for (const [name, { startedAt, detail }] of working) {
      print(`  …  ${name.padEnd(16)} ${seconds(performance.now() - startedAt).padStart(8)}  ${detail}`);
    }
  }, stillWorkingAfterMs);
  timer.unref();
  return {
    started: (name) => working.set(name, { startedAt: performance.now(), detail: '' }),
    detail: (name, detail) => {
      const entry = working.get(name);
      if (entry) entry.detail = detail.slice(0, 120);
    },
    ended: ({ name, state, ms, summary }) => {
      working.delete(name);
      const mark = { done: '✓', failed: '✗', skipped: '-' }[state];
      print(`  ${mark}  ${name.padEnd(16)} ${seconds(ms).padStart(8)}  ${summary.split('\n')[0]}`);
    },
    close: () => clearInterval(timer),
  };
}
