import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
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

const appNames = ['gateway', 'project', 'intent', 'editor', 'worker', 'cli'];

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
    absWorkingDir: repositoryRoot,
    entryPoints: [target.entry],
    outfile: target.output,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: 'linked',
    metafile: true,
    tsconfig: 'tsconfig.json',
    keepNames: true,
    // An inlined CommonJS package asks for its own dependencies by `require`, which modules do not have.
    banner: { js: requireBanner },
    logLevel: 'silent',
    plugins: [workspacePlugin()],
  });
  for (const file of result.outputFiles) writeFileAtomically(file.path, file.contents);
  const inputs = Object.keys(result.metafile.inputs).sort();
  writeStamp(stampName, { hash: hashOf(inputs), inputs });
  return 'built';
}

/** @param {readonly string[]} inputs paths relative to the root, as esbuild reports them */
function hashOf(inputs) {
  const recipe = [
    'infra/build/bundles.mjs',
    'infra/build/workspace-packages.mjs',
    'tsconfig.json',
    'pnpm-lock.yaml',
  ];
  return contentHash([...recipe, ...inputs].map((path) => resolve(repositoryRoot, path)));
}
