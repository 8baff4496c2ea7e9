/**
 * JSON with sorted keys and no white space, so that equal values have equal text wherever they were stored in between.
 * Members that are undefined are left out, as JSON.stringify does.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(JSON.parse(JSON.stringify(value ?? null))));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // fromEntries defines own properties, so a key such as __proto__ stays data.
  return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
}
