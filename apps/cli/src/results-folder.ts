import { constants, existsSync, readFileSync } from 'node:fs';
import { access, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError, FILM_FILES, InvalidInputError } from '@showrunner/contracts';

/** What a film leaves in a folder, besides its report. */
export const ARTEFACTS = [
  'video.mp4',
  ...Object.values(FILM_FILES),
  'plan.json',
  'actions.jsonl',
  'clips.json',
  'history.json',
] as const;
export const REPORT = 'run.json';
const NAMES: readonly string[] = [...ARTEFACTS, REPORT];
/** Holds the process that writes to the folder; results grow beside the last ones in the other. */
const LOCK = '.showrunner-writes';
const STAGING = '.showrunner-new';
const DEEPEST = 200;

export interface FolderOptions {
  /** Write although the folder holds files of others by these names, or another film writes to it. */
  force?: boolean;
  /** Names that will be written; those of a film unless given. */
  names?: readonly string[];
}

/**
 * A folder for the results of one run: whatever is wrong with it is found before anything is started, what stands there stays until all
 * that comes in its place is whole, and files of others are never touched.
 */
export class ResultsFolder {
  private constructor(
    readonly path: string,
    private readonly names: readonly string[],
  ) {}

  /** @throws {InvalidInputError} `out_unusable`, `out_taken`, `out_in_use` (409) */
  static async claim(
    asked: string,
    { force = false, names = NAMES }: FolderOptions = {},
  ): Promise<ResultsFolder> {
    // A variable of a script that is not set: the folder where one happens to be was meant by nobody.
    if (asked.trim() === '')
      throw new InvalidInputError('out_unusable', 'The folder for the results has no name.', {
        remedy: 'Give one with --out; . is the folder where you are.',
      });
    const folder = path.resolve(asked);
    try {
      await makeFolder(folder);
      await access(folder, constants.W_OK);
    } catch (cause) {
      throw unusable(folder, cause);
    }
    const found = await readdir(folder);
    // A report marks results of an earlier film, which make room for new ones.
    const theirs =
      found.includes(REPORT) || names !== NAMES ? [] : found.filter((name) => names.includes(name));
    if (theirs.length > 0 && !force) throw taken(folder, theirs);
    await lock(folder, force);
    return new ResultsFolder(folder, names);
  }

  /** Names in the folder that no film leaves. */
  async others(): Promise<string[]> {
    const found = await readdir(this.path);
    return found.filter((name) => !NAMES.includes(name) && ![LOCK, STAGING].includes(name));
  }

  /** True when the folder holds a whole film of an earlier run. */
  holdsFilm(): boolean {
    try {
      const { state } = JSON.parse(readFileSync(path.join(this.path, REPORT), 'utf8')) as { state?: unknown };
      return state === 'done' && existsSync(path.join(this.path, 'video.mp4'));
    } catch {
      // No report, or none of ours: nothing to keep.
      return false;
    }
  }

  /** Has results written beside what is there, by `write`, which answers their names. They take its place at once by `swap`. */
  async stage(write: (folder: string) => Promise<string[]>): Promise<string[]> {
    const staging = path.join(this.path, STAGING);
    await rm(staging, { recursive: true, force: true });
    await mkdir(staging);
    return write(staging);
  }

  /** What was staged takes the place of what was there. @param into a folder below for results that must not, e.g. `run-<id>` */
  async swap(written: readonly string[], into = ''): Promise<string> {
    const target = path.join(this.path, into);
    await mkdir(target, { recursive: true });
    for (const name of written) await rename(path.join(this.path, STAGING, name), path.join(target, name));
    for (const name of this.names)
      if (!written.includes(name)) await rm(path.join(target, name), { force: true });
    await rm(path.join(this.path, STAGING), { recursive: true, force: true });
    return target;
  }

  async release(): Promise<void> {
    await rm(path.join(this.path, STAGING), { recursive: true, force: true });
    await rm(path.join(this.path, LOCK), { force: true });
  }
}

/** Level by level: for a folder that can never be, such as one below /proc, the recursive way of Node.js 20 tries for ever. */
async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let at = folder; missing.length < DEEPEST; at = path.dirname(at)) {
    const found = await stat(at).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found?.isDirectory()) break;
    if (found !== undefined) throw Object.assign(new Error(`${at} is a file`), { code: 'ENOTDIR' });
    missing.unshift(at);
  }
  for (const one of missing)
    await mkdir(one).catch((error: NodeJS.ErrnoException) => {
      // Somebody else made it meanwhile.
      if (error.code !== 'EEXIST') throw error;
    });
}

async function lock(folder: string, force: boolean): Promise<void> {
  const file = path.join(folder, LOCK);
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      return await writeFile(file, String(process.pid), { flag: force ? 'w' : 'wx' });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(folder, cause);
      const pid = Number(readFileSync(file, 'utf8'));
      if (isAlive(pid) && pid !== process.pid) throw inUse(folder, pid);
      // Whoever wrote it was killed.
      await rm(file, { force: true });
    }
  }
  throw inUse(folder, 0);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const unusable = (folder: string, cause: unknown): InvalidInputError =>
  new InvalidInputError('out_unusable', `Results cannot be written to "${folder}".`, {
    remedy: 'Name with --out a folder that you may write to.',
    cause,
  });

const taken = (folder: string, names: readonly string[]): InvalidInputError =>
  new InvalidInputError('out_taken', `"${folder}" holds ${names.join(', ')}, which no film has left there.`, {
    remedy: 'Name another folder with --out, or write over them with --force.',
  });

const inUse = (folder: string, pid: number): AppError =>
  new AppError('out_in_use', `Another film writes to "${folder}" (process ${pid}).`, {
    status: 409,
    remedy: 'Name another folder with --out, or wait until that one has ended.',
  });
