import { InvalidInputError } from '@showrunner/contracts';
import type { SandboxLimits } from '@showrunner/contracts';

const MIB = 1024 ** 2;

/** Below these nothing can run, and a sandbox would be made only to fail. Ceilings stand in the schema. */
const FLOORS: readonly { name: keyof SandboxLimits; least: number; shown: string; why: string }[] = [
  {
    name: 'cpus',
    least: 0.05,
    shown: '0.05',
    why: 'the kernel shares out processors in slices of a few milliseconds of every 100',
  },
  {
    name: 'memoryBytes',
    least: 32 * MIB,
    shown: '32 MiB',
    why: 'a shell and the programs that keep the sandbox need as much',
  },
  {
    name: 'diskBytes',
    least: 8 * MIB,
    shown: '8 MiB',
    why: 'its file system itself takes a part of it',
  },
  {
    name: 'maxProcesses',
    least: 8,
    shown: '8',
    why: 'the sandbox has processes of its own beside those of a command',
  },
];

/** @throws {InvalidInputError} `limits_too_small` (422), with the least that is taken and why */
export function requireLimits(limits: Partial<SandboxLimits> | undefined): void {
  for (const { name, least, shown, why } of FLOORS) {
    const asked = limits?.[name];
    if (asked === undefined || asked >= least) continue;
    throw new InvalidInputError('limits_too_small', `limits.${name}: at least ${shown}, for ${why}.`, {
      status: 422,
      remedy: 'Ask for more, or leave it out: each limit has a default.',
    });
  }
}
