import { STATUS_CODES } from 'node:http';
import type { Type } from '@nestjs/common';
import { ProblemSchema } from '@showrunner/contracts';
import type { Permission } from '@showrunner/contracts';
import type { z } from 'zod';
import { NamedSchemas } from './named-schemas';
import type { Json } from './named-schemas';
import type { Media, TagName } from './operation';
import { readRoutes } from './read-routes';
import type { DescribedRoute } from './read-routes';
import { IDEMPOTENCY_KEY } from './repeated-parts';

/** A WebSocket, which no controller declares. Its messages are JSON texts. */
export interface StreamOperation {
  path: string;
  id: string;
  tag: TagName;
  summary: string;
  /** Value of `Sec-WebSocket-Protocol`. */
  subprotocol: string;
  permission: Permission;
  /** Messages of the client, and those to it. */
  receives: z.ZodType;
  sends: z.ZodType;
  problems: readonly number[];
}

/** What one service adds to the document: plain JSON. */
export interface DescribedService {
  operations: { method: string; path: string; tag: TagName; operation: Json }[];
  schemas: Record<string, Json>;
}

export interface ServiceDescription {
  /** The service that answers; `gateway` for what the public door answers itself. */
  service: string;
  /** Nest modules whose `@Module` names the controllers. */
  modules: readonly Type[];
  streams?: readonly StreamOperation[];
  /** Schemas from beside the contracts that stand under a name of their own. */
  names?: Readonly<Record<string, z.ZodType>>;
}

/** Describes a service by its controllers, without starting anything. Equal controllers give an equal description. */
export function describeService({
  service,
  modules,
  streams = [],
  names = {},
}: ServiceDescription): DescribedService {
  const schemas = new NamedSchemas(names);
  schemas.of(ProblemSchema, 'output');
  const routes = readRoutes(modules).map((route) => ({
    method: route.method,
    path: route.path,
    tag: route.tag,
    operation: describeRoute(service, route, schemas),
  }));
  const sockets = streams.map((stream) => ({
    method: 'get',
    path: stream.path,
    tag: stream.tag,
    operation: describeStream(service, stream, schemas),
  }));
  return { operations: [...routes, ...sockets], schemas: schemas.components };
}

function describeRoute(service: string, route: DescribedRoute, schemas: NamedSchemas): Json {
  const { id, summary, headers = [], isPublic, permission } = route.options;
  const body = requestBody(route, schemas);
  return {
    operationId: id,
    tags: [route.tag],
    summary,
    ...(isPublic === true ? { security: [] } : { 'x-permission': permission }),
    parameters: [
      ...pathParameters(route.path),
      ...queryParameters(route.query, schemas),
      ...headers.map(({ pattern, ...header }) => ({
        ...header,
        in: 'header',
        schema: { type: 'string', ...(pattern === undefined ? {} : { pattern }) },
      })),
    ],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: {
      [route.status]: {
        description: STATUS_CODES[route.status] ?? '',
        ...contentOf(route.options.answer, schemas),
      },
      ...problems(problemsOf(service, route)),
    },
    'x-service': service,
  };
}

/** OpenAPI has no words for WebSockets: the handshake is described, the messages stand in an extension. */
function describeStream(service: string, stream: StreamOperation, schemas: NamedSchemas): Json {
  const { path, id, tag, permission, summary, subprotocol, receives, sends } = stream;
  return {
    operationId: id,
    tags: [tag],
    summary,
    parameters: pathParameters(path),
    responses: {
      101: { description: STATUS_CODES[101] ?? '' },
      ...problems([...stream.problems, 401, 403, 404, 500, 502, 503, 504]),
    },
    'x-permission': permission,
    'x-service': service,
    'x-websocket': {
      subprotocol,
      client: schemas.of(receives, 'input'),
      server: schemas.of(sends, 'output'),
    },
  };
}

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

function queryParameters(query: z.ZodType | undefined, schemas: NamedSchemas): Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemas.of(query, 'input') as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    ...(required.includes(name) ? { required: true } : {}),
    schema,
  }));
}

function requestBody({ body, options }: DescribedRoute, schemas: NamedSchemas): Json | undefined {
  const json = (schema: z.ZodType) => ({ 'application/json': { schema: schemas.of(schema, 'input') } });
  if (body !== undefined) return { required: !body.safeParse(undefined).success, content: json(body) };
  if (options.body === undefined) return undefined;
  if ('media' in options.body) return { required: true, ...contentOf(options.body, schemas) };
  return {
    required: true,
    content: {
      ...json(options.body.json),
      'multipart/form-data': { schema: schemas.of(options.body.multipart, 'input') },
    },
  };
}

function contentOf(answer: z.ZodType | Media | null, schemas: NamedSchemas): { content?: Json } {
  if (answer === null) return {};
  const { media, schema } = 'media' in answer ? answer : { media: ['application/json'], schema: answer };
  const each = schema === undefined ? {} : { schema: schemas.of(schema, 'output') };
  return { content: Object.fromEntries(media.map((type) => [type, each])) };
}

/** What can go wrong follows from the route: its credentials, parameters and body, and the way through the gateway. */
function problemsOf(service: string, { path, query, body, options }: DescribedRoute): number[] {
  const isRepeatable = options.headers?.some(({ name }) => name === IDEMPOTENCY_KEY) === true;
  if (options.isPublic === true) return [...(options.problems ?? []), 503];
  const readsJson = body !== undefined || (options.body !== undefined && 'json' in options.body);
  return [
    ...(options.problems ?? []),
    ...(options.needsDisk === true ? [507] : []),
    ...(isRepeatable ? [400, 409, 422] : []),
    ...[401, 403, 500, 503],
    ...(path.includes('{') ? [404] : []),
    ...(query === undefined && !readsJson ? [] : [400]),
    ...(readsJson ? [413, 415] : []),
    ...(service === 'gateway' ? [] : [502, 504]),
  ];
}

const problems = (statuses: readonly number[]): Json =>
  Object.fromEntries(
    [...new Set(statuses)]
      .sort((a, b) => a - b)
      .map((status) => [
        status,
        {
          description: STATUS_CODES[status] ?? '',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  );
