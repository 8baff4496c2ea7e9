import type { RunProgress } from '@showrunner/contracts';

const WIDTH = 24;
const CLEAR = '\r\u001b[2K';

type Told = Pick<RunProgress, 'share' | 'etaMs'>;
/** The part of a stream that is drawn on; without `isTTY` lines are all that is written. */
export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** `[#######-----------------]  31 %  about 42 s left`. */
export function barOf({ share, etaMs }: Told): string {
  const filled = Math.round(share * WIDTH);
  const left = etaMs === null || share >= 1 ? '' : `  about ${timeOf(etaMs)} left`;
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}] ${percent} %${left}`;
}

/** Lines of what happens, and on a terminal below them one that says how far it is. */
export class ProgressBar {
  private drawn = '';

  constructor(private readonly screen: Screen) {}

  line(text: string): void {
    this.screen.write(this.drawn === '' ? `${text}\n` : `${CLEAR}${text}\n${this.drawn}`);
  }

  show(progress: Told): void {
    if (this.screen.isTTY !== true) return;
    // A line that is too long would stay behind when it is drawn again.
    this.drawn = barOf(progress).slice(0, Math.max(1, (this.screen.columns ?? 80) - 1));
    this.screen.write(`${CLEAR}${this.drawn}`);
  }

  /** Takes it away. */
  end(): void {
    if (this.drawn !== '') this.screen.write(CLEAR);
    this.drawn = '';
  }
}

function timeOf(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
