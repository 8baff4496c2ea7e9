import { printable, storageKeys } from '@showrunner/contracts';
import type { ObjectStore } from '@showrunner/storage';

/** What a build keeps of its log; one that is longer is shortened in its middle, and cannot be followed by place any more. */
const FOLLOWED_BYTES = 1024 * 1024;

/** The lines of a build's log as they come, from a place on. Secrets were taken out where the log is stored. */
export class BuildLogTail {
  private etag = '';

  /** @param offset place in bytes, at the beginning of a line */
  constructor(
    private readonly store: Pick<ObjectStore, 'head' | 'get'>,
    private offset: number,
  ) {}

  get place(): number {
    return this.offset;
  }

  /** Whole lines that came since; none while there is no log yet. */
  async next(buildId: string): Promise<string[]> {
    const key = storageKeys.buildLog(buildId);
    const head = await this.store.head(key);
    if (head === null || head.etag === this.etag || head.bytes <= this.offset) return [];
    if (this.offset >= FOLLOWED_BYTES) return [];
    this.etag = head.etag;
    const { stream } = await this.store.get(key, { start: this.offset, end: FOLLOWED_BYTES - 1 });
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks);
    const end = text.lastIndexOf('\n') + 1;
    this.offset += end;
    return text
      .subarray(0, end)
      .toString()
      .split('\n')
      .slice(0, -1)
      .map(printable)
      .filter((line) => line !== '');
  }
}
