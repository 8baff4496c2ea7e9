import type { ShowrunnerEvent } from '@showrunner/contracts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The line that an event is worth to somebody who watches a run; undefined for none. `sinceMs` is since the run was asked for. */
export function progressLine(event: ShowrunnerEvent, sinceMs: number): string | undefined {
  const line = content(event);
  return line === undefined ? undefined : `${seconds(sinceMs).padStart(8)}  ${line}`;
}

function content({ type, data }: ShowrunnerEvent): string | undefined {
  switch (type) {
    case 'RUN_STATE':
      return `${text(data['state']).padEnd(10)} ${firstLine(text(data['message']))}`;
    case 'RUN_PROGRESS':
      return typeof data['durationMs'] === 'number'
        ? `  ${text(data['stage']).padEnd(8)} took ${seconds(data['durationMs'])}`
        : undefined;
    case 'FEATURE_MILESTONE':
      return milestone(data);
    case 'PLAN_CREATED':
      return `  plan     ${text(data['hash']).slice(0, 12)}`;
    default:
      return undefined;
  }
}

function milestone(data: Record<string, unknown>): string | undefined {
  const feature = text(data['feature']);
  if (data['kind'] === 'succeeded') return `  proven   ${feature}`;
  if (data['kind'] === 'failed') return `  dropped  ${feature}: ${firstLine(text(data['reason']))}`;
  return undefined;
}

const firstLine = (value: string): string => value.split('\n')[0] ?? '';
