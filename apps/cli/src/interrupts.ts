import type { ApiClient } from '@showrunner/api-client';

export type Interruption = 'none' | 'cancelled' | 'killed';

/** A terminal sends Ctrl-C to every process of the command, and one may pass it on to another: what comes so close is one key press. */
const SAME_PRESS_MS = 300;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * What Ctrl-C means while a run is watched: the first cancels it, the second kills it. Pressed before the run exists, it ends the command
 * as soon as nothing would be left behind. The platform stays up.
 */
export class Interrupts {
  private presses = 0;
  private lastPress = Number.NEGATIVE_INFINITY;
  private run: { api: ApiClient; id: string } | undefined;
  private readonly onSignal = (): void => this.press(performance.now());

  constructor(private readonly say: (line: string) => void) {}

  listen(): void {
    for (const signal of SIGNALS) process.on(signal, this.onSignal);
  }

  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.onSignal);
  }

  get interruption(): Interruption {
    return this.presses === 0 ? 'none' : this.presses === 1 ? 'cancelled' : 'killed';
  }

  /** From now on there is a run to stop; one that was interrupted already is stopped at once. */
  watch(api: ApiClient, id: string): void {
    this.run = { api, id };
    if (this.presses > 0) this.stop();
  }

  press(nowMs: number): void {
    if (nowMs - this.lastPress < SAME_PRESS_MS) return;
    this.lastPress = nowMs;
    this.presses += 1;
    if (this.run) this.stop();
    else this.say('Stopping …');
  }

  private stop(): void {
    if (!this.run) return;
    const { api, id } = this.run;
    const how = this.presses === 1 ? 'cancel' : 'kill';
    this.say(how === 'cancel' ? 'Cancelling the run (Ctrl-C again kills it) …' : 'Killing the run …');
    // It may have ended meanwhile; following it tells.
    api.repeatedly
      .POST(`/runs/{id}/${how}`, { params: { path: { id } } })
      .catch((error: Error) => this.say(error.message));
  }
}
