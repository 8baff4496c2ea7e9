import { storageKeys } from '@showrunner/contracts';
import type { ObjectStore } from '@showrunner/storage';
import { redactText } from '@showrunner/telemetry';

const HEAD_BYTES = 256 * 1024;
const TAIL_BYTES = 1024 * 1024;
const FLUSH_MS = 5000;

export interface BuildLogOptions {
  store: Pick<ObjectStore, 'put'>;
  buildId: string;
  onStoreError: (error: unknown) => void;
  /** Takes secrets out; default: those that look like some. */
  mask?: (text: string) => string;
}

/** The log of one build: its first and last part are kept, and put into the object store every few seconds while it grows. */
export class BuildLog {
  private head = Buffer.alloc(0);
  /** Chunks as they came: joining them for each new one would copy a mebibyte a line. */
  private tail: Buffer[] = [];
  private tailBytes = 0;
  private dropped = 0;
  private dirty = false;
  private writing: Promise<unknown> = Promise.resolve();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: BuildLogOptions) {
    this.timer = setInterval(() => this.flush(), FLUSH_MS);
    this.timer.unref();
  }

  /** A line of our own, e.g. the command that runs next. */
  note(line: string): void {
    this.add(Buffer.from(`\n$ ${line}\n`));
  }

  add(chunk: Buffer): void {
    this.dirty = true;
    const room = HEAD_BYTES - this.head.length;
    if (room > 0) this.head = Buffer.concat([this.head, chunk.subarray(0, room)]);
    const rest = chunk.subarray(Math.max(0, room));
    if (rest.length === 0) return;
    this.tail.push(rest);
    this.tailBytes += rest.length;
    while (this.tailBytes - (this.tail[0]?.length ?? 0) >= TAIL_BYTES) {
      const oldest = this.tail.shift()?.length ?? 0;
      this.tailBytes -= oldest;
      this.dropped += oldest;
    }
  }

  /** Everything that is kept. */
  text(): string {
    const gap = this.dropped === 0 ? '' : `\n[${this.dropped} bytes left out]\n`;
    const text = `${this.head.toString('utf8')}${gap}${Buffer.concat(this.tail).toString('utf8')}`;
    return redactText(this.options.mask?.(text) ?? text);
  }

  /** Stores what is left. A store that is away costs the log and not the build. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.flush();
    await this.writing;
  }

  private flush(): void {
    if (!this.dirty) return;
    this.dirty = false;
    const { store, buildId, onStoreError } = this.options;
    this.writing = this.writing
      .then(() => store.put(storageKeys.buildLog(buildId), this.text()))
      .catch(onStoreError);
  }
}
