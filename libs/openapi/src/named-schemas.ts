import * as contracts from '@showrunner/contracts';
import { z } from 'zod';

export type Json = Record<string, unknown>;

/** Queries are taken apart into parameters, so they have no name. */
const isWrittenOut = (name: string): boolean => name.endsWith('QuerySchema');

/** Schemas of the contracts that stand under their own name in the document: those named `<Name>Schema`. */
const registry = z.registry<{ id: string }>();
for (const [name, value] of Object.entries(contracts)) {
  if (value instanceof z.ZodType && name.endsWith('Schema') && !isWrittenOut(name))
    registry.add(value, { id: name.slice(0, -'Schema'.length) });
}

const PREFIX = '#/components/schemas/';
type Direction = 'input' | 'output';

/**
 * Turns schemas into JSON Schema 2020-12 as OpenAPI 3.1 takes it, and collects the named ones that they use. What is sent and what is
 * answered can differ (defaults), so a name is used for answers, and `<Name>Input` for requests.
 */
export class NamedSchemas {
  readonly components: Record<string, Json> = {};

  /** @param names schemas that have a name besides those of the contracts */
  constructor(names: Readonly<Record<string, z.ZodType>> = {}) {
    for (const [id, schema] of Object.entries(names)) registry.add(schema, { id });
  }

  /** A named schema by itself is a reference, any other is written out. */
  of(schema: z.ZodType, io: Direction): Json {
    const shown = whatIsParsed(schema);
    // By itself it would be written out; inside of another it is a reference.
    const {
      $schema: _dialect,
      $defs = {},
      ...body
    } = this.convert(registry.has(shown) ? z.object({ it: shown }) : shown, io);
    for (const [id, definition] of Object.entries($defs as Record<string, Json>))
      this.components[nameOf(id, io)] = withoutId(renamed(definition, io));
    const json = registry.has(shown) ? (body['properties'] as { it: Json }).it : body;
    return withoutId(renamed(json, io));
  }

  private convert(schema: z.ZodType, io: Direction): Json {
    return z.toJSONSchema(schema, {
      ...{ io, unrepresentable: 'any', metadata: registry },
      // What a refinement asks for and JSON Schema has words for stands in `.meta()` beside it.
      override: ({ zodSchema, jsonSchema }) => {
        Object.assign(jsonSchema, z.globalRegistry.get(zodSchema));
      },
    }) as Json;
  }
}

/** `z.preprocess` only mends what comes (a missing body, for example): what it hands on is what is asked for. */
function whatIsParsed(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodPipe && schema.in instanceof z.ZodTransform
    ? (schema.out as z.ZodType)
    : schema;
}

const nameOf = (id: string, io: Direction): string => (io === 'input' ? `${id}Input` : id);

function renamed(value: Json, io: Direction): Json {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    key === '$ref' && typeof member === 'string'
      ? member.replace(/^#\/\$defs\/(.+)$/, (_, id: string) => PREFIX + nameOf(id, io))
      : member,
  ) as Json;
}

function withoutId({ id: _id, $id: _uri, ...rest }: Json): Json {
  return rest;
}
