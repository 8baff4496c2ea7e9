import type { BuildSpec, Reason } from '@showrunner/contracts';

/** What one detector found in a folder, before overrides; the folder is filled in by the caller. */
export interface Draft extends Omit<BuildSpec, 'dir' | 'others' | 'frameworkVersion' | 'container'> {
  /**
   * How sure we are that this is an app to be looked at in a browser: 3 a known web framework or a web start script, 2 a server of
   * some kind, 1 only a guess.
   */
  confidence: 1 | 2 | 3;
  container?: BuildSpec['container'];
  frameworkVersion?: string | null;
}

export const because = (what: Reason['what'], sentence: string): Reason => ({ what, because: sentence });

/** Facts about the machine inside the sandbox. */
export interface Runtimes {
  /** e.g. `20.20.2`. */
  node: string;
  /** e.g. `3.11.2`. */
  python: string;
  /** e.g. `1.22.2`; null when there is no Go. */
  go: string | null;
}
export const DEFAULT_RUNTIMES: Runtimes = { node: '20.19.0', python: '3.11.0', go: null };

/** Tools of ours live here; the folder is never part of a checkpoint. */
export const TOOLS_FOLDER = '/app/.showrunner';
export const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';
