import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { CliConfig } from '@showrunner/config';
import { EnvironmentError } from '@showrunner/contracts';
import { ApiClient } from '@showrunner/api-client';

const PlatformFile = z.object({ state: z.string().optional(), urls: z.object({ api: z.string() }) });
const SecretsFile = z.object({ apiKey: z.string() });
/** States of `platform.json` that a supervisor leaves behind when it ends in order. */
const ENDED: ReadonlySet<string> = new Set(['stopped', 'failed']);
const HEALTH_TIMEOUT_MS = 2_000;

/** Root of the repository: the same from `apps/cli/dist` and from `apps/cli/src`. */
const root = path.resolve(import.meta.dirname, '../../..');

function homeOf(config: CliConfig): string {
  return path.resolve(config.SHOWRUNNER_HOME ?? path.join(root, '.showrunner'));
}

function readJson<T>(file: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EnvironmentError('platform_file_unreadable', `${file} cannot be read.`, {
      remedy: 'Start the platform again with "showrunner up".',
      cause: error,
    });
  }
}

/** A client for the platform of this data folder, or for the one that SHOWRUNNER_API_URL names. */
export function connect(config: CliConfig): ApiClient {
  const home = homeOf(config);
  const platform = () => readJson(path.join(home, 'platform.json'), PlatformFile);
  const elsewhere = config.SHOWRUNNER_API_URL?.replace(/\/+$/, '');
  const baseUrl = elsewhere ?? platform()?.urls.api;
  const apiKey = config.SHOWRUNNER_API_KEY ?? readJson(path.join(home, 'secrets.json'), SecretsFile)?.apiKey;
  if (!baseUrl || !apiKey) {
    throw new EnvironmentError('platform_not_started', `No platform was ever started in ${home}.`, {
      remedy: 'Start it with "showrunner up", or set SHOWRUNNER_API_URL and SHOWRUNNER_API_KEY.',
    });
  }
  const isStopped = () => elsewhere === undefined && ENDED.has(platform()?.state ?? '');
  return new ApiClient({ baseUrl, apiKey, isStopped });
}

/**
 * The same, after starting the platform when none runs. A platform named by SHOWRUNNER_API_URL is never started from here.
 * @throws {EnvironmentError} `platform_not_started` when it does not come up; its own words stand above on standard error
 */
export async function connectStarted(config: CliConfig): Promise<ApiClient> {
  if (config.SHOWRUNNER_API_URL !== undefined || (await isUp(homeOf(config)))) return connect(config);
  const bundle = path.join(root, 'infra/dist/platform.mjs');
  const program = existsSync(bundle) ? bundle : path.join(root, 'infra/bin/showrunner.mjs');
  process.stderr.write('Starting the platform\n');
  // What it prints is no result of ours: standard output stays for the report.
  const child = spawn(process.execPath, [program, 'up', '--quiet'], { stdio: ['ignore', 2, 2] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    throw new EnvironmentError('platform_not_started', 'The platform did not start.', {
      remedy: 'See what is wrong with "showrunner doctor" and "showrunner status".',
    });
  }
  return connect(config);
}

async function isUp(home: string): Promise<boolean> {
  const platform = readJson(path.join(home, 'platform.json'), PlatformFile);
  if (platform?.state !== 'ready') return false;
  try {
    const response = await fetch(new URL('/healthz', platform.urls.api), {
      signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Nobody listens: it is not up, whatever the file says.
    return false;
  }
}
