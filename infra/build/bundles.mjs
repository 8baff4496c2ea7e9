import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { partsOfProgram } from '../tooling/bundle-program.mjs';
import { contentHash } from '../tooling/content-hash.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { readStamp, writeFileAtomically, writeStamp } from '../tooling/stamps.mjs';
import { workspacePlugin } from './workspace-packages.mjs';

/**
 * @typedef {{ name: string, entry: string, output: string }} BundleTarget
 * @typedef {{ hash: string, inputs: string[] }} BundleStamp
 */

const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

const appNames = ['server', 'worker', 'cli'];

/**
 * The Node programs of the repository whose entry file exists.
 * @returns {BundleTarget[]}
 */
export function bundleTargets() {
  const targets = appNames.map((name) => ({
    name: `app-${name}`,
    entry: `apps/${name}/src/main.ts`,
    output: `apps/${name}/dist/main.mjs`,
  }));
  targets.push({ name: 'platform', entry: 'infra/src/platform/main.ts', output: 'infra/dist/platform.mjs' });
  return targets.filter((target) => existsSync(join(repositoryRoot, target.entry)));
}

/**
 * Bundles one program unless its inputs (known from the last build) are unchanged.
 * @param {BundleTarget} target
 * @returns {Promise<'built' | 'unchanged'>}
 */
export async function buildBundle(target) {
  const output = join(repositoryRoot, target.output);
  const stampName = `build-${target.name}`;
  const stamp = /** @type {BundleStamp | undefined} */ (readStamp(stampName));
  if (stamp && existsSync(output) && stamp.hash === hashOf(stamp.inputs)) return 'unchanged';

  const { build } = await import('esbuild');
  const result = await build({
    ...commonOptions,
    entryPoints: [target.entry],
    outfile: target.output,
    tsconfig: 'tsconfig.json',
    keepNames: true,
    // An inlined CommonJS package asks for its own dependencies by `require`, which modules do not have.
    banner: { js: requireBanner },
    plugins: [workspacePlugin()],
  });
  for (const file of result.outputFiles) writeFileAtomically(file.path, file.contents);
  const inputs = Object.keys(result.metafile.inputs);
  for (const thread of inputs.flatMap(threadProgramOf))
    inputs.push(...(await buildThread(thread, dirname(target.output))));
  inputs.sort();
  writeStamp(stampName, { hash: hashOf(inputs), inputs });
  return 'built';
}

const commonOptions = /** @type {const} */ ({
  absWorkingDir: repositoryRoot,
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'silent',
});

/**
 * A module `name.ts` that starts a thread has the thread's program beside it, `name.thread.mjs`, and finds it there, in the source as in `dist`.
 * @param {string} input path relative to the root
 * @returns {string[]} the program, or nothing
 */
function threadProgramOf(input) {
  const program = input.replace(/\.ts$/, '.thread.mjs');
  return program !== input && existsSync(join(repositoryRoot, program)) ? [program] : [];
}

/**
 * Bundles the program of a thread into the folder of the bundle that starts it.
 * @param {string} program
 * @param {string} folder
 * @returns {Promise<string[]>} its inputs
 */
async function buildThread(program, folder) {
  const { build } = await import('esbuild');
  const outfile = join(folder, basename(program));
  const { outputFiles, metafile } = await build({ ...commonOptions, entryPoints: [program], outfile });
  for (const file of outputFiles) writeFileAtomically(file.path, file.contents);
  return Object.keys(metafile.inputs);
}

/** @param {readonly string[]} inputs paths relative to the root, as esbuild reports them */
function hashOf(inputs) {
  const recipe = [
    'infra/build/bundles.mjs',
    'infra/build/workspace-packages.mjs',
    'infra/tooling/program-loaders.mjs',
    'infra/tooling/bundle-program.mjs',
    'tsconfig.json',
    'pnpm-lock.yaml',
  ];
  const files = [...recipe, ...inputs].map((path) => resolve(repositoryRoot, path));
  return contentHash(files.flatMap((path) => [path, ...partsOfProgram(path)]));
}
