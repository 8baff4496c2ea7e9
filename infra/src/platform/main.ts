import { spawn } from 'node:child_process';
import { AppError, EnvironmentError } from '@showrunner/contracts';
import { requireTool } from '@showrunner/config';
import { takeDown } from './down';
import { appEnvironment } from './environment';
import { filmsUnderWay, handedOver, untilFilmed } from './films-under-way';
import { lockedCommand } from './lock';
import { machineLine } from './machine-line';
import { applyMigrations } from './migrations/apply-migrations';
import { productMigrations } from './migrations/migration-files';
import { placeLines, readyLines, statusLines } from './report';
import { loadSecrets, rotateSecretsKey } from './secrets';
import { readSettings } from './settings';
import { storedLines, storedNow } from './stored';
import type { PlatformSettings } from './settings';
import { platformStatus } from './status';
import { readRunningState } from './state-file';
import { supervise } from './supervise';
import { endMarkedProcesses, reapSandboxes } from './sweep';
import { bringUp } from './up';
import { waitUntil } from './wait-until';

const EXIT_NOT_RUNNING = 3;
/** How long a platform that runs already may take to serve again. */
const RECOVERY_MS = 30_000;

type Command = (settings: PlatformSettings, args: readonly string[]) => Promise<number>;

const commands: Record<string, Command> = {
  ...{ up, down, status, migrate, supervise: startSupervising, sweep },
  'rotate-secrets': rotateSecrets,
};

async function up(settings: PlatformSettings, args: readonly string[]): Promise<number> {
  if (args.includes('--foreground')) return upInForeground(settings);
  const startedAt = performance.now();
  const control = new AbortController();
  const interrupted = () => control.abort();
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const lines = readyLines();
  const quiet = args.includes('--quiet');
  const { state, started } = await bringUp(
    settings,
    process.env,
    (current) => {
      if (!quiet) for (const line of lines(current)) console.log(line);
    },
    control.signal,
  );
  if (started && !quiet) {
    console.log(`The platform is ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
    for (const line of placeLines(state)) console.log(line);
  }
  if (started) return 0;
  // A part of it may just be starting again: what counts is whether it serves, not what happened before.
  let current = await platformStatus(settings);
  await waitUntil(async () => (current = await platformStatus(settings)).state === 'ready', {
    timeoutMs: RECOVERY_MS,
    everyMs: 250,
  });
  if (!quiet || current.state !== 'ready') {
    console.log(`The platform of ${settings.home} already runs (supervisor ${state.pid}).`);
    for (const line of statusLines(current)) console.log(line);
  }
  return current.state === 'ready' ? 0 : 1;
}

async function upInForeground(settings: PlatformSettings): Promise<number> {
  const running = readRunningState(settings.home);
  if (running) return up(settings, []);
  const [command = '', ...args] = lockedCommand(settings, requireTool('flock').path, 'supervise', 1);
  const child = spawn(command, args, { stdio: 'inherit' });
  // The terminal sends Ctrl-C to both; a signal to us alone is passed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  console.log(`The platform of ${settings.home} runs until Ctrl-C; \`showrunner status\` tells how it is.`);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function down(settings: PlatformSettings, args: readonly string[]): Promise<number> {
  if (args.includes('--wait'))
    await untilFilmed(settings, process.env, (left) =>
      console.log(`Waiting for ${left} films (Ctrl-C gives up) …`),
    );
  const left = await filmsUnderWay(settings, process.env);
  const { wasRunning, forced, leftovers } = await takeDown(settings);
  console.log(
    wasRunning ? `The platform of ${settings.home} is down.` : `No platform of ${settings.home} was running.`,
  );
  for (const line of handedOver(left, process.env)) console.log(line);
  if (forced) console.log('Its supervisor did not end in time and was killed.');
  if (leftovers > 0) console.log(`Ended ${leftovers} processes that were left.`);
  return 0;
}

async function status(settings: PlatformSettings, args: readonly string[]): Promise<number> {
  const current = await platformStatus(settings);
  const moreLines = current.state === 'stopped' ? [] : [machineLine(settings.home, process.env)];
  const stored = current.state === 'stopped' ? null : await storedNow(settings, process.env);
  console.log(
    args.includes('--json')
      ? JSON.stringify({ ...current, stored }, null, 2)
      : [...statusLines(current), ...moreLines, ...storedLines(stored)].join('\n'),
  );
  if (current.state === 'stopped') return EXIT_NOT_RUNNING;
  return current.state === 'degraded' ? 1 : 0;
}

/** Brings the schema of an external database (DATABASE_URL) up to date; the embedded one does so by itself. */
async function migrate(settings: PlatformSettings): Promise<number> {
  if (!settings.external.databaseUrl) {
    throw new EnvironmentError(
      'no_database',
      'DATABASE_URL is not set, so there is no database to migrate.',
      {
        remedy: 'Set DATABASE_URL; the embedded database is migrated by `showrunner up`.',
      },
    );
  }
  const applied = await applyMigrations(settings.external.databaseUrl, productMigrations());
  console.log(applied.length === 0 ? 'The schema is up to date.' : `Applied ${applied.join(', ')}.`);
  return 0;
}

/** A new key for secrets at rest. */
async function rotateSecrets(settings: PlatformSettings): Promise<number> {
  rotateSecretsKey(settings.home);
  console.log('There is a new key for secrets; those that are stored are sealed anew at the next start.');
  if (readRunningState(settings.home)) console.log('Take it up now: showrunner down, then showrunner up.');
  return 0;
}

function startSupervising(settings: PlatformSettings): Promise<number> {
  return supervise(settings, process.env);
}

/** Cleans up after a supervisor that was killed. Holds the lock, so that it never meets a new platform. */
async function sweep(settings: PlatformSettings): Promise<number> {
  await endMarkedProcesses(settings);
  const secrets = loadSecrets(settings.home, process.env);
  const problem = await reapSandboxes(settings, appEnvironment(settings, secrets, process.env));
  return problem === undefined ? 0 : 1;
}

async function main(): Promise<number> {
  const [name = '', ...args] = process.argv.slice(2);
  const command = commands[name];
  if (!command) {
    console.error(`Unknown command "${name}"; there are ${Object.keys(commands).join(', ')}.`);
    return 64;
  }
  try {
    return await command(readSettings(process.env), args);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    if (error instanceof AppError && error.remedy) console.error(`  → ${error.remedy}`);
    return 1;
  }
}

process.exit(await main());
