type Check = (value: unknown) => boolean;
export type Shape = Record<string, Check>;

export const text: Check = (value) => typeof value === 'string';
export const filled: Check = (value) => typeof value === 'string' && value !== '';
export const natural: Check = (value) => Number.isInteger(value) && (value as number) > 0;
export const texts: Check = (value) => Array.isArray(value) && value.every(text);
export const textMap: Check = (value) => isObject(value) && Object.values(value).every(text);
export const exactly =
  (wanted: unknown): Check =>
  (value) =>
    JSON.stringify(value) === JSON.stringify(wanted);
export const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
export const shaped =
  (shape: Shape): Check =>
  (value) =>
    misfits(value, shape).length === 0;
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
export const matching =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fields that are wrong, missing or unknown. */
export function misfits(value: unknown, shape: Shape): string[] {
  if (!isObject(value)) return ['(not an object)'];
  const unknown = Object.keys(value).filter((name) => !(name in shape));
  const wrong = Object.entries(shape).filter(([name, check]) => !check(value[name]));
  return [
    ...unknown.map((name) => `${name}: unknown`),
    ...wrong.map(([name]) => `${name}: ${JSON.stringify(value[name])}`),
  ];
}
