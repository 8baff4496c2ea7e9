import type { Condition, Feature, PageSnapshot, Verdict } from '@showrunner/contracts';

/** How a step went, and what a claim of it rests on. */
export interface PerformedStep {
  verified: boolean;
  /** `refuted`: the app said no, so what it shows is no success. */
  verdict?: Verdict;
  error?: string;
  /** Page or server said that it was kept: then it has to be there when the page is loaded again. */
  claimsToLast?: boolean;
  /** The app's server was sent something for it, and took it. */
  sent?: boolean;
  /** What would prove it changes by itself: nobody may claim it, also where no one has looked. */
  byItself?: boolean;
  /** The app's server refused it, this time. */
  refusedByServer?: boolean;
}

/** Carries out features fast in a session that nobody films. */
export interface RehearsalPerformer {
  snapshot(): Promise<PageSnapshot>;
  /** Brings the page to the feature's start; the error is one sentence. */
  begin(feature: Feature): Promise<{ error?: string }>;
  /** One step with its condition, without human pace. */
  perform(feature: Feature, stepIndex: number): Promise<PerformedStep>;
  /**
   * Resolves when nobody has touched the page for so long: what changes meanwhile changes by itself.
   * @param isLeft after a look at it the page may be loaded anew, or another one is: then its time may be made to pass at once
   * @returns whether it was: then the page can only be looked at
   */
  leaveAlone(ms: number, isLeft?: boolean): Promise<boolean>;
  /** When so many ms will have passed since what was done last asked the app's server for something, Unix ms; 0 when nothing has. */
  serverRestedAt(ms: number): number;
  /** Resolves at a time, Unix ms. */
  until(atMs: number): Promise<void>;
  /** Remembers what the app keeps in the browser; calling the answer brings that back. */
  keepStorage(): Promise<() => Promise<void>>;
  /** Judges the last step once more, by what page and server have said since, and by what it is held to have brought about. */
  lookAgain(success: Condition): Promise<{ verified: boolean; error?: string }>;
  /** Loads the page again, or another one, off camera, with the app's storage as it is. */
  reload(path?: string): Promise<PageSnapshot>;
}
