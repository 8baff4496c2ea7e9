import { filmsAtOnce, measureMachine, workerConfigSchema } from '@showrunner/config';

const GIB = 1024 ** 3;

/** How many films this machine makes at once, and why, as `showrunner status` says it. */
export function machineLine(home: string, env: NodeJS.ProcessEnv): string {
  const { FILMS_AT_ONCE } = workerConfigSchema
    .pick({ FILMS_AT_ONCE: true })
    .parse({ FILMS_AT_ONCE: env.FILMS_AT_ONCE || undefined });
  const films = filmsAtOnce({ SHOWRUNNER_HOME: home, FILMS_AT_ONCE });
  if (FILMS_AT_ONCE !== 'auto') return `  Films at once    ${films}, as FILMS_AT_ONCE says`;
  const { cpus, memoryBytes, freeDiskBytes } = measureMachine(home);
  const disk = freeDiskBytes === null ? '' : `, ${inGib(freeDiskBytes)} free on disk`;
  return `  Films at once    ${films}: ${cpus} processors, ${inGib(memoryBytes)} of memory${disk}`;
}

const inGib = (bytes: number): string => `${Math.round((bytes / GIB) * 10) / 10} GiB`;
