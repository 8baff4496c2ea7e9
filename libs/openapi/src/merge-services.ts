import { AppError } from '@showrunner/contracts';
import type { DescribedService } from './describe-service';
import type { Json } from './named-schemas';
import { TAGS } from './operation';

/**
 * The REST API of all services as one OpenAPI 3.1 document.
 * @throws {AppError} `description_conflict` when two describe the same route, operation or schema differently
 */
export function mergeServices(services: readonly DescribedService[]): Json {
  const operations = services
    .flatMap((service) => service.operations)
    .sort((a, b) => TAGS.indexOf(a.tag) - TAGS.indexOf(b.tag));
  requireOnce(operations.map(({ method, path }) => `${method} ${path}`));
  requireOnce(operations.map(({ operation }) => String(operation['operationId'])));
  const paths: Record<string, Json> = {};
  for (const { method, path, operation } of operations) paths[path] = { ...paths[path], [method]: operation };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Showrunner',
      version: '1.0.0',
      description: 'From a repository to a proven, replayable, polished demo video.',
    },
    security: [{ bearer: [] }, { apiKey: [] }],
    tags: TAGS.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
      schemas: allSchemas(services),
    },
  };
}

/** Sorted by name, so that the order of services does not matter. */
function allSchemas(services: readonly DescribedService[]): Record<string, Json> {
  const all = new Map<string, Json>();
  for (const [name, schema] of services.flatMap(({ schemas }) => Object.entries(schemas))) {
    const known = all.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) throw conflict(name);
    all.set(name, schema);
  }
  return Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function requireOnce(names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw conflict(twice);
}

const conflict = (what: string): AppError =>
  new AppError('description_conflict', `"${what}" is described twice.`, {
    remedy: 'Give one of them another name or path.',
  });
