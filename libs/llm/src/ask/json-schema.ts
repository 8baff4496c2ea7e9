import { z } from 'zod';

/**
 * The form of an answer as servers hold it: bounds of length and number stay with us, for not every server knows them, and what does not fit them is
 * repaired. Every member has to be given (null where there is nothing), as strict schemas demand.
 */
export function answerSchema(schema: z.ZodType): Record<string, unknown> {
  return withoutBounds(z.toJSONSchema(schema, { io: 'output' })) as Record<string, unknown>;
}

const BOUNDS = new Set([
  ...['$schema', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'pattern', 'format'],
]);

function withoutBounds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBounds);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !BOUNDS.has(name))
      .map(([name, member]) => [
        name,
        name === 'properties' ? ofProperties(member as object) : withoutBounds(member),
      ]),
  );
}

// The names of properties are ours, whatever they are called.
const ofProperties = (properties: object): object =>
  Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, withoutBounds(member)]));
