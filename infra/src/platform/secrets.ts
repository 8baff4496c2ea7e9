import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EnvironmentError } from '@showrunner/contracts';
import { writeFileAtomically } from '../../tooling/stamps.mjs';

/** Made once at the first start of a data folder; only its owner may read the file. */
export interface Secrets {
  /** Bootstrap API key of the REST API. */
  apiKey: string;
  /** What the inner services ask of each other. */
  internalToken: string;
  postgresPassword: string;
  redisPassword: string;
  /** Seals secrets at rest; without one, a key that is derived of the internal token. */
  secretsKey?: string;
  /** Keys before it, newest first. */
  previousSecretsKeys?: string[];
}

const SECRET_NAMES = ['apiKey', 'internalToken', 'postgresPassword', 'redisPassword'] as const;

/**
 * Reads `<home>/secrets.json`, adding what is missing. An API key set by the user (`SHOWRUNNER_API_KEY`) wins and is not stored.
 * @throws EnvironmentError `secrets_unreadable`
 */
export function loadSecrets(home: string, env: NodeJS.ProcessEnv): Secrets {
  mkdirSync(home, { recursive: true });
  const path = join(home, 'secrets.json');
  const stored = readStored(path);
  const secrets: Secrets = {
    apiKey: stored.apiKey ?? `sk_${randomBytes(24).toString('base64url')}`,
    internalToken: stored.internalToken ?? randomBytes(32).toString('base64url'),
    postgresPassword: stored.postgresPassword ?? randomBytes(24).toString('hex'),
    redisPassword: stored.redisPassword ?? randomBytes(24).toString('hex'),
    ...(stored.secretsKey === undefined ? {} : { secretsKey: stored.secretsKey }),
    ...(stored.previousSecretsKeys === undefined ? {} : { previousSecretsKeys: stored.previousSecretsKeys }),
  };
  if (SECRET_NAMES.some((name) => stored[name] === undefined)) {
    writeFileAtomically(path, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  }
  chmodSync(path, 0o600);
  return {
    ...secrets,
    apiKey: env.SHOWRUNNER_API_KEY || secrets.apiKey,
    internalToken: env.INTERNAL_TOKEN || secrets.internalToken,
  };
}

/** So many keys are kept after rotations that came before the services had sealed everything anew. */
const MOST_PREVIOUS = 5;

/** Gives the data folder a new key for secrets at rest. The services take it up at their next start, and seal anew what there is. */
export function rotateSecretsKey(home: string): void {
  const secrets = loadSecrets(home, {});
  const { secretsKey, previousSecretsKeys = [] } = secrets;
  const before = [...(secretsKey === undefined ? [] : [secretsKey]), ...previousSecretsKeys];
  const next: Secrets = {
    ...secrets,
    secretsKey: randomBytes(32).toString('base64url'),
    previousSecretsKeys: before.slice(0, MOST_PREVIOUS),
  };
  writeFileAtomically(join(home, 'secrets.json'), `${JSON.stringify(next, null, 2)}\n`, 0o600);
}

function readStored(path: string): Partial<Secrets> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new EnvironmentError('secrets_unreadable', `${path} cannot be read.`, {
      remedy: `Restore ${path}; without it the database of this data folder cannot be opened.`,
      cause: error,
    });
  }
}
