/**
 * Waits for whoever listens to output, while nothing is read, and therefore no sign of life is heard.
 * @param beat called so often meanwhile
 */
export function patience(
  beat: () => void,
  everyMs: number,
): { wait(listener: Promise<void>): Promise<void>; giveUp(): void } {
  let giveUp = (): void => undefined;
  const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
  return {
    async wait(listener) {
      const timer = setInterval(beat, everyMs);
      try {
        await Promise.race([listener.catch(() => undefined), givenUp]);
      } finally {
        clearInterval(timer);
        beat();
      }
    },
    giveUp: () => giveUp(),
  };
}
