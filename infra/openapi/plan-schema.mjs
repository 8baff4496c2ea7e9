import { build } from 'esbuild';
import { join } from 'node:path';
import { repositoryRoot } from '../tooling/paths.mjs';

/**
 * The JSON schema of plans by hand, made of the schema that reads them.
 * @returns {Promise<Record<string, unknown>>}
 */
export async function planSchema() {
  const { outputFiles } = await build({
    stdin: {
      contents: "import { z } from 'zod'; export { z }; export { HandPlanSchema } from './hand-plan';",
      resolveDir: join(repositoryRoot, 'libs/contracts/src'),
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
  });
  const text = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { z, HandPlanSchema } = await import(`data:text/javascript;base64,${text}`);
  return { title: 'Plan of a film, version 1', ...z.toJSONSchema(HandPlanSchema, { io: 'input' }) };
}
