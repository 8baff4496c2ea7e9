import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameReader, parseFrame, type Frame } from './frames';

describe('parseFrame', () => {
  it.each<[string, Frame]>([
    ['H', { kind: 'alive' }],
    ['O aGk=', { kind: 'output', stream: 'stdout', bytes: Buffer.from('hi') }],
    ['E AAE=', { kind: 'output', stream: 'stderr', bytes: Buffer.from([0, 1]) }],
    ['G E 1234', { kind: 'gap', stream: 'stderr', bytes: 1234 }],
    ['X 7 - 0', { kind: 'exit', exitCode: 7, signal: null, timedOut: false }],
    ['X - 9 1', { kind: 'exit', exitCode: null, signal: 9, timedOut: true }],
  ])('reads %s', (line, frame) => {
    expect(parseFrame(line)).toEqual(frame);
  });

  it.each(['', 'O', 'hello', 'O what? is this', 'X', 'X a b c', 'G O many', 'sh: perl: not found', 'h'])(
    'takes %p for no frame',
    (line) => {
      const frame = parseFrame(line);
      if (line === 'O') expect(frame).toMatchObject({ bytes: Buffer.alloc(0) });
      else expect(frame).toBeUndefined();
    },
  );
});

it('FrameReader finds the same frames however they are cut', () => {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((all) => Buffer.from(all));
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 10 }), fc.integer({ min: 1, max: 50 }), (outputs, size) => {
      const text = outputs.map((output) => `O ${output.toString('base64')}\n`).join('');
      const log = Buffer.from(`complaint\n${text}X 0 - 0\n`);
      const frames: Frame[] = [];
      const others: string[] = [];
      const reader = new FrameReader(
        (frame) => frames.push(frame),
        (other) => others.push(other),
      );
      for (let at = 0; at < log.length; at += size) reader.push(log.subarray(at, at + size));
      expect(others).toEqual(['complaint']);
      expect(frames.at(-1)?.kind).toBe('exit');
      const found = frames.flatMap((frame) => (frame.kind === 'output' ? [frame.bytes] : []));
      expect(Buffer.concat(found).equals(Buffer.concat(outputs))).toBe(true);
    }),
  );
});
