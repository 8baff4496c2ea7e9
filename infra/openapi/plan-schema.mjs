import { build } from 'esbuild';
import { join } from 'node:path';
import { repositoryRoot } from '../tooling/paths.mjs';

/**
 * The JSON schema of plans by hand, made of the schema that reads them.
 * @returns {Promise<Record<string, unknown>>}
 */
export async function planSchema() {
  const from = { folder: 'libs/contracts/src', module: './hand-plan', name: 'HandPlanSchema' };
  return { title: 'Plan of a film, version 1', ...(await inputSchema(from)) };
}

/**
 * The JSON schema of timelines.
 * @returns {Promise<Record<string, unknown>>}
 */
export async function timelineSchema() {
  const from = { folder: 'libs/timeline/src', module: './document/timeline', name: 'TimelineSchema' };
  return { title: 'Timeline of a film, version 1', ...(await inputSchema(from)) };
}

/**
 * @param {{ folder: string, module: string, name: string }} from
 * @returns {Promise<Record<string, unknown>>}
 */
async function inputSchema({ folder, module, name }) {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { z } from 'zod'; export { z }; export { ${name} as schema } from '${module}';`,
      resolveDir: join(repositoryRoot, folder),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { z, schema } = await import(`data:text/javascript;base64,${text}`);
  return z.toJSONSchema(schema, { io: 'input' });
}
