import type { BuildPlan } from '@showrunner/contracts';

/** What one detector found in a folder, before overrides; `dir` is filled in by the caller. */
export interface Draft extends Omit<BuildPlan, 'dir'> {
  /**
   * How sure we are that this is an app to be looked at in a browser: 3 a known web framework or a web start script, 2 a server of
   * some kind, 1 only a guess.
   */
  confidence: 1 | 2 | 3;
}

/** Facts about the machine inside the sandbox. */
export interface Runtimes {
  /** e.g. `20.20.2`. */
  node: string;
  /** e.g. `3.11.2`. */
  python: string;
}
export const DEFAULT_RUNTIMES: Runtimes = { node: '20.19.0', python: '3.11.0' };

/** Tools of ours live here; the folder is never part of a checkpoint. */
export const TOOLS_FOLDER = '/app/.showrunner';
export const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';

/** `a b` for a shell; leaves plain words as they are. */
export const quote = (word: string): string =>
  /^[A-Za-z0-9_./:@=+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
