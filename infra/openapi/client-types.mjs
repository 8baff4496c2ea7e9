import openapiTS, { astToString } from 'openapi-typescript';

const BASE = '/api';

/**
 * The types of `libs/api-client`, made of the OpenAPI document: what stands below `/api`, by paths relative to it, because a client knows
 * the address of the API as a whole.
 * @param {Record<string, unknown>} document
 */
export async function clientTypes(document) {
  const paths = Object.entries(/** @type {Record<string, unknown>} */ (document['paths']))
    .filter(([path]) => path.startsWith(`${BASE}/`))
    .map(([path, operations]) => [path.slice(BASE.length), operations]);
  const source = /** @type {import('openapi-typescript').OpenAPI3} */ (
    /** @type {unknown} */ ({ ...document, paths: Object.fromEntries(paths) })
  );
  // A default is what the server fills in, so a request may leave it out.
  const types = await openapiTS(source, { alphabetize: true, defaultNonNullable: false });
  return `// Made of docs/openapi.json by "npm run openapi".\n${astToString(types)}`;
}
