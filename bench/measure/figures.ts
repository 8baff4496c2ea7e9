export interface Samples {
  /** What was measured as the other side, for the line: `baseline(what)=…`. */
  what: string;
  values: readonly number[];
}

/** The smallest value that at least the share `q` of the samples does not exceed (nearest rank). */
export const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.max(0, Math.ceil(values.length * q) - 1)] ?? 0;

const shown = (value: number, unit: string): string =>
  `${value.toFixed(value >= 1000 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2)}${unit}`;

/**
 * One figure, one line: `name p50=… p95=… baseline(what)=… ratio=…` and what else belongs to it. Both sides were measured in this run;
 * `ratio` is the median over the baseline's median.
 */
export function figure(
  name: string,
  unit: string,
  values: readonly number[],
  baseline?: Samples,
  more: Readonly<Record<string, string | number>> = {},
): void {
  const middle = quantile(values, 0.5);
  const words = [name, `p50=${shown(middle, unit)}`, `p95=${shown(quantile(values, 0.95), unit)}`];
  if (baseline !== undefined) {
    const other = quantile(baseline.values, 0.5);
    words.push(`baseline(${baseline.what})=${shown(other, unit)}`, `ratio=${(middle / other).toFixed(2)}`);
  }
  const rest = Object.entries({ ...more, n: values.length }).map(([key, value]) => `${key}=${value}`);
  process.stdout.write(`${[...words, ...rest].join(' ')}\n`);
}

/** Durations of `rounds` calls, one after the other, ms. */
export async function timed(rounds: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await durationOf(() => work(round)));
  return times;
}

export async function durationOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
