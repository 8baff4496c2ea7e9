import { InvalidInputError } from '@showrunner/contracts';

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `12h`, `7d` as ms. @throws {InvalidInputError} `age_invalid` */
export function parseAge(text: string): number {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (Number.isFinite(ms)) return ms;
  throw new InvalidInputError('age_invalid', `"${text}" is no age.`, {
    remedy: 'Give minutes, hours or days, e.g. 30m, 12h or 7d.',
  });
}
