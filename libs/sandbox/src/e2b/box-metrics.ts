import type { SandboxMetrics } from '@showrunner/contracts';
import type { MetricSample } from './e2b-api';

/** A gap between samples longer than this is a pause: nothing ran in it. */
const LONGEST_STEP_SECONDS = 60;

/**
 * Use of a box from the samples that E2B takes every few seconds. Processor time is their sum over time, so short bursts between two samples
 * are missed; processes and traffic E2B does not tell.
 */
export function metricsOf(samples: readonly MetricSample[]): SandboxMetrics {
  const ordered = [...samples].sort((one, other) => one.timestampUnix - other.timestampUnix);
  const last = ordered.at(-1);
  let cpuSeconds = 0;
  for (const [index, sample] of ordered.entries()) {
    const seconds = sample.timestampUnix - (ordered[index - 1]?.timestampUnix ?? sample.timestampUnix);
    if (seconds <= LONGEST_STEP_SECONDS) cpuSeconds += (sample.cpuUsedPct / 100) * sample.cpuCount * seconds;
  }
  return {
    cpuSeconds: last === undefined ? null : cpuSeconds,
    memoryBytes: last?.memUsed ?? null,
    memoryPeakBytes: last === undefined ? null : Math.max(...ordered.map(({ memUsed }) => memUsed)),
    diskBytes: last?.diskUsed ?? null,
    processes: null,
    networkReceivedBytes: null,
    networkSentBytes: null,
  };
}
