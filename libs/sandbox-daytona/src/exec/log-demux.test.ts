import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LogDemux, type LogStream } from './log-demux';

const MARKER: Record<LogStream, Buffer> = { stdout: Buffer.from([1, 1, 1]), stderr: Buffer.from([2, 2, 2]) };

/** What comes out of chunks, streams apart. */
function demuxed(chunks: readonly Uint8Array[]): Record<LogStream, Buffer> {
  const parts: Record<LogStream, Buffer[]> = { stdout: [], stderr: [] };
  const demux = new LogDemux((stream, bytes) => parts[stream].push(Buffer.from(bytes)));
  for (const chunk of chunks) demux.push(chunk);
  demux.end();
  return { stdout: Buffer.concat(parts.stdout), stderr: Buffer.concat(parts.stderr) };
}

function split(bytes: Buffer, at: readonly number[]): Buffer[] {
  const cuts = [
    0,
    ...at.map((place) => place % (bytes.length + 1)).sort((one, other) => one - other),
    bytes.length,
  ];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

const line = fc.record({
  stream: fc.constantFrom<LogStream>('stdout', 'stderr'),
  // Base64, ends of line, and single or double bytes of markers in the middle; none at an edge, where they would join a marker.
  text: fc
    .array(fc.constantFrom('A', 'zz=', '\n', 'x\x01y', 'x\x02\x02y', '\0'), { maxLength: 12 })
    .map((all) => all.join('')),
});

describe('LogDemux', () => {
  it('parts any lines however the log is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 40 }), (lines, cuts) => {
        const log = Buffer.concat(lines.flatMap(({ stream, text }) => [MARKER[stream], Buffer.from(text)]));
        const expected = (wanted: LogStream) =>
          lines
            .filter(({ stream }) => stream === wanted)
            .map(({ text }) => text)
            .join('');
        const found = demuxed(split(log, cuts));
        expect(found.stdout.toString()).toBe(expected('stdout'));
        expect(found.stderr.toString()).toBe(expected('stderr'));
      }),
    );
  });

  it('says the same of any bytes, whole or cut anywhere', () => {
    const bytes = fc
      .array(fc.constantFrom(0, 1, 2, 10, 65), { maxLength: 60 })
      .map((all) => Buffer.from(all));
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 60 }), (log, cuts) => {
        expect(demuxed(split(log, cuts))).toEqual(demuxed([log]));
      }),
    );
  });

  it('holds back no more than what may begin a marker', () => {
    const seen: string[] = [];
    const demux = new LogDemux((stream, bytes) => seen.push(`${stream}:${bytes.toString('hex')}`));
    demux.push(Buffer.from([2, 2, 2, 65, 66]));
    expect(seen).toEqual(['stderr:4142']);
    demux.push(Buffer.from([67, 1]));
    expect(seen).toEqual(['stderr:4142', 'stderr:43']);
    demux.push(Buffer.from([1, 1, 68]));
    expect(seen).toEqual(['stderr:4142', 'stderr:43', 'stdout:44']);
  });
});
