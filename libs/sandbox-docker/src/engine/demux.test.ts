import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Demultiplexer } from './demux';

const STREAM_BYTE = { stdout: 1, stderr: 2 } as const;
type Name = keyof typeof STREAM_BYTE;

function frame(stream: Name, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(8);
  header[0] = STREAM_BYTE[stream];
  header.writeUInt32BE(payload.length, 4);
  return Buffer.concat([header, payload]);
}

function collect() {
  const got: Record<Name, Buffer[]> = { stdout: [], stderr: [] };
  const demux = new Demultiplexer((stream, payload) => got[stream].push(Buffer.from(payload)));
  return { demux, bytes: (stream: Name) => Buffer.concat(got[stream]) };
}

const frames = fc.array(
  fc.record({ stream: fc.constantFrom<Name>('stdout', 'stderr'), payload: fc.uint8Array({ maxLength: 40 }) }),
  { maxLength: 12 },
);

describe('Demultiplexer', () => {
  it('gives each stream its bytes in order, wherever the chunks are cut', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1 }), (sent, sizes) => {
        const wire = Buffer.concat(sent.map(({ stream, payload }) => frame(stream, payload)));
        const { demux, bytes } = collect();
        for (let at = 0, turn = 0; at < wire.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          demux.push(wire.subarray(at, at + size));
          at += size;
        }
        for (const name of ['stdout', 'stderr'] as const)
          expect(bytes(name)).toEqual(
            Buffer.concat(sent.filter(({ stream }) => stream === name).map(({ payload }) => payload)),
          );
        expect(demux.atBoundary).toBe(true);
      }),
    );
  });

  it('knows that a stream was cut in the middle of a frame', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 30 }), fc.nat(), (payload, where) => {
        const wire = frame('stdout', payload);
        const { demux } = collect();
        demux.push(wire.subarray(0, 1 + (where % (wire.length - 1))));
        expect(demux.atBoundary).toBe(false);
      }),
    );
  });

  it.each([
    ['a stream of a terminal', Buffer.from('hello world')],
    ['an unknown stream', Buffer.from([3, 0, 0, 0, 0, 0, 0, 1, 65])],
    ['padding that is not zero', Buffer.from([1, 0, 7, 0, 0, 0, 0, 1, 65])],
  ])('refuses %s', (_what, wire) => {
    expect(() => collect().demux.push(wire)).toThrow(
      expect.objectContaining({ code: 'docker_stream_malformed' }),
    );
  });
});
