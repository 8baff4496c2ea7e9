export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks `probe` every `everyMs` until it answers something other than undefined or the time is up (then undefined). Asks at least once. */
export const waitUntil = async <T>(
  probe: () => Promise<T | undefined>,
  deadline: number,
  everyMs = 50,
): Promise<T | undefined> => {
  for (;;) {
    const answer = await probe();
    if (answer !== undefined || Date.now() >= deadline) return answer;
    await pause(Math.min(everyMs, Math.max(0, deadline - Date.now())));
  }
};
