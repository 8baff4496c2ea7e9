import { CORE_SCHEMA, YAMLException, load } from 'js-yaml';

export interface PlainYaml {
  /** The mapping that the text is; undefined when it is none. */
  value?: Readonly<Record<string, unknown>>;
  /** Why it is none, without a full stop. */
  problem?: string;
}

/**
 * A mapping in YAML of a source: one document, types of the core schema, no tags of other kinds, no aliases. The parser is one whose
 * time grows with the text alone (`yaml` 2.9 needs 24 s for 500 opening braces, and ends the process for some more).
 */
export function plainYaml(text: string): PlainYaml {
  let hasAnchor = false;
  let value: unknown;
  try {
    value = load(text, {
      schema: CORE_SCHEMA,
      // The published types leave the field out.
      listener(_event, state) {
        hasAnchor ||= typeof Reflect.get(state, 'anchor') === 'string';
      },
    });
  } catch (error) {
    if (error instanceof YAMLException) return { problem: error.reason || 'it is no YAML' };
    // Deeper than any stack.
    if (error instanceof RangeError) return { problem: 'it is nested too deeply' };
    throw error;
  }
  if (hasAnchor) return { problem: 'anchors and aliases are not taken' };
  if (value === undefined || value === null) return { value: {} };
  return typeof value === 'object' && !Array.isArray(value)
    ? { value: Object.fromEntries(Object.entries(value)) }
    : { problem: 'it is no mapping of keys' };
}
