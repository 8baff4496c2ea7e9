import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash, sourceFiles } from '../tooling/content-hash.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { readStamp, writeFileAtomically, writeStamp } from '../tooling/stamps.mjs';

const workflowsFolder = join(repositoryRoot, 'workflows');
/** Where the bundle lies once it is built. */
export const workflowBundlePath = join(workflowsFolder, 'dist', 'workflow-bundle.js');

const mapComment = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

/**
 * Takes the sources' text out of the bundle's map, and leaves what names files and lines: each of the worker's workflow threads holds the
 * whole map, twice.
 * @param {string} code
 */
function withoutSources(code) {
  const at = code.lastIndexOf(mapComment);
  if (at === -1) throw new Error('The workflow bundle has no source map where one is expected.');
  const map = JSON.parse(Buffer.from(code.slice(at + mapComment.length).trimEnd(), 'base64').toString());
  delete map.sourcesContent;
  return `${code.slice(0, at)}${mapComment}${Buffer.from(JSON.stringify(map)).toString('base64')}`;
}

/**
 * Bundles the workflow code once, with the same `@temporalio/worker` that runs it, unless its inputs are unchanged.
 * @returns {Promise<'built' | 'unchanged' | 'absent'>} `absent` when there is no workflow code
 */
export async function buildWorkflowBundle() {
  const entry = join(workflowsFolder, 'src', 'index.ts');
  if (!existsSync(entry)) return 'absent';
  const hash = contentHash([
    ...sourceFiles(join(workflowsFolder, 'src')),
    ...sourceFiles(join(repositoryRoot, 'libs/contracts/src')),
    join(repositoryRoot, 'pnpm-lock.yaml'),
    join(repositoryRoot, 'infra/build/workflow-bundle.mjs'),
  ]);
  const stamp = /** @type {{ hash: string } | undefined} */ (readStamp('build-workflows'));
  if (stamp?.hash === hash && existsSync(workflowBundlePath)) return 'unchanged';

  const { bundleWorkflowCode } = await import('@temporalio/worker');
  /** @type {string[]} */
  const complaints = [];
  /** @param {string} message */
  const note = (message) => complaints.push(message);
  const silent = () => undefined;
  try {
    const { code } = await bundleWorkflowCode({
      workflowsPath: entry,
      logger: { log: silent, trace: silent, debug: silent, info: silent, warn: note, error: note },
    });
    writeFileAtomically(workflowBundlePath, withoutSources(code));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`The workflow bundle could not be built: ${cause}\n${complaints.join('\n')}`, {
      cause: error,
    });
  }
  writeStamp('build-workflows', { hash });
  return 'built';
}
