import type { PlatformStatus } from './status';
import type { PlatformState } from './state-file';

const MEBIBYTE = 1024 * 1024;

/** The status as people read it. */
export function statusLines(status: PlatformStatus): string[] {
  if (status.state === 'stopped') {
    const failure = status.lastFailure ? [`The last start failed: ${status.lastFailure.message}`] : [];
    return [`The platform of ${status.home} is not running. Start it with \`showrunner up\`.`, ...failure];
  }
  const lines = status.components.map((component) => {
    const columns = [
      component.name.padEnd(10),
      (component.crashLooping ? 'crash-looping' : component.state).padEnd(14),
      `pid ${component.pid ?? '-'}`.padEnd(12),
      `port ${component.port ?? '-'}`.padEnd(12),
      `${Math.round(component.residentBytes / MEBIBYTE)} MiB`.padEnd(10),
      component.restarts > 0 ? `restarted ${component.restarts}×` : '',
    ];
    const why =
      component.state !== 'ready' && component.lastExit
        ? `\n             ${component.lastExit.split('\n').join('\n             ')}`
        : '';
    return `  ${columns.join(' ').trimEnd()}${why}`;
  });
  return [
    `${status.state}: the platform of ${status.home}, supervisor ${status.pid}, ${Math.round(status.residentBytes / MEBIBYTE)} MiB`,
    ...lines,
    ...placeLines(status),
  ];
}

export function placeLines({ urls, home }: Pick<PlatformState, 'urls' | 'home'>): string[] {
  return [
    `  API              ${urls.api}`,
    ...(urls.temporalUi ? [`  Temporal Web UI  ${urls.temporalUi}`] : []),
    `  Previews         ${urls.preview}`,
    `  Logs             ${home}/logs`,
  ];
}

/** Turns successive states into one line for each component that became ready. */
export function readyLines(): (state: PlatformState) => string[] {
  const told = new Set<string>();
  return (state) =>
    state.components
      .filter((component) => component.state === 'ready' && !told.has(component.name))
      .map((component) => {
        told.add(component.name);
        return `  ✓  ${component.name.padEnd(10)} ${((component.readyMs ?? 0) / 1000).toFixed(1).padStart(5)} s  port ${component.port ?? '-'}`;
      });
}
