import { CORE_SCHEMA, YAMLException, loadAll, mergeTag } from 'js-yaml';

/** Compose files share by `<<`, which is of YAML 1.1: the core schema alone makes a key of it. */
const SHARING_SCHEMA = CORE_SCHEMA.withTags(mergeTag);

export interface PlainYaml {
  /** The mapping that the text is; undefined when it is none. */
  value?: Readonly<Record<string, unknown>>;
  /** Why it is none, without a full stop. */
  problem?: string;
}

/**
 * A mapping in YAML of a source: one document, types of the core schema, no tags of other kinds, no aliases unless so many are taken, and with them `<<`. The parser is one whose
 * time grows with the text alone (`yaml` 2.9 needs 24 s for 500 opening braces, and ends the process for some more).
 */
export function plainYaml(text: string, { maxAliases = 0 } = {}): PlainYaml {
  let documents: readonly unknown[];
  try {
    documents = loadAll(text, { schema: maxAliases > 0 ? SHARING_SCHEMA : CORE_SCHEMA, maxAliases });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    if (error.reason.startsWith('aliases exceeded')) return { problem: 'aliases are not taken' };
    if (error.reason.startsWith('nesting exceeded')) return { problem: 'it is nested too deeply' };
    return { problem: error.reason || 'it is no YAML' };
  }
  const [value, ...others] = documents;
  if (others.length > 0) return { problem: 'it is not a single document' };
  if (value === undefined || value === null) return { value: {} };
  return typeof value === 'object' && !Array.isArray(value)
    ? { value: Object.fromEntries(Object.entries(value)) }
    : { problem: 'it is no mapping of keys' };
}
