import type { AppError, AppService, BuildSpec, Reason } from '@showrunner/contracts';

/** What one detector found in a folder, before overrides; the folder is filled in by the caller. */
export interface Draft extends Omit<BuildSpec, 'dir' | 'others' | 'frameworkVersion' | 'container'> {
  /**
   * How sure we are that this is an app to be looked at in a browser: 3 a known web framework or a web start script, 2 a server of
   * some kind, 1 only a guess.
   */
  confidence: 1 | 2 | 3;
  /** It brings a database of its own, and its settings name no server unless they are told to. */
  hasOwnDatabase?: boolean;
  container?: BuildSpec['container'];
  frameworkVersion?: string | null;
  /** Why it cannot be run as its source asks; thrown when this is the app that was chosen. */
  refusal?: AppError | undefined;
}

export const because = (what: Reason['what'], sentence: string): Reason => ({ what, because: sentence });

/** What there is to run apps on. */
export interface Runtimes {
  /** Of the sandbox itself, e.g. `20.20.2`. */
  node: string;
  /** e.g. `3.11.2`. */
  python: string;
  /** e.g. `1.22.2`; null when there is no Go. */
  go: string | null;
  /** Versions of Node that the registry has for this machine; those of a table of ours when they are not known. */
  nodeReleases?: readonly string[] | undefined;
  /** Versions of Node that the platform fetched lie below RUNTIMES_FOLDER; else the install fetches its own. */
  shared?: boolean;
  /** Debian systems can be put beneath the sandbox. */
  systems?: boolean;
  /** A Debian system is beneath the sandbox in any case, and the host's own programs are not there. */
  onDebian?: boolean;
  /** Servers that run beside the app. */
  services?: readonly AppService['kind'][];
  /** As the registry's packages call it: `x64`, `arm64`. */
  arch?: 'x64' | 'arm64';
  /** What the user asks for instead of what the source pins. */
  asked?: { language: string; version: string } | undefined;
}
export const DEFAULT_RUNTIMES: Runtimes = { node: '20.19.0', python: '3.11.0', go: null };

/** What the platform fetched, shared by all sandboxes, which can read it only. */
export const RUNTIMES_FOLDER = '/showrunner/runtimes';

/** Tools of ours live here; the folder is never part of a checkpoint. */
export const TOOLS_FOLDER = '/app/.showrunner';
export const SYSTEM_PATH = '/usr/local/bin:/usr/bin:/bin';
