/** Block size of the format (POSIX pax, section "ustar Interchange Format"). */
export const BLOCK = 512;
export const END_OF_ARCHIVE = Buffer.alloc(2 * BLOCK);

/** A header as read. Names are strings of one character a byte: what is not UTF-8 stays as it is. */
export interface TarHeader {
  name: string;
  /** The type flag, `0` for the NUL of old archives. */
  type: string;
  mode: number;
  size: number;
  mtime: number;
  linkName: string;
}

/** @returns undefined for a block of zeros; throws RangeError when it is no header */
export function decodeHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (sum !== number(block, 148, 8)) throw new RangeError('the checksum of a header is wrong');
  const isPosix = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isPosix ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  const type = block[156] === 0 ? '0' : String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    // Archives of before POSIX mark folders by a slash.
    type: type === '0' && name.endsWith('/') ? '5' : type,
    mode: number(block, 100, 8),
    size: number(block, 124, 12),
    mtime: number(block, 136, 12),
    linkName: text(block, 157, 100),
  };
}

/** Header blocks of an entry in the GNU format, which carries names of any length and any bytes. */
export function encodeHeader(header: TarHeader): Buffer {
  return Buffer.concat([
    ...(header.linkName.length > 100 ? [longName('K', header.linkName)] : []),
    ...(header.name.length > 100 ? [longName('L', header.name)] : []),
    plainHeader(header),
  ]);
}

/** Zeros that fill the last block of `size` bytes. */
export const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

function longName(type: 'K' | 'L', name: string): Buffer {
  const content = Buffer.from(`${name}\0`, 'latin1');
  const header = plainHeader({
    name: '././@LongLink',
    type,
    mode: 0o644,
    size: content.length,
    mtime: 0,
    linkName: '',
  });
  return Buffer.concat([header, content, padding(content.length)]);
}

function plainHeader({ name, type, mode, size, mtime, linkName }: TarHeader): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name.slice(0, 100), 0, 'latin1');
  block.write(octal(mode, 7), 100);
  block.write(`${octal(0, 7)}\0${octal(0, 7)}\0`, 108);
  if (size < 8 ** 11) block.write(octal(size, 11), 124);
  else {
    block.writeUInt8(0x80, 124);
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write(octal(Math.min(Math.max(0, Math.floor(mtime)), 8 ** 11 - 1), 11), 136);
  block.write(type, 156, 'latin1');
  block.write(linkName.slice(0, 100), 157, 'latin1');
  block.write('ustar  \0', 257, 'latin1');
  block.fill(32, 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)}\0 `, 148);
  return block;
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

function text(block: Buffer, at: number, length: number): string {
  const end = block.indexOf(0, at);
  return block.toString('latin1', at, end === -1 || end > at + length ? at + length : end);
}

/** Octal digits, or base 256 when the first bit is set. */
function number(block: Buffer, at: number, length: number): number {
  const first = block[at] ?? 0;
  if (first & 0x80) {
    const value = block.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, first & 0x7f);
    if (first === 0xff || !Number.isSafeInteger(value))
      throw new RangeError('a number of a header is out of range');
    return value;
  }
  const digits = text(block, at, length).trim();
  if (!/^[0-7]*$/.test(digits)) throw new RangeError('a number of a header is not octal');
  return digits === '' ? 0 : parseInt(digits, 8);
}
