import { constants } from 'node:os';

/** Of names that share a number the first: SIGABRT, not SIGIOT. */
const NAMES = new Map(
  Object.entries(constants.signals)
    .map(([name, number]) => [Number(number), name] as const)
    .reverse(),
);

/** `SIGKILL` for 9; `SIG40` for a number without a name. */
export const signalName = (signal: number): string => NAMES.get(signal) ?? `SIG${signal}`;
