import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BoundedOutput } from './bounded-output';

describe('BoundedOutput', () => {
  it('keeps exactly the head and the tail of anything, however it is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 50 })),
        fc.integer({ min: 2, max: 64 }),
        (chunks, limit) => {
          const output = new BoundedOutput(limit);
          for (const chunk of chunks) output.push(Buffer.from(chunk));
          const all = Buffer.concat(chunks);
          const head = all.subarray(0, Math.ceil(limit / 2));
          const rest = all.subarray(head.length);
          const tail = rest.subarray(Math.max(0, rest.length - Math.floor(limit / 2)));
          expect(output.total).toBe(all.length);
          expect(output.truncated).toBe(all.length > limit);
          expect(output.bytes()).toEqual(Buffer.concat([head, tail]));
        },
      ),
    );
  });

  it('says in its text how much is missing, and nothing when all is there', () => {
    const output = new BoundedOutput(4);
    output.push(Buffer.from('abcd'));
    expect(output.text()).toBe('abcd');
    output.push(Buffer.from('efgh'));
    expect(output.text()).toBe('ab\n[... 4 bytes left out ...]\ngh');
  });

  it('joins a character that two chunks share', () => {
    const output = new BoundedOutput(100);
    for (const byte of Buffer.from('é€')) output.push(Buffer.from([byte]));
    expect(output.text()).toBe('é€');
  });
});

it('counts bytes that were left out at their source', () => {
  const output = new BoundedOutput(10);
  output.push(Buffer.from('01234'));
  output.skip(7);
  output.push(Buffer.from('56789'));
  expect(output.truncated).toBe(true);
  expect(output.text()).toBe('01234\n[... 7 bytes left out ...]\n56789');
});
