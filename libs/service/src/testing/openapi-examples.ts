import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Json = Record<string, unknown>;
export interface DescribedOperation {
  /** In capitals. */
  method: string;
  /** As described, e.g. `/api/runs/{id}`. */
  path: string;
  permission: string | undefined;
  isWebSocket: boolean;
  /** JSON Schema of its body; undefined when it takes none, or no JSON. */
  body: Json | undefined;
  /** Media type of a body that is no JSON. */
  mediaType: string | undefined;
  /** Names of all parameters. */
  parameters: string[];
  /** Parameters of the query that must be there. */
  query: { name: string; schema: Json }[];
}

const document = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../../docs/openapi.json'), 'utf8'),
) as { paths: Record<string, Record<string, Json>>; components: { schemas: Record<string, Json> } };

/** Every operation of the committed OpenAPI document, so that a test that walks them meets a new one by itself. */
export function describedOperations(): DescribedOperation[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const { requestBody, parameters = [] } = operation as {
        requestBody?: { content: Record<string, { schema?: Json }> };
        parameters?: { name: string; in: string; required?: boolean; schema: Json }[];
      };
      const content = requestBody?.content ?? {};
      return {
        method: method.toUpperCase(),
        path,
        permission: operation['x-permission'] as string | undefined,
        isWebSocket: 'x-websocket' in operation,
        body: content['application/json']?.schema,
        mediaType: Object.keys(content).find((type) => type !== 'application/json'),
        parameters: parameters.map(({ name }) => name),
        query: parameters.filter((one) => one.in === 'query' && one.required === true),
      };
    }),
  );
}

/** Paths where no key is asked for: health, and where somebody comes in without one. Each parameter of theirs is `x1`. */
export const openPaths = (): ReadonlySet<string> =>
  new Set(
    describedOperations()
      .filter(({ permission }) => permission === undefined)
      .map(({ path }) => path.replace(/\{\w+\}/g, 'x1')),
  );

const TEXTS = ['example', '/x', 'x1', '1', 'A', 'https://example.org/a.git', 'a'.repeat(40), 'a=1'];

/**
 * The smallest value that a schema takes. A property named in `known` has that value, also where it need not be there: ids of things that
 * exist, for example.
 */
export function exampleOf(schema: Json, known: Readonly<Record<string, unknown>> = {}): unknown {
  if (typeof schema['$ref'] === 'string') {
    const name = schema['$ref'].replace('#/components/schemas/', '');
    return exampleOf(document.components.schemas[name] ?? {}, known);
  }
  if ('const' in schema) return schema['const'];
  if ('default' in schema && schema['type'] !== 'object') return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const [first] = (schema['anyOf'] ?? schema['oneOf'] ?? schema['allOf'] ?? []) as Json[];
  if (schema['type'] === 'object') return exampleObject({ ...schema, ...first }, known);
  if (first !== undefined) return exampleOf(first, known);
  switch (schema['type']) {
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 0) }, () =>
        exampleOf(schema['items'] as Json, known),
      );
    case 'string':
      return exampleText(schema);
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema['minimum'] ?? 1));
    case 'boolean':
      return false;
    default:
      return {};
  }
}

function exampleObject(schema: Json, known: Readonly<Record<string, unknown>>): Json {
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || name in known)
      .map(([name, property]) => [name, name in known ? known[name] : exampleOf(property, known)]),
  );
}

function exampleText({ pattern, minLength = 0 }: { pattern?: string; minLength?: number }): string {
  const takes = new RegExp(pattern ?? '', 'u');
  return TEXTS.find((text) => text.length >= minLength && takes.test(text)) ?? 'example';
}
