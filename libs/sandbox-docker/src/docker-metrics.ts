import type { SandboxMetrics } from '@showrunner/contracts';
import { sandboxLost } from './docker-errors';
import type { DockerSandboxParts } from './docker-sandbox-parts';

/** The engine counts for the life of a container's processes: what a sandbox used before a stop is not known any more. */
export async function dockerMetrics({
  id,
  commands,
  network,
  lifecycle,
}: DockerSandboxParts): Promise<SandboxMetrics> {
  const { received, sent } = network().traffic();
  const traffic = { networkReceivedBytes: received, networkSentBytes: sent };
  const { status } = await lifecycle.info(id);
  if (status === 'destroyed') throw sandboxLost(id);
  if (status !== 'running')
    return {
      cpuSeconds: null,
      memoryBytes: 0,
      memoryPeakBytes: null,
      diskBytes: await lifecycle.archives.bytes(id),
      processes: 0,
      ...traffic,
    };
  const [stats, diskBytes] = await Promise.all([commands.stats(), diskUse(commands)]);
  const { usage, max_usage: peak } = stats.memory_stats;
  return {
    cpuSeconds: stats.cpu_stats.cpu_usage.total_usage / 1e9,
    memoryBytes: usage ?? null,
    memoryPeakBytes: peak ?? null,
    diskBytes,
    processes: stats.pids_stats?.current ?? null,
    ...traffic,
  };
}

const DU_MS = 10_000;

async function diskUse(commands: DockerSandboxParts['commands']): Promise<number | null> {
  const done = await commands.run(['du', '-sk', '/app', '/home/app'], { cwd: '/', timeoutMs: DU_MS });
  const sizes = [...done.stdout.text().matchAll(/^(\d+)\s+\//gm)].map(([, size]) => Number(size));
  return sizes.length === 2 ? sizes.reduce((sum, size) => sum + size * 1024, 0) : null;
}
