import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { repositoryRoot } from '../tooling/paths.mjs';
import { writeFileAtomically } from '../tooling/stamps.mjs';
import { clientTypes } from './client-types.mjs';
import { errorsPage } from './errors-page.mjs';
import { planSchema, timelineSchema } from './plan-schema.mjs';
import { openApiDocument } from './openapi-document.mjs';

const document = await openApiDocument();

/**
 * `npm run openapi` writes what is made of the controllers and of the catalogue of errors; with `--check` it only compares, and fails where it is not what is committed.
 * @type {{ path: string, text: string }[]}
 */
const made = [
  { path: 'docs/openapi.json', text: JSON.stringify(document, null, 2) },
  { path: 'libs/api-client/src/generated/schema.ts', text: await clientTypes(document) },
  { path: 'docs/errors.md', text: await errorsPage() },
  { path: 'docs/plan.schema.json', text: JSON.stringify(await planSchema(), null, 2) },
  { path: 'docs/timeline.schema.json', text: JSON.stringify(await timelineSchema(), null, 2) },
];

for (const { path, text } of made) {
  const file = join(repositoryRoot, path);
  const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
  if (!process.argv.includes('--check')) writeFileAtomically(file, formatted);
  else if (readFileSync(file, 'utf8') !== formatted) {
    console.error(`${path} is not what the code says: run "npm run openapi" and commit it.`);
    process.exitCode = 1;
  }
}
