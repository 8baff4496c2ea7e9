import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { requireTool } from '@showrunner/config';
import { freePorts } from './scratch';

const PORTS = [
  ...[
    'GATEWAY_PORT',
    'PREVIEW_PORT',
    'PROJECT_PORT',
    'SANDBOX_PORT',
    'INTENT_PORT',
    'EDITOR_PORT',
    'WORKER_PORT',
  ],
  ...['TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'POSTGRES_PORT', 'REDIS_PORT'],
];
const PROGRAM = 'infra/bin/showrunner.mjs';
const LONGEST_MS = 240_000;

export interface PlatformStatus {
  residentBytes: number;
  components: { name: string; readyMs: number | null; residentBytes: number }[];
}

export interface OwnPlatform {
  up(): Promise<void>;
  status(): Promise<PlatformStatus>;
  film(source: string, out: string): Promise<void>;
  down(): Promise<void>;
}

/**
 * The whole platform beside any other: a data folder and ports of its own, handled by the command line as a user would.
 * @param root the repository that it is built in; default: this one
 */
export async function ownPlatform(home: string, root = process.cwd()): Promise<OwnPlatform> {
  const ports = await freePorts(PORTS.length);
  const env = {
    ...process.env,
    SHOWRUNNER_HOME: home,
    SHOWRUNNER_ENV_FILE: '/dev/null',
    // Another build has none of its own.
    TEMPORAL_CLI_PATH: requireTool('temporal').path,
    ...Object.fromEntries(PORTS.map((name, index) => [name, String(ports[index])])),
  };
  const showrunner = (program: string, ...args: string[]): Promise<{ stdout: string }> =>
    promisify(execFile)(process.execPath, [program, ...args], {
      cwd: root,
      env,
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
      maxBuffer: 16 * 1024 ** 2,
    });
  // The supervisor's own program: what is installed is not checked again.
  const platform = (...args: string[]) => showrunner('infra/dist/platform.mjs', ...args);
  return {
    up: async () => void (await platform('up', '--quiet')),
    status: async () => JSON.parse((await platform('status', '--json')).stdout) as PlatformStatus,
    film: async (source, out) => void (await showrunner(PROGRAM, 'film', source, '--out', out)),
    down: async () => void (await platform('down')),
  };
}
