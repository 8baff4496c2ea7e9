import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeEnvelope, EnvelopeReader, END_OF_STREAM } from './connect-envelope';

it('gives back every message, however the stream is cut into pieces', () => {
  const messages = fc.array(fc.tuple(fc.jsonValue(), fc.constantFrom(0, END_OF_STREAM)), { maxLength: 8 });
  fc.assert(
    fc.property(messages, fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }), (sent, sizes) => {
      const stream = Buffer.concat(sent.map(([message, flags]) => encodeEnvelope(message, flags)));
      const reader = new EnvelopeReader();
      const got = [];
      for (let start = 0, turn = 0; start < stream.length; turn++) {
        const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
        got.push(...reader.push(stream.subarray(start, start + size)));
        start += size;
      }
      expect(got.map(({ flags, message }) => [JSON.parse(message.toString()), flags])).toEqual(
        sent.map(([message, flags]) => [JSON.parse(JSON.stringify(message)), flags]),
      );
      expect(reader.left).toBe(0);
    }),
  );
});

it('keeps what is not whole', () => {
  const reader = new EnvelopeReader();
  const whole = encodeEnvelope({ a: 1 });
  expect(reader.push(whole.subarray(0, 7))).toEqual([]);
  expect(reader.left).toBe(7);
  expect(reader.push(whole.subarray(7))).toHaveLength(1);
});
