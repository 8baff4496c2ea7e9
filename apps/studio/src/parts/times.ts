const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `8 s`, `1 min 20 s`, `2 h 5 min`. */
export function duration(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < 10 * SECOND) return `${(whole / SECOND).toFixed(1)} s`;
  if (whole < MINUTE) return `${Math.round(whole / SECOND)} s`;
  if (whole < HOUR)
    return join(Math.floor(whole / MINUTE), 'min', Math.floor((whole % MINUTE) / SECOND), 's');
  if (whole < DAY) return join(Math.floor(whole / HOUR), 'h', Math.floor((whole % HOUR) / MINUTE), 'min');
  return join(Math.floor(whole / DAY), 'd', Math.floor((whole % DAY) / HOUR), 'h');
}

const join = (most: number, unit: string, rest: number, smaller: string): string =>
  rest === 0 ? `${most} ${unit}` : `${most} ${unit} ${rest} ${smaller}`;

/** `1:05`, as players write it. */
export const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/** How long ago a moment was, roughly. */
export function ago(iso: string, now = Date.now()): string {
  const ms = now - Date.parse(iso);
  if (ms < MINUTE) return 'just now';
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h ago`;
  return new Date(iso).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** `3.4 MB`. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
