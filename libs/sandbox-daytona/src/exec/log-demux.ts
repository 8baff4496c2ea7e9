export type LogStream = 'stdout' | 'stderr';

const LENGTH = 3;
const MARKERS: readonly [LogStream, Buffer][] = [
  ['stdout', Buffer.from([1, 1, 1])],
  ['stderr', Buffer.from([2, 2, 2])],
];

/**
 * Parts the log of a session command into its streams. Daytona writes three bytes before each line: 01 01 01 for standard output, 02 02 02
 * for standard error. A marker may be split between chunks anywhere; bytes before the first marker count as standard output. Output
 * that holds a marker itself is misread, which is why the supervisor sends base64.
 */
export class LogDemux {
  private held = Buffer.alloc(0);
  private stream: LogStream = 'stdout';

  constructor(private readonly emit: (stream: LogStream, bytes: Buffer) => void) {}

  push(chunk: Uint8Array): void {
    let rest = this.held.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.held, chunk]);
    for (;;) {
      const next = MARKERS.map(([stream, marker]) => ({ stream, at: rest.indexOf(marker) }))
        .filter(({ at }) => at !== -1)
        .sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.send(rest.subarray(0, next.at));
      this.stream = next.stream;
      rest = rest.subarray(next.at + LENGTH);
    }
    const whole = rest.length - partialMarker(rest);
    this.send(rest.subarray(0, whole));
    this.held = Buffer.from(rest.subarray(whole));
  }

  /** No more will come: what looked like the start of a marker was none. */
  end(): void {
    this.send(this.held);
    this.held = Buffer.alloc(0);
  }

  private send(bytes: Buffer): void {
    if (bytes.length > 0) this.emit(this.stream, bytes);
  }
}

/** How many bytes at the end may be the start of a marker. */
function partialMarker(bytes: Buffer): number {
  const last = bytes.at(-1);
  if (last !== 1 && last !== 2) return 0;
  return bytes.at(-2) === last ? 2 : 1;
}
