import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { programLoaders } from './program-loaders.mjs';

/** `*.bundle.program.{cjs,mjs}`: programs for sandboxes that carry libraries along. */
export const BUNDLED_PROGRAM = /\.bundle\.program\.[cm]js$/;

/**
 * Such a program with what it imports, as one text.
 * @param {string} path
 * @returns {string}
 */
export function bundleProgram(path) {
  // Set-up reads this file before anything is installed.
  /** @type {typeof import('esbuild')} */
  const { buildSync } = createRequire(import.meta.url)('esbuild');
  const { outputFiles } = buildSync({
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: 'node',
    format: path.endsWith('.mjs') ? 'esm' : 'cjs',
    target: 'node18',
    minify: true,
    charset: 'utf8',
    legalComments: 'inline',
    logLevel: 'silent',
  });
  return outputFiles.map(({ text }) => text).join('');
}

/**
 * The files of ours that such a program may import: what lies beside it. Nothing for other files.
 * @param {string} path
 * @returns {string[]}
 */
export function partsOfProgram(path) {
  if (!BUNDLED_PROGRAM.test(path)) return [];
  const folder = dirname(path);
  const beside = readdirSync(folder).filter((name) => name.endsWith('.mjs') && !BUNDLED_PROGRAM.test(name));
  return beside.map((name) => join(folder, name));
}

/**
 * esbuild plugin: programs of other languages, and of Node.js, are taken as text, with what they carry along.
 * @returns {import('esbuild').Plugin}
 */
export function programPlugin() {
  return {
    name: 'programs',
    setup(build) {
      build.initialOptions.loader = { ...programLoaders, ...build.initialOptions.loader };
      build.onLoad({ filter: BUNDLED_PROGRAM }, ({ path }) => ({
        contents: bundleProgram(path),
        loader: 'text',
      }));
    },
  };
}
