import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { LimitWrite } from './group-limits';

/** What one process, or one group that nobody weighted, weighs when processors are short. */
const ONE = { 1: 1024, 2: 100 } as const;
const FILE = { 1: 'cpu.shares', 2: 'cpu.weight' } as const;
const RANGE = { 1: [2, 262_144], 2: [1, 10_000] } as const;

/**
 * The share of a group where processors are short: as many processes as it may use processors. Groups beside it then have time by
 * what they were promised, however many processes each starts. It is no limit: where nobody else wants a processor, all of it is free.
 * @param cpus as many as the host has, when left out
 */
export function cpuShare(version: 1 | 2, cpus = availableParallelism()): LimitWrite {
  const [least, most] = RANGE[version];
  const weight = Math.min(most, Math.max(least, Math.round(cpus * ONE[version])));
  return { file: FILE[version], value: String(weight), optional: true };
}

/**
 * Whether groups below the root of the controller's hierarchy compete with processes one by one, not with groups (the slices of systemd).
 * @param memberships content of /proc/self/cgroup
 */
export function isBesideProcesses(version: 1 | 2, memberships = ownMemberships()): boolean {
  const lines = memberships.split('\n').map((line) => line.split(':'));
  const own = lines.find(([id, names]) =>
    version === 2 ? id === '0' && names === '' : names?.split(',').includes('cpu'),
  );
  return own?.[2] === '/';
}

const ownMemberships = (): string => readFileSync('/proc/self/cgroup', 'utf8');
