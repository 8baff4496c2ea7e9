import { readFile } from 'node:fs/promises';
import * as nodeModule from 'node:module';
import { resolve as absolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { stripTypes } from './strip-types.mjs';

const TYPED = /\.[cm]?tsx?$/;

/** A file of TypeScript may be asked for without its ending, or by that of what would be made of it. */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!/^\.{0,2}\//.test(specifier) || !/NOT_FOUND|UNSUPPORTED_DIR/.test(String(error.code))) throw error;
    const bare = specifier.replace(/\.([cm]?)jsx?$/, '');
    for (const other of [`${bare}.ts`, `${bare}.tsx`, `${bare}.mts`, `${bare}.cts`, `${specifier}/index.ts`])
      try {
        return await next(other, context);
      } catch {
        continue; // the next may be there
      }
    throw error;
  }
}

export async function load(url, context, next) {
  if (!url.startsWith('file:') || !TYPED.test(new URL(url).pathname)) return next(url, context);
  const file = fileURLToPath(url);
  try {
    const source = stripTypes(await readFile(file, 'utf8'), file);
    return { format: file.endsWith('.cts') ? 'commonjs' : 'module', source, shortCircuit: true };
  } catch (error) {
    if (error.loc === undefined) throw error;
    const { line, column } = error.loc;
    const said = error.message.replace(/^Error transforming [^:]*: /, '').replace(/ \(\d+:\d+\)$/, '');
    const told = new SyntaxError(`${said} (${file}:${line}:${column})`);
    told.stack = `SyntaxError: ${told.message}`; // where the parser stood says nothing of the code
    throw told;
  }
}

// Started as a program it runs the file that it is given: `node <this> main.ts [arguments]`.
if (
  isMainThread &&
  process.argv[1] !== undefined &&
  fileURLToPath(import.meta.url) === absolute(process.argv[1])
) {
  if (nodeModule.register === undefined) {
    process.stderr.write(`TypeScript needs Node.js 20.6 or later; this is ${process.version}.\n`);
    process.exit(1);
  }
  nodeModule.register(import.meta.url);
  process.argv.splice(1, 1);
  process.argv[1] = absolute(process.argv[1] ?? '');
  await import(pathToFileURL(process.argv[1]).href);
}
