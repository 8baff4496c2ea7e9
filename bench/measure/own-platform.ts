import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** Its REST API, by the operator's key. */
export interface PlatformApi {
  url: string;
  key: string;
  /** @throws TypeError for an answer that is no success */
  ask<Answer>(method: string, path: string, body?: object): Promise<Answer>;
  /** Asks again and again until what is answered holds. @throws TypeError after `longestMs` */
  until(
    path: string,
    holds: (answer: Record<string, unknown>) => boolean,
    longestMs: number,
    everyMs: number,
  ): Promise<void>;
}

export interface OwnPlatform {
  up(): Promise<void>;
  status(): Promise<PlatformStatus>;
  film(source: string, out: string): Promise<void>;
  /** Once it is up. */
  api(): Promise<PlatformApi>;
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
    api: async () => apiAt(`http://127.0.0.1:${ports[0]}`, await keyOf(home)),
    down: async () => void (await platform('down')),
  };
}

async function keyOf(home: string): Promise<string> {
  const { apiKey } = JSON.parse(await readFile(join(home, 'secrets.json'), 'utf8')) as { apiKey: string };
  return apiKey;
}

function apiAt(url: string, key: string): PlatformApi {
  const ask: PlatformApi['ask'] = async <Answer>(method: string, path: string, body?: object) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(isForm ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new TypeError(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  };
  return {
    ...{ url, key, ask },
    async until(path, holds, longestMs, everyMs) {
      for (const deadline = performance.now() + longestMs; ;) {
        const answer = await ask<Record<string, unknown>>('GET', path);
        if (holds(answer)) return;
        if (performance.now() > deadline)
          throw new TypeError(`${path} stayed ${JSON.stringify(answer).slice(0, 300)}`);
        await new Promise((resolve) => setTimeout(resolve, everyMs));
      }
    },
  };
}
