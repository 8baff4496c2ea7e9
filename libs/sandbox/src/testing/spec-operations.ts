import { isObject, type JsonObject } from './spec-schema';

export interface SpecParameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required: boolean;
  schema: JsonObject;
  /** Swagger 2.0 writes lists as `a,b` unless it says `multi`; OpenAPI 3.0 repeats the name. */
  commaSeparated: boolean;
}

/** One media type's schema; undefined where the specification gives none (bytes, forms). */
export type SpecContent = Map<string, JsonObject | undefined>;

export interface SpecOperation {
  method: string;
  template: string;
  pattern: RegExp;
  parameters: SpecParameter[];
  body?: { required: boolean; content: SpecContent };
  /** By status: number, range (`4XX`) or `default`; an empty map is a reply without a body. */
  replies: Map<string, SpecContent>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

/** Every operation of an OpenAPI 3.0 or Swagger 2.0 document; paths with fewer variables come first, as servers choose them. */
export function readOperations(document: JsonObject): SpecOperation[] {
  const operations: SpecOperation[] = [];
  for (const [template, item] of Object.entries(asObject(document['paths'])))
    for (const method of METHODS) {
      const operation = asObject(item)[method];
      if (isObject(operation))
        operations.push(readOperation(document, template, asObject(item), method, operation));
    }
  const variables = ({ template }: SpecOperation) => template.split('{').length;
  return operations.sort((one, other) => variables(one) - variables(other));
}

function readOperation(
  document: JsonObject,
  template: string,
  item: JsonObject,
  method: string,
  operation: JsonObject,
): SpecOperation {
  const listed = [...asArray(item['parameters']), ...asArray(operation['parameters'])].map((parameter) =>
    resolve(document, parameter),
  );
  const literal = template.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return {
    method: method.toUpperCase(),
    template,
    pattern: new RegExp(`^${literal.join('([^/]+)')}$`),
    parameters: listed.filter(({ in: where }) => where !== 'body' && where !== 'formData').map(readParameter),
    body:
      document['swagger'] === '2.0'
        ? swaggerBody(document, operation, listed)
        : openBody(document, operation),
    replies: new Map(
      Object.entries(asObject(operation['responses'])).map(([status, reply]) => [
        status,
        replyContent(document, operation, resolve(document, reply)),
      ]),
    ),
  };
}

function readParameter(parameter: JsonObject): SpecParameter {
  const schema = isObject(parameter['schema']) ? parameter['schema'] : parameterSchema(parameter);
  return {
    name: String(parameter['name']),
    in: parameter['in'] as SpecParameter['in'],
    required: parameter['required'] === true,
    schema,
    commaSeparated: isObject(parameter['schema'])
      ? parameter['explode'] === false
      : parameter['collectionFormat'] !== 'multi',
  };
}

/** In Swagger 2.0 a parameter is its own schema. */
function parameterSchema(parameter: JsonObject): JsonObject {
  const {
    name: _name,
    in: _in,
    required: _required,
    description: _text,
    collectionFormat: _format,
    ...schema
  } = parameter;
  return schema;
}

function openBody(document: JsonObject, operation: JsonObject): SpecOperation['body'] {
  if (operation['requestBody'] === undefined) return undefined;
  const body = resolve(document, operation['requestBody']);
  return { required: body['required'] === true, content: mediaTypes(body['content']) };
}

function swaggerBody(
  document: JsonObject,
  operation: JsonObject,
  parameters: JsonObject[],
): SpecOperation['body'] {
  const consumes = asArray(operation['consumes'] ?? document['consumes']).map(String);
  const body = parameters.find(({ in: where }) => where === 'body');
  if (body !== undefined) {
    const types = consumes.length > 0 ? consumes : ['application/json'];
    const content: SpecContent = new Map(types.map((type) => [type, asObject(body['schema'])]));
    return { required: body['required'] === true, content };
  }
  if (consumes.length === 0) return undefined;
  return { required: false, content: new Map(consumes.map((type) => [type, undefined])) };
}

function replyContent(document: JsonObject, operation: JsonObject, reply: JsonObject): SpecContent {
  if (document['swagger'] !== '2.0') return mediaTypes(reply['content']);
  if (!isObject(reply['schema'])) return new Map();
  const produces = asArray(operation['produces'] ?? document['produces']).map(String);
  const types = produces.length > 0 ? produces : ['application/json'];
  const { schema } = reply;
  return new Map(types.map((type) => [type, type.includes('json') ? schema : undefined]));
}

function mediaTypes(content: unknown): SpecContent {
  return new Map(
    Object.entries(asObject(content)).map(([type, media]) => {
      const schema = asObject(media)['schema'];
      return [type.toLowerCase(), type.includes('json') && isObject(schema) ? schema : undefined];
    }),
  );
}

function resolve(document: JsonObject, value: unknown): JsonObject {
  const object = asObject(value);
  if (typeof object['$ref'] !== 'string') return object;
  let found: unknown = document;
  for (const step of object['$ref'].replace(/^#\//, '').split('/'))
    found = asObject(found)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  return asObject(found);
}

function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
