import type { LogStream } from './log-demux';

/** What the supervisor says. */
export type Frame =
  | { kind: 'output'; stream: LogStream; bytes: Buffer }
  | { kind: 'gap'; stream: LogStream; bytes: number }
  | { kind: 'alive' }
  | { kind: 'exit'; exitCode: number | null; signal: number | null; timedOut: boolean };

const STREAMS: Record<string, LogStream> = { O: 'stdout', E: 'stderr' };
/** A line of the supervisor has at most 64 KiB and a little; longer is not its. */
const MAX_LINE = 1024 ** 2;

/** Reads the lines of the supervisor out of chunks split anywhere. Lines that are not its are given to `onOther`. */
export class FrameReader {
  private parts: Buffer[] = [];
  private length = 0;

  constructor(
    private readonly onFrame: (frame: Frame) => void,
    private readonly onOther: (line: string) => void,
  ) {}

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      this.parts.push(chunk.subarray(start, end));
      const line = Buffer.concat(this.parts).toString('latin1');
      this.parts = [];
      this.length = 0;
      start = end + 1;
      this.line(line);
    }
    const rest = chunk.subarray(start);
    this.length += rest.length;
    if (rest.length > 0 && this.length <= MAX_LINE) this.parts.push(Buffer.from(rest));
  }

  private line(line: string): void {
    const frame = parseFrame(line);
    if (frame !== undefined) this.onFrame(frame);
    else if (line !== '') this.onOther(line);
  }
}

export function parseFrame(line: string): Frame | undefined {
  if (line === 'H') return { kind: 'alive' };
  const [tag = '', first = '', second = '', third = ''] = line.split(' ');
  const stream = STREAMS[tag];
  if (stream !== undefined && /^[A-Za-z0-9+/]*=*$/.test(first) && second === '')
    return { kind: 'output', stream, bytes: Buffer.from(first, 'base64') };
  const from = STREAMS[first];
  if (tag === 'G' && from !== undefined && /^\d+$/.test(second))
    return { kind: 'gap', stream: from, bytes: Number(second) };
  if (tag === 'X' && /^(\d+|-)$/.test(first) && /^(\d+|-)$/.test(second))
    return {
      kind: 'exit',
      exitCode: first === '-' ? null : Number(first),
      signal: second === '-' ? null : Number(second),
      timedOut: third === '1',
    };
  return undefined;
}
