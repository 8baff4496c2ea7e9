/** With what a voice says of it; null: what is to be read; undefined: as it was. */
export function withSpoken<One extends { spoken?: string }>(
  one: One,
  spoken: string | null | undefined,
): One {
  if (spoken === undefined) return one;
  const { spoken: _, ...rest } = one;
  return { ...rest, ...(spoken !== null && { spoken }) } as One;
}
