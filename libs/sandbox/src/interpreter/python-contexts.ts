import { createHash } from 'node:crypto';
import { AppError, EnvironmentError, InvalidInputError } from '@showrunner/contracts';
import { z } from 'zod';
import { fileNotWritable } from '../files/file-errors';
import type { Sandbox } from '../sandbox.types';
import { SERVER_PROGRAM } from './program/server';
import { WORKER_PROGRAM } from './program/worker';
import placeFiles from './place-files.sh';

export type ContextSandbox = Pick<
  Sandbox,
  'exec' | 'files' | 'startProcess' | 'listProcesses' | 'killProcess' | 'processLog'
>;

const FOLDER = '/tmp/.showrunner-python';
const VERSION = createHash('sha256').update(SERVER_PROGRAM).update(WORKER_PROGRAM).digest('hex').slice(0, 12);
const SERVER_FILE = `${FOLDER}/server-${VERSION}.py`;
const WORKER_FILE = `${FOLDER}/worker-${VERSION}.py`;
const ID = /^[a-z0-9][a-z0-9-]{0,31}$/;
const PROCESS_PREFIX = 'python-';

const SettingsSchema = z.object({
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
export type ContextSettings = z.infer<typeof SettingsSchema>;

/** Writes files whole or not at all, since several callers may start a context at once. `$1`: the folder; then paths and contents by turns. */
const PLACE = placeFiles;

/** The contexts of a sandbox: a file of settings and a named process each, both inside, so that any process of the platform finds them. */
export class PythonContexts {
  constructor(private readonly sandbox: ContextSandbox) {}

  socket(id: string): string {
    return `${FOLDER}/${requireContextId(id)}.sock`;
  }

  async list(): Promise<{ contextId: string; running: boolean }[]> {
    const known = await this.sandbox.files.list(FOLDER).catch(noneWhenMissing);
    const processes = await this.sandbox.listProcesses();
    const running = new Set(processes.filter((one) => one.running).map(({ name }) => name));
    return known.entries
      .map(({ path }) => /\/([^/]+)\.json$/.exec(path)?.[1])
      .filter((id) => id !== undefined && ID.test(id))
      .map((id = '') => ({ contextId: id, running: running.has(PROCESS_PREFIX + id) }));
  }

  /** undefined when there is no such context. */
  async settings(id: string): Promise<ContextSettings | undefined> {
    try {
      const text = (await this.sandbox.files.read(settingsFile(id), 1024 ** 2)).toString('utf8');
      return SettingsSchema.parse(JSON.parse(text));
    } catch (error) {
      if (error instanceof AppError && error.code === 'file_not_found') return undefined;
      if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
      return {}; // the app wrote into it; its own settings are lost to it
    }
  }

  /** Starts the context's server unless it runs; remembers how. */
  async start(id: string, settings: ContextSettings): Promise<void> {
    const files = [
      SERVER_FILE,
      SERVER_PROGRAM,
      WORKER_FILE,
      WORKER_PROGRAM,
      settingsFile(id),
      JSON.stringify(settings),
    ];
    const placed = await this.sandbox.exec(['/bin/sh', '-c', PLACE, 'place', FOLDER, ...files], { cwd: '/' });
    if (placed.exitCode !== 0) throw fileNotWritable(FOLDER, placed.stderr);
    const command = `exec python3 -I -S ${SERVER_FILE} ${this.socket(id)} "$(cat ${WORKER_FILE})"`;
    await this.sandbox.startProcess(PROCESS_PREFIX + id, command, settings);
  }

  async stop(id: string): Promise<void> {
    await this.sandbox.killProcess(PROCESS_PREFIX + requireContextId(id));
    await this.sandbox.files.remove(this.socket(id));
  }

  async forget(id: string): Promise<void> {
    await this.stop(id);
    await this.sandbox.files.remove(settingsFile(id));
  }

  log(id: string): Promise<string> {
    return this.sandbox.processLog(PROCESS_PREFIX + id, 2000);
  }
}

const settingsFile = (id: string): string => `${FOLDER}/${requireContextId(id)}.json`;

function requireContextId(id: string): string {
  if (ID.test(id)) return id;
  throw new InvalidInputError('context_id_invalid', `"${id.slice(0, 80)}" cannot name a context.`, {
    remedy: 'Use an id that createContext answered.',
  });
}

export const contextNotFound = (id: string): AppError =>
  new AppError('context_not_found', `There is no context "${id}".`, {
    status: 404,
    remedy: 'Create it; contexts end with their sandbox.',
  });

export const interpreterUnavailable = (): EnvironmentError =>
  new EnvironmentError('interpreter_unavailable', 'There is no python3 in the sandbox.', {
    status: 409,
    remedy: 'Make the sandbox from an image with Python 3.7 or later, or install it.',
  });

function noneWhenMissing(error: unknown): { entries: { path: string }[] } {
  if (error instanceof AppError && error.code === 'file_not_found') return { entries: [] };
  throw error;
}
