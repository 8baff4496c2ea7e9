import { closeSync, fstatSync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const DEFAULT_MAX_BYTES = 10 * 1024 * 1024;

/**
 * One log file of bounded size: when it is full it becomes `<path>.1` and a new one begins, so at most twice `maxBytes` are kept.
 * Writes are synchronous: what a process said before it died is on the disk.
 */
export class LogFile {
  private descriptor: number;
  private size: number;

  constructor(
    readonly path: string,
    private readonly maxBytes = DEFAULT_MAX_BYTES,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.descriptor = openSync(path, 'a+', 0o640);
    this.size = fstatSync(this.descriptor).size;
  }

  write(chunk: string | Uint8Array): void {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (this.size > 0 && this.size + bytes.length > this.maxBytes) this.rotate();
    writeSync(this.descriptor, bytes);
    this.size += bytes.length;
  }

  /** Last lines of the current file. */
  tail(lines: number, maxBytes = 8192): string {
    const length = Math.min(this.size, maxBytes);
    const buffer = Buffer.alloc(length);
    readSync(this.descriptor, buffer, 0, length, this.size - length);
    return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
  }

  close(): void {
    closeSync(this.descriptor);
  }

  private rotate(): void {
    closeSync(this.descriptor);
    renameSync(this.path, `${this.path}.1`);
    this.descriptor = openSync(this.path, 'a+', 0o640);
    this.size = 0;
  }
}
