import { AppError, type AppService, type BuildSpec } from '@showrunner/contracts';
import { quoted, type ExecOptions, type Sandbox } from '@showrunner/sandbox';
import { placesOf } from '../environment-files';
import { endOfLog } from '../log-lines';
import mariadb from './mariadb.sh';
import mariadbFill from './mariadb-fill.sh';
import mariadbReady from './mariadb-ready.sh';
import postgresql from './postgresql.sh';
import postgresqlFill from './postgresql-fill.sh';
import postgresqlReady from './postgresql-ready.sh';
import redis from './redis.sh';
import redisReady from './redis-ready.sh';

/** Below /tmp, so that it is part of what is brought back before filming. */
const DATA = '/tmp/.showrunner-services';
const LOG_BYTES = 16 * 1024;
const READY_MS = 60_000;

type Bounds = Pick<ExecOptions, 'signal'>;

interface Run {
  /** Starts it, in the foreground. */
  start: string[];
  /** Ends well once it can be used. */
  ready: string[];
  /** Runs files of SQL, and answers what was wrong with them. */
  fill?: string[];
}

function runOf({ kind, port, user, database, sql = [], environmentFiles }: AppService): Run {
  const naming = placesOf(environmentFiles);
  const shell = (text: string, ...args: string[]): string[] => ['/bin/sh', '-c', text, kind, ...args];
  switch (kind) {
    case 'postgresql':
      return {
        start: shell(postgresql, `${DATA}/${kind}`, String(port), user),
        ready: shell(postgresqlReady, String(port), user, database, ...naming),
        fill: shell(postgresqlFill, String(port), user, database, ...sql),
      };
    case 'mariadb':
      return {
        start: shell(mariadb, `${DATA}/${kind}`, String(port)),
        ready: shell(mariadbReady, String(port), database, ...naming),
        fill: shell(mariadbFill, String(port), database, ...sql),
      };
    case 'redis':
      return { start: shell(redis, `${DATA}/${kind}`, String(port)), ready: shell(redisReady, String(port)) };
  }
}

/**
 * Starts the servers that an app expects beside it, unless they run, and waits until each can be used.
 * @throws AppError `service_failed` with the end of its log
 */
export async function startServices(
  sandbox: Sandbox,
  { services = [] }: Pick<BuildSpec, 'services'>,
  { signal }: Bounds,
): Promise<void> {
  for (const service of services) {
    const { start, ready } = runOf(service);
    await sandbox.startProcess(service.kind, start.map(quoted).join(' '), { cwd: '/tmp' });
    const done = await sandbox.exec(ready, { cwd: '/tmp', timeoutMs: READY_MS, signal });
    if (done.exitCode === 0) continue;
    const log = `${await sandbox.processLog(service.kind, LOG_BYTES)}\n${done.stderr}`;
    throw new AppError(
      'service_failed',
      `${service.kind}, which the app needs, did not start.${endOfLog(log)}`,
      {
        status: 422,
        remedy: 'Give the sandbox more memory, or give the app another database with --env.',
        details: { service: service.kind, log: log.slice(-4000) },
      },
    );
  }
}

/**
 * Runs the files of SQL that the source brings for them; what fails in one is only told.
 * @returns lines for the build's log, '' where there is nothing to fill
 */
export async function fillServices(
  sandbox: Sandbox,
  { services = [] }: Pick<BuildSpec, 'services'>,
  { signal, timeoutMs }: Bounds & { timeoutMs: number },
): Promise<string> {
  const said: string[] = [];
  for (const service of services) {
    const { fill } = runOf(service);
    if (fill === undefined || (service.sql ?? []).length === 0) continue;
    const done = await sandbox.exec(fill, { cwd: '/tmp', timeoutMs, signal, maxOutputBytes: LOG_BYTES });
    said.push(done.stdout, done.stderr);
    if (done.timedOut) said.push('That took too long, and was ended.');
  }
  return said.filter((text) => text !== '').join('\n');
}

/** Ends them, so that their files are at rest. */
export async function stopServices(
  sandbox: Sandbox,
  { services = [] }: Pick<BuildSpec, 'services'>,
): Promise<void> {
  for (const { kind } of services) await sandbox.killProcess(kind);
}
