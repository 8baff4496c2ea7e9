import { STATUS_CODES } from 'node:http';
import { ProblemSchema } from '@showrunner/contracts';
import { NamedSchemas } from './named-schemas';
import type { Operation } from './operation';
import { operations } from './operations';

type Json = Record<string, unknown>;

/** The REST API as an OpenAPI 3.1 document, made of the schemas that check requests. Equal input gives an equal document. */
export function openApiDocument(): Json {
  const schemas = new NamedSchemas();
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Showrunner',
      version: '1.0.0',
      description: 'From a repository to a proven, replayable, polished demo video.',
    },
    security: [{ bearer: [] }, { apiKey: [] }],
    tags: [...new Set(operations.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
      schemas: componentsOf(schemas),
    },
  };
}

function describe(operation: Operation, schemas: NamedSchemas): Json {
  const { id, tag, summary, body, isPublic } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(isPublic === true ? { security: [] } : {}),
    parameters: [
      ...pathParameters(operation),
      ...queryParameters(operation, schemas),
      ...headerParameters(operation),
    ],
    ...(body === undefined ? {} : { requestBody: requestBody(body, schemas) }),
    responses: responses(operation, schemas),
  };
}

const pathParameters = ({ path }: Operation): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters({ query }: Operation, schemas: NamedSchemas): Json[] {
  if (query === undefined) return [];
  const { properties = {} } = schemas.of(query, 'input') as { properties?: Record<string, unknown> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

const headerParameters = ({ headers = [] }: Operation): Json[] =>
  headers.map(({ name, description }) => ({ name, in: 'header', description, schema: { type: 'string' } }));

function requestBody(body: NonNullable<Operation['body']>, schemas: NamedSchemas): Json {
  if ('media' in body)
    return { required: true, content: Object.fromEntries(body.media.map((media) => [media, {}])) };
  const { schema, required, multipart } = body;
  return {
    required,
    content: {
      'application/json': { schema: schemas.of(schema, 'input') },
      ...(multipart === undefined
        ? {}
        : { 'multipart/form-data': { schema: schemas.of(multipart, 'input') } }),
    },
  };
}

function responses(
  { status, answer, problems = [], path, isPublic }: Operation,
  schemas: NamedSchemas,
): Json {
  const always = isPublic === true ? [503] : [401, ...(path.includes('{') ? [404] : []), 500, 503];
  const content =
    answer === null
      ? undefined
      : 'schema' in answer
        ? { 'application/json': { schema: schemas.of(answer.schema, 'output') } }
        : Object.fromEntries(answer.media.map((media) => [media, {}]));
  const failures = [...new Set([...problems, ...always])].sort((a, b) => a - b);
  return {
    [status]: { description: STATUS_CODES[status] ?? '', ...(content === undefined ? {} : { content }) },
    ...Object.fromEntries(failures.map((code) => [code, problem(code)])),
  };
}

const problem = (status: number): Json => ({
  description: STATUS_CODES[status] ?? '',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Sorted by name, so that the order of operations does not matter. */
function componentsOf(schemas: NamedSchemas): Json {
  schemas.of(ProblemSchema, 'output');
  return Object.fromEntries(Object.entries(schemas.components).sort(([a], [b]) => (a < b ? -1 : 1)));
}
