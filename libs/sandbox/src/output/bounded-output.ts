/** Keeps the first and the last half of `limit` bytes of a stream of any length, in memory of that size. */
export class BoundedOutput {
  private readonly headLimit: number;
  private readonly tailLimit: number;
  private readonly head: Buffer[] = [];
  private headBytes = 0;
  private tail: Buffer[] = [];
  private tailBytes = 0;
  /** Bytes that came, kept or not. */
  total = 0;

  constructor(limit: number) {
    this.headLimit = Math.ceil(limit / 2);
    this.tailLimit = Math.floor(limit / 2);
  }

  push(chunk: Buffer): void {
    this.total += chunk.length;
    const room = this.headLimit - this.headBytes;
    if (room > 0) {
      const part = chunk.subarray(0, room);
      this.head.push(Buffer.from(part));
      this.headBytes += part.length;
      if (part.length === chunk.length) return;
      chunk = chunk.subarray(part.length);
    }
    if (this.tailLimit === 0) return;
    const part = chunk.length > this.tailLimit ? chunk.subarray(chunk.length - this.tailLimit) : chunk;
    // A copy: the pool behind a small chunk would otherwise stay in memory.
    this.tail.push(Buffer.from(part));
    this.tailBytes += part.length;
    // Merging at twice the limit keeps the cost per byte constant.
    if (this.tailBytes > 2 * this.tailLimit || this.tail.length > 1024) this.trim();
  }

  /** Counts bytes that were left out where they came from, between head and tail. */
  skip(bytes: number): void {
    this.total += bytes;
  }

  private trim(): void {
    const all = Buffer.concat(this.tail);
    const kept = all.subarray(Math.max(0, all.length - this.tailLimit));
    this.tail = [Buffer.from(kept)];
    this.tailBytes = kept.length;
  }

  get truncated(): boolean {
    return this.total > this.headBytes + Math.min(this.tailBytes, this.tailLimit);
  }

  /** What was kept, as it came; the bytes between head and tail are missing without a mark. */
  bytes(): Buffer {
    this.trim();
    return Buffer.concat([...this.head, ...this.tail]);
  }

  /** What was kept as text (bytes that are not UTF-8 become U+FFFD), with a line that says how much was left out. */
  text(): string {
    this.trim();
    const head = Buffer.concat(this.head);
    const tail = this.tail[0] ?? Buffer.alloc(0);
    const left = this.total - head.length - tail.length;
    if (left <= 0) return Buffer.concat([head, tail]).toString('utf8');
    return `${head.toString('utf8')}\n[... ${left} bytes left out ...]\n${tail.toString('utf8')}`;
  }
}
