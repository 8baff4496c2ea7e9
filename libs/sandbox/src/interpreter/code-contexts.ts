import { createHash } from 'node:crypto';
import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { ContextLanguage } from '@showrunner/contracts';
import { z } from 'zod';
import { fileNotWritable } from '../files/file-errors';
import type { Sandbox } from '../sandbox.types';
import { languageOfContext } from './code-languages';
import { NODE_WORKER_PROGRAM, TYPESCRIPT_PROGRAM } from './program/node-worker';
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
const NODE_VERSION = createHash('sha256')
  .update(NODE_WORKER_PROGRAM)
  .update(TYPESCRIPT_PROGRAM)
  .digest('hex')
  .slice(0, 12);
const NODE_WORKER_FILE = `${FOLDER}/worker-${NODE_VERSION}.cjs`;
const TYPESCRIPT_FILE = `${FOLDER}/typescript-${NODE_VERSION}.mjs`;
const ID = /^[a-z0-9][a-z0-9-]{0,31}$/;
const processOf = (id: string): string => `${languageOfContext(id)}-${requireContextId(id)}`;

const SettingsSchema = z.object({
  cwd: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
export type ContextSettings = z.infer<typeof SettingsSchema>;

/** Writes files whole or not at all, since several callers may start a context at once. `$1`: the folder; then paths and contents by turns. */
const PLACE = placeFiles;

/** The contexts of a sandbox: a file of settings and a named process each, both inside, so that any process of the platform finds them. */
export class CodeContexts {
  constructor(private readonly sandbox: ContextSandbox) {}

  socket(id: string): string {
    return `${FOLDER}/${requireContextId(id)}.sock`;
  }

  async list(): Promise<{ contextId: string; language: ContextLanguage; running: boolean }[]> {
    const known = await this.sandbox.files.list(FOLDER).catch(noneWhenMissing);
    const processes = await this.sandbox.listProcesses();
    const running = new Set(processes.filter((one) => one.running).map(({ name }) => name));
    return known.entries
      .map(({ path }) => /\/([^/]+)\.json$/.exec(path)?.[1])
      .filter((id) => id !== undefined && ID.test(id))
      .map((id = '') => ({
        contextId: id,
        language: languageOfContext(id),
        running: running.has(processOf(id)),
      }));
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
    const language = languageOfContext(id);
    if (language !== 'python') await this.placeNodeWorker();
    const worker =
      language === 'python'
        ? `"$(cat ${WORKER_FILE})"`
        : `${NODE_WORKER_FILE} ${language} ${TYPESCRIPT_FILE}`;
    const command = `exec python3 -I -S ${SERVER_FILE} ${this.socket(id)} ${worker}`;
    await this.sandbox.startProcess(processOf(id), command, settings);
  }

  /** Longer than what a command line may hold, so each is written on its own, once a sandbox. */
  private async placeNodeWorker(): Promise<void> {
    const there = await this.sandbox.exec(['test', '-s', NODE_WORKER_FILE, '-a', '-s', TYPESCRIPT_FILE], {
      cwd: '/',
    });
    if (there.exitCode === 0) return;
    // The worker last: where it is, both are.
    await this.sandbox.files.write(TYPESCRIPT_FILE, TYPESCRIPT_PROGRAM);
    await this.sandbox.files.write(NODE_WORKER_FILE, NODE_WORKER_PROGRAM);
  }

  async stop(id: string): Promise<void> {
    await this.sandbox.killProcess(processOf(id));
    await this.sandbox.files.remove(this.socket(id));
  }

  async forget(id: string): Promise<void> {
    await this.stop(id);
    await this.sandbox.files.remove(settingsFile(id));
  }

  log(id: string): Promise<string> {
    return this.sandbox.processLog(processOf(id), 2000);
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

function noneWhenMissing(error: unknown): { entries: { path: string }[] } {
  if (error instanceof AppError && error.code === 'file_not_found') return { entries: [] };
  throw error;
}
