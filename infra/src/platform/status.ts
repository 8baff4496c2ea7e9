import type { ProcessReport } from './managed-process';
import { answersOk } from './probes';
import { residentBytesOfTree } from './process-table';
import type { PlatformSettings } from './settings';
import { readRunningState, readState, urlsOf } from './state-file';
import type { PlatformState, PlatformUrls } from './state-file';

export interface PlatformStatus {
  state: 'ready' | 'starting' | 'stopping' | 'degraded' | 'stopped';
  home: string;
  pid: number | null;
  startedAt: string | null;
  urls: PlatformUrls;
  ports: PlatformSettings['ports'];
  /** Memory of the supervisor and everything below it. */
  residentBytes: number;
  components: (ProcessReport & { residentBytes: number })[];
  /** Why it is not running, where the last start failed. */
  lastFailure: PlatformState['failure'] | null;
}

/** How the platform of a home is, asked now. */
export async function platformStatus(settings: PlatformSettings): Promise<PlatformStatus> {
  const running = readRunningState(settings.home);
  if (!running) {
    return {
      state: 'stopped',
      home: settings.home,
      pid: null,
      startedAt: null,
      urls: urlsOf(settings),
      ports: settings.ports,
      residentBytes: 0,
      components: [],
      lastFailure: readState(settings.home)?.failure ?? null,
    };
  }
  const components = running.components.map((component) => ({
    ...component,
    residentBytes: component.pid === null ? 0 : residentBytesOfTree(component.pid),
  }));
  return {
    state: await overallState(running),
    home: running.home,
    pid: running.pid,
    startedAt: running.startedAt,
    urls: running.urls,
    ports: running.ports,
    residentBytes: residentBytesOfTree(running.pid),
    components,
    lastFailure: null,
  };
}

async function overallState(running: PlatformState): Promise<PlatformStatus['state']> {
  if (running.state === 'starting' || running.state === 'stopping') return running.state;
  const allReady = running.components.every(({ state, crashLooping }) => state === 'ready' && !crashLooping);
  const hasGateway = running.components.some(({ name }) => name === 'server' || name === 'gateway');
  const answers = !hasGateway || (await answersOk(`http://127.0.0.1:${running.ports.gateway}/healthz`));
  return allReady && answers ? 'ready' : 'degraded';
}
