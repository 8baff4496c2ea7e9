import * as contracts from '@showrunner/contracts';
import { z } from 'zod';

type Json = Record<string, unknown>;

/** Queries are taken apart into parameters, so they have no name. */
const isWrittenOut = (name: string): boolean => name.endsWith('QuerySchema');

/** Schemas of the contracts that stand under their own name in the document: those named `<Name>Schema`. */
const registry = z.registry<{ id: string }>();
for (const [name, value] of Object.entries(contracts)) {
  if (value instanceof z.ZodType && name.endsWith('Schema') && !isWrittenOut(name))
    registry.add(value, { id: name.slice(0, -'Schema'.length) });
}

const PREFIX = '#/components/schemas/';

/**
 * Turns schemas into JSON Schema 2020-12 as OpenAPI 3.1 takes it, and collects the named ones that they use. What is sent and what is
 * answered can differ (defaults), so a name is used for answers, and `<Name>Input` for requests.
 */
export class NamedSchemas {
  readonly components: Json = {};

  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _dialect,
      $defs = {},
      ...body
    } = this.convert(schema, io) as Json & { $defs?: Record<string, Json> };
    for (const [id, definition] of Object.entries($defs))
      this.components[nameOf(id, io)] = withoutId(renamed(definition, io));
    return withoutId(renamed(body, io));
  }

  private convert(schema: z.ZodType, io: 'input' | 'output'): unknown {
    const id = registry.get(schema)?.id;
    const wrapped = id === undefined ? schema : z.object({ it: schema });
    const json = z.toJSONSchema(wrapped, { io, unrepresentable: 'any', metadata: registry }) as Json;
    if (id === undefined) return json;
    // A schema converted by itself is written out; inside of another it is a reference.
    return { ...(json['properties'] as { it: Json }).it, $defs: json['$defs'] };
  }
}

const nameOf = (id: string, io: 'input' | 'output'): string => (io === 'input' ? `${id}Input` : id);

function renamed(value: Json, io: 'input' | 'output'): Json {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    key === '$ref' && typeof member === 'string'
      ? member.replace(/^#\/\$defs\/(.+)$/, (_, id: string) => PREFIX + nameOf(id, io))
      : member,
  ) as Json;
}

function withoutId({ id: _id, $id: _uri, ...rest }: Json): Json {
  return rest;
}
