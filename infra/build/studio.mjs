import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { contentHash, sourceFiles } from '../tooling/content-hash.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { readStamp, writeFileAtomically, writeStamp } from '../tooling/stamps.mjs';

const studio = join(repositoryRoot, 'apps/studio');
const output = join(studio, 'dist');

/**
 * Builds the pages of the studio, each file that is worth it also compressed, unless its inputs are unchanged.
 * @returns {Promise<'built' | 'unchanged'>}
 */
export async function buildStudio() {
  const hash = contentHash([
    ...sourceFiles(studio),
    join(repositoryRoot, 'pnpm-lock.yaml'),
    join(repositoryRoot, 'infra/build/studio.mjs'),
  ]);
  const stamp = /** @type {{ hash: string } | undefined} */ (readStamp('build-studio'));
  if (stamp?.hash === hash && existsSync(join(output, 'index.html'))) return 'unchanged';
  const [{ build }, { default: react }] = await Promise.all([import('vite'), import('@vitejs/plugin-react')]);
  await build({
    configFile: false,
    root: studio,
    base: '/studio/',
    plugins: [react()],
    logLevel: 'error',
    // What is imported is told by a list in each script, not by styles or scripts that the page's policy would have to allow.
    build: { outDir: output, emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  });
  compress(join(output, 'assets'));
  writeStamp('build-studio', { hash });
  return 'built';
}

/** @param {string} folder */
function compress(folder) {
  for (const name of readdirSync(folder).filter((one) => /\.(js|css|svg)$/.test(one))) {
    const bytes = readFileSync(join(folder, name));
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    writeFileAtomically(join(folder, `${name}.br`), brotliCompressSync(bytes, { params }));
  }
}
