import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { archiveKind, HEAD_BYTES } from './archive-kind';

/** A tar header as tools wrote it before "ustar" existed. */
function tarHeader(name: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write('        ', 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

describe('archiveKind', () => {
  it('knows archives by their first bytes', () => {
    expect(archiveKind(Buffer.from('PK\x03\x04rest'))).toEqual({ kind: 'zip' });
    expect(archiveKind(gzipSync('x'))).toEqual({ kind: 'tar.gz' });
    expect(archiveKind(tarHeader('a.txt'))).toEqual({ kind: 'tar' });
  });

  it('knows what is empty', () => {
    expect(archiveKind(Buffer.alloc(0))).toEqual({ kind: 'empty' });
    expect(archiveKind(Buffer.alloc(HEAD_BYTES))).toEqual({ kind: 'empty' });
    expect(archiveKind(Buffer.from('PK\x05\x06'))).toEqual({ kind: 'empty' });
  });

  it('names what it does not take', () => {
    expect(archiveKind(Buffer.from('%PDF-1.7'))).toMatchObject({ kind: 'other', what: 'a PDF' });
    expect(archiveKind(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))).toMatchObject({ kind: 'other' });
    expect(archiveKind(Buffer.from('<html>'))).toEqual({ kind: 'unknown' });
  });

  it('takes no noise for a tar, and never fails', () => {
    const noise = fc.uint8Array({ minLength: 0, maxLength: 600 }).map((bytes) => Buffer.from(bytes));
    fc.assert(fc.property(noise, (bytes) => expect(archiveKind(bytes).kind).not.toBe('tar')));
  });

  it('knows a tar by its checksum alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 147 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const header = tarHeader('a.txt');
        header[at] = ((header[at] ?? 0) + change) % 256;
        expect(archiveKind(header).kind).toBe('unknown');
      }),
    );
  });
});
