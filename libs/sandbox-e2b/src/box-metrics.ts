import type { SandboxMetrics } from '@showrunner/contracts';
import type { MetricSample } from './e2b-api';

/** A gap between samples longer than this is a pause: nothing ran in it. */
const LONGEST_STEP_SECONDS = 60;

/** Prints what the kernel of the box has counted since it started; one line of `/proc/stat`, the ticks of a second, then `/proc/net/dev`. */
export const COUNTERS_COMMAND = [
  'sh',
  '-c',
  'head -n 1 /proc/stat; getconf CLK_TCK; ls -d /proc/[0-9]* | wc -l; cat /proc/net/dev',
];

export interface BoxCounters {
  cpuSeconds: number;
  processes: number;
  networkReceivedBytes: number;
  networkSentBytes: number;
}

/** @returns undefined when the text is not what the command prints */
export function readCounters(text: string): BoxCounters | undefined {
  const [cpu = '', ticks = '', processes = '', ...interfaces] = text.split('\n');
  // user, nice, system, idle, iowait, irq, softirq: the time the processors were not idle (proc(5)).
  const [user, nice, system, , , irq, softirq] = cpu.split(/\s+/).slice(1).map(Number);
  const used = [user, nice, system, irq, softirq].reduce<number>((sum, part) => sum + (part ?? 0), 0);
  const counters = {
    cpuSeconds: used / Number(ticks),
    processes: Number(processes),
    networkReceivedBytes: 0,
    networkSentBytes: 0,
  };
  if (
    !cpu.startsWith('cpu ') ||
    !Number.isFinite(counters.cpuSeconds) ||
    !Number.isInteger(counters.processes)
  )
    return undefined;
  for (const line of interfaces) {
    const [name, counts] = line.split(':');
    if (counts === undefined || name?.trim() === 'lo') continue;
    const fields = counts.trim().split(/\s+/).map(Number);
    counters.networkReceivedBytes += fields[0] ?? 0;
    counters.networkSentBytes += fields[8] ?? 0;
  }
  return counters;
}

/**
 * Use of a box. E2B takes samples every few seconds, also of times before a stop; the counters of a running box add what the samples cannot tell.
 * @param startedAt since when the counters count
 */
export function metricsOf(
  samples: readonly MetricSample[],
  inside?: { counters: BoxCounters; startedAt: Date },
): SandboxMetrics {
  const ordered = [...samples].sort((one, other) => one.timestampUnix - other.timestampUnix);
  const last = ordered.at(-1);
  const before = ordered.filter(
    ({ timestampUnix }) => inside === undefined || timestampUnix * 1000 < inside.startedAt.getTime(),
  );
  const known = last !== undefined || inside !== undefined;
  return {
    cpuSeconds: known ? sampledCpuSeconds(before) + (inside?.counters.cpuSeconds ?? 0) : null,
    memoryBytes: last?.memUsed ?? null,
    memoryPeakBytes: last === undefined ? null : Math.max(...ordered.map(({ memUsed }) => memUsed)),
    diskBytes: last?.diskUsed ?? null,
    processes: inside?.counters.processes ?? null,
    networkReceivedBytes: inside?.counters.networkReceivedBytes ?? null,
    networkSentBytes: inside?.counters.networkSentBytes ?? null,
  };
}

/** The sum over time: bursts between two samples are missed. */
function sampledCpuSeconds(samples: readonly MetricSample[]): number {
  let sum = 0;
  for (const [index, sample] of samples.entries()) {
    const seconds = sample.timestampUnix - (samples[index - 1]?.timestampUnix ?? sample.timestampUnix);
    if (seconds <= LONGEST_STEP_SECONDS) sum += (sample.cpuUsedPct / 100) * sample.cpuCount * seconds;
  }
  return sum;
}
