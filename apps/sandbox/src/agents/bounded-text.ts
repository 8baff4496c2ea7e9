/** The first bytes of an output; what is left out is counted. */
export class BoundedText {
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private left = 0;

  constructor(private readonly most: number) {}

  add(chunk: Buffer): void {
    const room = this.most - this.bytes;
    const kept = chunk.subarray(0, Math.max(0, room));
    if (kept.length > 0) this.chunks.push(kept);
    this.bytes += kept.length;
    this.left += chunk.length - kept.length;
  }

  text(): string {
    const text = Buffer.concat(this.chunks).toString('utf8');
    return this.left === 0 ? text : `${text}\n[${this.left} more bytes left out]`;
  }
}
