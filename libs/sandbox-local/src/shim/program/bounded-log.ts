import { closeSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs';

const PART_BYTES = 1024 * 1024;
type Part = 'head' | 'tail0' | 'tail1';

/** Replaces a file in one step, so that a reader never sees half of it. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
  renameSync(`${path}.tmp`, path);
}

/** First MiB in `<base>.head`, then two tail files of a MiB in turn: at most 3 MiB however much comes. `<base>.current` names the newest. */
export class BoundedLog {
  private part: Part = 'head';
  private written = 0;
  private fd: number;

  constructor(private readonly base: string) {
    for (const part of ['tail0', 'tail1']) writeFileSync(`${base}.${part}`, '', { mode: 0o600 });
    this.fd = openSync(`${base}.head`, 'w', 0o600);
    replaceFile(`${base}.current`, this.part);
  }

  write(chunk: Buffer): void {
    for (let rest = chunk; rest.length > 0;) {
      if (this.written >= PART_BYTES) this.turn();
      const piece = rest.subarray(0, PART_BYTES - this.written);
      writeSync(this.fd, piece);
      this.written += piece.length;
      rest = rest.subarray(piece.length);
    }
  }

  private turn(): void {
    closeSync(this.fd);
    this.part = this.part === 'tail0' ? 'tail1' : 'tail0';
    this.fd = openSync(`${this.base}.${this.part}`, 'w', 0o600);
    replaceFile(`${this.base}.current`, this.part);
    this.written = 0;
  }

  close(): void {
    closeSync(this.fd);
  }
}
