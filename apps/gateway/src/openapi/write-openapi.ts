import { openApiDocument } from './openapi-document';

/** Prints the document; `npm run openapi` in this folder writes it to docs/openapi.json. */
process.stdout.write(`${JSON.stringify(openApiDocument(), null, 2)}\n`);
