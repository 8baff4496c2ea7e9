/**
 * The few EBML primitives (RFC 8794) that a one-track Matroska file (RFC 9559) needs. Ids are written as they stand in the
 * specification, length marker included.
 */
export const EBML_IDS = {
  header: 0x1a45dfa3,
  version: 0x4286,
  readVersion: 0x42f7,
  maxIdLength: 0x42f2,
  maxSizeLength: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  void: 0xec,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  dateUtc: 0x4461,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  flagLacing: 0x9c,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  colour: 0x55b0,
  matrixCoefficients: 0x55b1,
  range: 0x55b9,
  tags: 0x1254c367,
  tag: 0x7373,
  targets: 0x63c0,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
  cluster: 0x1f43b675,
  clusterTimestamp: 0xe7,
  simpleBlock: 0xa3,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
} as const;

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

export interface ElementHead {
  id: number;
  /** null: unknown size. */
  size: number | null;
  headLength: number;
}

/** Reads id and size at `offset`; null when the bytes end before the head does or are no EBML. */
export function decodeHead(bytes: Buffer, offset: number): ElementHead | null {
  const first = bytes[offset];
  if (first === undefined || first < 0x10) return null;
  const idLength = Math.clz32(first) - 23;
  const sizeAt = offset + idLength;
  const sizeFirst = bytes[sizeAt];
  if (sizeFirst === undefined || sizeFirst === 0) return null;
  const sizeLength = Math.clz32(sizeFirst) - 23;
  if (sizeAt + sizeLength > bytes.length) return null;
  let size = sizeFirst & ((1 << (8 - sizeLength)) - 1);
  let allOnes = size === (1 << (8 - sizeLength)) - 1;
  for (let i = 1; i < sizeLength; i += 1) {
    const byte = bytes[sizeAt + i] ?? 0;
    allOnes = allOnes && byte === 0xff;
    size = size * 256 + byte;
  }
  return {
    id: bytes.readUIntBE(offset, idLength),
    size: allOnes ? null : size,
    headLength: idLength + sizeLength,
  };
}

export function decodeUint(payload: Buffer): number {
  let value = 0;
  for (const byte of payload) value = value * 256 + byte;
  return value;
}
