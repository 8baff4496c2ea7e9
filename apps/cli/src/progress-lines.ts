import type { ShowrunnerEvent } from '@showrunner/contracts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const MAX_TEXT = 160;

/**
 * The first line of a text, printable, of at most `most` letters; `…` stands for what is cut off, or for what a line that ends with a colon announces.
 * Messages can hold what a hostile app or page said, also to the terminal.
 */
export function oneLine(value: unknown, most = MAX_TEXT): string {
  if (typeof value !== 'string') return '';
  const [first = '', ...others] = value.split('\n');
  const letters = [...first.replace(/\p{C}/gu, '')];
  if (letters.length > most) return `${letters.slice(0, most - 1).join('')}…`;
  const line = letters.join('');
  return others.length > 0 && line.endsWith(':') ? `${line} …` : line;
}

/** The line that an event is worth to somebody who watches a run; undefined for none. `sinceMs` is since the run was asked for. */
export function progressLine(event: ShowrunnerEvent, sinceMs: number): string | undefined {
  const line = content(event);
  return line === undefined ? undefined : `${seconds(sinceMs).padStart(8)}  ${line}`.trimEnd();
}

function content({ type, data }: ShowrunnerEvent): string | undefined {
  switch (type) {
    case 'RUN_STATE':
      return `${oneLine(data['state']).padEnd(10)} ${oneLine(data['message'])}`;
    case 'RUN_PROGRESS':
      return typeof data['durationMs'] === 'number'
        ? `  ${oneLine(data['stage']).padEnd(9)} took ${seconds(data['durationMs'])}`
        : `  ${oneLine(data['message'])}`;
    case 'PREVIEW_READY':
      return `  preview   ${oneLine(data['url'] ?? data['previewUrl'])}`;
    case 'PLAN_CREATED':
      return `  plan      ${oneLine(data['hash']).slice(0, 12)}`;
    case 'AGENT_ACTION':
      return action(data['action']);
    case 'FEATURE_MILESTONE':
      return milestone(data);
    case 'EXPORT_PROGRESS':
      return typeof data['progress'] === 'number'
        ? `  export    ${Math.round(data['progress'] * 100)} %`
        : undefined;
    default:
      return undefined;
  }
}

function action(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  const { caption, result } = value as Record<string, unknown>;
  return `  ${result === 'succeeded' ? 'did' : oneLine(result)}`.padEnd(12) + oneLine(caption);
}

function milestone(data: Record<string, unknown>): string | undefined {
  const feature = oneLine(data['feature']);
  if (data['kind'] === 'started') return `  feature   ${feature}`;
  if (data['kind'] === 'succeeded') return `  proven    ${feature}`;
  if (data['kind'] === 'failed') return `  dropped   ${feature}: ${oneLine(data['reason'])}`;
  return undefined;
}
