/** Turns schemas of OpenAPI 3.0 and Swagger 2.0 into JSON Schema 2019-09, which ajv understands. */

export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * How a schema treats properties it does not name. `closed`: they are an error, which finds misspelt and invented ones. `open`: they are
 * left to the schema around it (members of `allOf`, `anyOf`, `oneOf` see the properties of their siblings).
 */
export type Closure = 'closed' | 'open';

/** Where ajv finds the converted document of a closure. */
export const documentId = (closure: Closure) => `spec-${closure}`;

/** Keywords that say nothing about validity, or that ajv would take for another meaning. */
const DROPPED = new Set(['discriminator', 'xml', 'externalDocs', 'example', 'nullable', 'x-nullable', 'id']);
const COMBINERS = ['allOf', 'anyOf', 'oneOf'] as const;

/** A schema of the specification as JSON Schema; references point into the converted documents. */
export function convertSchema(schema: unknown, closure: Closure): JsonObject | boolean {
  if (typeof schema === 'boolean') return schema;
  if (!isObject(schema)) return true;
  if (typeof schema['$ref'] === 'string') return { $ref: `${documentId(closure)}${schema['$ref']}` };
  if (schema['type'] === 'file') return true; // Swagger 2.0: a stream of bytes
  const converted: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (DROPPED.has(keyword) || keyword.startsWith('x-')) continue;
    converted[keyword] = convertKeyword(keyword, value);
  }
  for (const bound of ['Minimum', 'Maximum'] as const) convertExclusiveBound(converted, bound);
  if (closure === 'closed' && describesProperties(schema)) converted['unevaluatedProperties'] = false;
  const nullable = schema['nullable'] === true || schema['x-nullable'] === true;
  return nullable ? { anyOf: [{ type: 'null' }, converted] } : converted;
}

function convertKeyword(keyword: string, value: unknown): unknown {
  if ((COMBINERS as readonly string[]).includes(keyword) && Array.isArray(value))
    return value.map((member) => convertSchema(member, 'open'));
  if (keyword === 'properties' && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, property]) => [name, convertSchema(property, 'closed')]),
    );
  if (keyword === 'items') return convertSchema(value, 'closed');
  if (keyword === 'not') return convertSchema(value, 'open');
  if (keyword === 'additionalProperties' && isObject(value)) return convertSchema(value, 'closed');
  return value;
}

/** Draft 4 wrote `exclusiveMinimum: true` beside `minimum`. */
function convertExclusiveBound(schema: JsonObject, bound: 'Minimum' | 'Maximum'): void {
  const exclusive = `exclusive${bound}`;
  const plain = bound.toLowerCase();
  if (schema[exclusive] === true) {
    schema[exclusive] = schema[plain];
    delete schema[plain];
  } else if (schema[exclusive] === false) delete schema[exclusive];
}

/** Whether the schema lists its properties, itself or by the schemas it combines; a bare `type: object` is free-form. */
function describesProperties(schema: JsonObject): boolean {
  if (schema['additionalProperties'] !== undefined) return false;
  return (
    isObject(schema['properties']) ||
    COMBINERS.some((name) => Array.isArray(schema[name]) && schema[name].some(isObjectLike))
  );
}

function isObjectLike(member: unknown): boolean {
  return isObject(member) && (typeof member['$ref'] === 'string' || isObject(member['properties']));
}

/** The whole document with every named schema converted; other parts are left out, nothing refers to them. */
export function convertDocument(document: JsonObject, closure: Closure): JsonObject {
  const convertAll = (schemas: unknown) =>
    isObject(schemas)
      ? Object.fromEntries(
          Object.entries(schemas).map(([name, schema]) => [name, convertSchema(schema, closure)]),
        )
      : {};
  const components = isObject(document['components']) ? document['components'] : {};
  return {
    $id: documentId(closure),
    components: { schemas: convertAll(components['schemas']) },
    definitions: convertAll(document['definitions']),
  };
}
