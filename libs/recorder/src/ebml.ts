import { EBML_IDS } from './ebml-decode.mjs';

export { EBML_IDS } from './ebml-decode.mjs';

/** Eight bytes that say "size unknown": the element ends where its parent or a sibling begins. */
export const UNKNOWN_SIZE = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);

export function encodeId(id: number): Buffer {
  const length = id > 0xffffff ? 4 : id > 0xffff ? 3 : id > 0xff ? 2 : 1;
  const out = Buffer.alloc(length);
  out.writeUIntBE(id, 0, length);
  return out;
}

/** Data size as a variable-length integer, in `width` bytes when given, else in as few as possible. */
export function encodeSize(value: number, width?: number): Buffer {
  let length = width ?? 1;
  if (width === undefined) while (value >= 2 ** (7 * length) - 1) length += 1;
  const out = Buffer.alloc(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i -= 1) {
    out[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  out[0] = (out[0] ?? 0) | (1 << (8 - length));
  return out;
}

export function element(id: number, ...payload: Buffer[]): Buffer {
  const size = payload.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([encodeId(id), encodeSize(size), ...payload]);
}

export function uintElement(id: number, value: number, width?: number): Buffer {
  let length = width ?? 1;
  if (width === undefined) while (value >= 2 ** (8 * length)) length += 1;
  const payload = Buffer.alloc(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i -= 1) {
    payload[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return element(id, payload);
}

export function floatElement(id: number, value: number): Buffer {
  const payload = Buffer.alloc(8);
  payload.writeDoubleBE(value);
  return element(id, payload);
}

export function textElement(id: number, value: string): Buffer {
  return element(id, Buffer.from(value, 'utf8'));
}

/** An element of exactly `total` bytes (2 to 2^14) that readers skip: room for what is known only later. */
export function voidElement(total: number): Buffer {
  const width = total - 2 < 127 ? 1 : 2;
  const payload = Buffer.alloc(total - 1 - width);
  return Buffer.concat([encodeId(EBML_IDS.void), encodeSize(payload.length, width), payload]);
}
