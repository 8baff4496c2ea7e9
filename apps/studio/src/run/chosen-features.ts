/** Ids of features in the order of the film, and those that were dropped. */
export interface Choice {
  order: string[];
  dropped: string[];
}

/** Moves a feature up (-1) or down (1); nothing at the ends. */
export function moved({ order, dropped }: Choice, id: string, by: -1 | 1): Choice {
  const at = order.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return { order, dropped };
  const next = order.filter((one) => one !== id);
  next.splice(to, 0, id);
  return { order: next, dropped };
}

export const toggled = ({ order, dropped }: Choice, id: string): Choice => ({
  order,
  dropped: dropped.includes(id) ? dropped.filter((one) => one !== id) : [...dropped, id],
});

export const chosenOf = ({ order, dropped }: Choice): string[] => order.filter((id) => !dropped.includes(id));
