import { TOOLS_FOLDER } from '@showrunner/build-detection';
import { AppError } from '@showrunner/contracts';
import type { Sandbox } from '@showrunner/sandbox';
import { z } from 'zod';
import { INPUT_FOLDERS, INPUT_NAMES, MADE_NAMES, MADE_PATHS, READ_NAMES } from './install-inputs';
import installFacts from './install-facts.py';

const MAX_ENTRIES = 200_000;
const MAX_INPUT_BYTES = 64 * 1024 ** 2;
const MAX_TEXT_BYTES = 16 * 1024 ** 2;

/** Reads, in a sandbox where nothing of the project has run yet, what its install will be made from. Links are not followed. */
const FACTS_SCRIPT = installFacts;

const InstallFactsSchema = z.object({
  runtimes: z.record(z.string(), z.string()),
  /** `content`: SHA-256 of a file, target of a link. */
  inputs: z.array(
    z.object({ path: z.string(), kind: z.enum(['file', 'link', 'other']), content: z.string() }),
  ),
  /** Of the inputs that tell whether code of the project takes part; one that is too large is missing. */
  texts: z.record(z.string(), z.string()),
  /** What stands already where an install would put its results. */
  made: z.array(z.string()),
  /** The app's folder holds a name that Python would load instead of a module of its own. */
  shadowsPython: z.boolean(),
  /** SHA-256 over every file of the source; null when it was not asked for. */
  tree: z.string().nullable(),
  /** There is more than is looked at. */
  over: z.boolean(),
});
export type InstallFacts = z.infer<typeof InstallFactsSchema>;

/**
 * @param options.dir folder of the app below /app
 * @param options.whole hash the whole source, too
 * @throws AppError `install_inputs_unreadable`
 */
export async function readInstallFacts(
  sandbox: Pick<Sandbox, 'exec'>,
  options: { dir: string; whole: boolean; signal?: AbortSignal },
): Promise<InstallFacts> {
  const asked = {
    dir: options.dir,
    whole: options.whole,
    names: INPUT_NAMES,
    folders: INPUT_FOLDERS,
    read: READ_NAMES,
    madeNames: MADE_NAMES,
    madePaths: MADE_PATHS,
    tools: TOOLS_FOLDER,
    entries: MAX_ENTRIES,
    bytes: MAX_INPUT_BYTES,
    textBytes: MAX_TEXT_BYTES,
  };
  const done = await sandbox.exec(['python3', '-I', '-c', FACTS_SCRIPT], {
    cwd: '/',
    stdin: Buffer.from(JSON.stringify(asked)),
    timeoutMs: 120_000,
    maxOutputBytes: 96 * 1024 ** 2,
    signal: options.signal,
  });
  if (done.exitCode !== 0 || done.truncated) {
    throw new AppError(
      'install_inputs_unreadable',
      `The files that decide the install could not be read: ${done.stderr.trim().slice(-300)}`,
      { retryable: true },
    );
  }
  return InstallFactsSchema.parse(JSON.parse(done.stdout));
}
