import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically } from '../../tooling/stamps.mjs';
import type { ProcessReport } from './managed-process';
import { isAlive } from './process-table';
import type { PlatformSettings } from './settings';

export interface PlatformUrls {
  /** REST API, `<gateway>/api`. */
  api: string;
  /** Port of the preview listener; each sandbox has its own host name there. */
  preview: string;
  temporalUi: string | null;
}

/** What the supervisor writes for everybody else: `<home>/platform.json`. */
export interface PlatformState {
  version: 1;
  state: 'starting' | 'ready' | 'stopping' | 'stopped' | 'failed';
  /** The supervisor. */
  pid: number;
  startTime: string;
  startedAt: string;
  home: string;
  ports: PlatformSettings['ports'];
  urls: PlatformUrls;
  components: ProcessReport[];
  failure?: { code: string; message: string; remedy?: string };
}

export function readState(home: string): PlatformState | undefined {
  try {
    return JSON.parse(readFileSync(join(home, 'platform.json'), 'utf8')) as PlatformState;
  } catch (error) {
    // Never started, or written by something else: nothing we could say about it.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The state of a platform whose supervisor lives; undefined when none runs. */
export function readRunningState(home: string): PlatformState | undefined {
  const state = readState(home);
  return state && isAlive(state) ? state : undefined;
}

export function writeState(home: string, state: PlatformState): void {
  writeFileAtomically(join(home, 'platform.json'), `${JSON.stringify(state, null, 2)}\n`);
}

export function urlsOf(settings: PlatformSettings): PlatformUrls {
  const { ports } = settings;
  return {
    api: `http://127.0.0.1:${ports.gateway}/api`,
    preview: `http://<sandbox>.preview.localhost:${ports.preview}`,
    temporalUi: settings.components.includes('temporal') ? `http://127.0.0.1:${ports.temporalUi}` : null,
  };
}
