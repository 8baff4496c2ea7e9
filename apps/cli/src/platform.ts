import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { CliConfig } from '@showrunner/config';
import { EnvironmentError } from '@showrunner/contracts';
import { ApiClient } from './api-client';

const PlatformFile = z.object({ urls: z.object({ api: z.string() }) });
const SecretsFile = z.object({ apiKey: z.string() });

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
  const home = config.SHOWRUNNER_HOME;
  const baseUrl =
    config.SHOWRUNNER_API_URL ?? readJson(path.join(home, 'platform.json'), PlatformFile)?.urls.api;
  const apiKey = config.SHOWRUNNER_API_KEY ?? readJson(path.join(home, 'secrets.json'), SecretsFile)?.apiKey;
  if (!baseUrl || !apiKey) {
    throw new EnvironmentError('platform_not_started', `No platform was ever started in ${home}.`, {
      remedy: 'Start it with "showrunner up", or set SHOWRUNNER_API_URL and SHOWRUNNER_API_KEY.',
    });
  }
  return new ApiClient({ baseUrl, apiKey });
}
