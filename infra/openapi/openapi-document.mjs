import { existsSync, readdirSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { workspacePlugin } from '../build/workspace-packages.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/** An app that answers requests describes its part here. */
const DESCRIPTION = 'src/openapi.ts';

/**
 * The OpenAPI document of all services, read from their controllers. Apps do not import each other: each is bundled by itself and asked
 * what it answers; nothing of it is started.
 * @returns {Promise<Record<string, unknown>>}
 */
export async function openApiDocument() {
  const services = readdirSync(join(repositoryRoot, 'apps'))
    .filter((name) => existsSync(join(repositoryRoot, 'apps', name, DESCRIPTION)))
    .sort();
  // Inside of the repository, so that what stays external is found.
  const parent = join(repositoryRoot, 'infra/dist');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'openapi-'));
  try {
    await build({
      absWorkingDir: repositoryRoot,
      entryPoints: [
        ...services.map((name) => ({ in: `apps/${name}/${DESCRIPTION}`, out: name })),
        { in: 'libs/openapi/src/document.ts', out: 'document' },
      ],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      tsconfig: 'tsconfig.json',
      keepNames: true,
      // An inlined CommonJS package asks for its own dependencies by `require`, which modules do not have.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
      logLevel: 'silent',
      plugins: [workspacePlugin()],
    });
    /** @param {string} name */
    const load = (name) => import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    const { mergeServices } = await load('document');
    const described = await Promise.all(services.map(async (name) => (await load(name)).described));
    return mergeServices(described);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
