import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import type { SEARCH_ATTRIBUTES } from '@showrunner/contracts';

/** Search attributes of a workflow to start, by their names; values that are undefined are left out. */
export function searchAttributes(
  values: Partial<Record<(typeof SEARCH_ATTRIBUTES)[number], string>>,
): TypedSearchAttributes {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ key: defineSearchAttributeKey(name, 'KEYWORD'), value }],
  );
  return new TypedSearchAttributes(pairs);
}
