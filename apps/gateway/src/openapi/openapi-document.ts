import { STATUS_CODES } from 'node:http';
import { ProblemSchema } from '@showrunner/contracts';
import { z } from 'zod';
import type { Operation } from './operation';
import { operations } from './operations';

type Json = Record<string, unknown>;

/** The REST API as an OpenAPI 3.1 document, made of the schemas that check requests. Equal input gives an equal document. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
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
      schemas: { Problem: jsonSchema(ProblemSchema, 'output') },
    },
  };
}

function describe(operation: Operation): Json {
  const { id, tag, summary, body, isPublic } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(isPublic === true ? { security: [] } : {}),
    parameters: [...pathParameters(operation), ...queryParameters(operation), ...headerParameters(operation)],
    ...(body === undefined ? {} : { requestBody: requestBody(body) }),
    responses: responses(operation),
  };
}

const pathParameters = ({ path }: Operation): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters({ query }: Operation): Json[] {
  if (query === undefined) return [];
  const { properties = {} } = jsonSchema(query, 'input') as { properties?: Record<string, unknown> };
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', schema }));
}

const headerParameters = ({ headers = [] }: Operation): Json[] =>
  headers.map(({ name, description }) => ({ name, in: 'header', description, schema: { type: 'string' } }));

function requestBody({ schema, required, multipart }: NonNullable<Operation['body']>): Json {
  return {
    required,
    content: {
      'application/json': { schema: jsonSchema(schema, 'input') },
      ...(multipart === undefined
        ? {}
        : { 'multipart/form-data': { schema: jsonSchema(multipart, 'input') } }),
    },
  };
}

function responses({ status, answer, problems = [], path, isPublic }: Operation): Json {
  const always = isPublic === true ? [503] : [401, ...(path.includes('{') ? [404] : []), 500, 503];
  const content =
    answer === null
      ? undefined
      : 'schema' in answer
        ? { 'application/json': { schema: jsonSchema(answer.schema, 'output') } }
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

/** OpenAPI 3.1 takes JSON Schema 2020-12 as it is. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
