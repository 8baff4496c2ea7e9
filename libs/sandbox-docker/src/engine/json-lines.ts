import { AppError } from '@showrunner/contracts';

const MAX_LINE_BYTES = 1024 ** 2;

/** Reads a stream of JSON objects, one a line, from chunks that are cut anywhere. */
export class JsonLines<Line> {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer): Line[] {
    const all = Buffer.concat([this.rest, chunk]);
    const end = all.lastIndexOf(10);
    this.rest = Buffer.from(all.subarray(end + 1));
    if (this.rest.length > MAX_LINE_BYTES) throw malformed();
    return end < 0 ? [] : this.parse(all.subarray(0, end));
  }

  /** What stood after the last line break. */
  end(): Line[] {
    const rest = this.rest;
    this.rest = Buffer.alloc(0);
    return this.parse(rest);
  }

  private parse(lines: Buffer): Line[] {
    const texts = lines.toString('utf8').split('\n');
    return texts
      .filter((text) => text.trim() !== '')
      .map((text) => {
        try {
          return JSON.parse(text) as Line;
        } catch {
          throw malformed();
        }
      });
  }
}

function malformed(): AppError {
  return new AppError('docker_stream_malformed', 'The engine sent a report that cannot be read.', {
    retryable: true,
  });
}
