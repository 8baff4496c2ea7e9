/**
 * Identifiers of the EBML elements that a take file uses (RFC 8794, RFC 9559), marker bits included.
 */
export const EBML_IDS = /** @type {const} */ ({
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
});

/**
 * @typedef {object} ElementHead
 * @property {number} id
 * @property {number | null} size null: unknown
 * @property {number} headLength
 */

/**
 * Reads id and size at `offset`; null when the bytes end before the head does or are no EBML.
 * @param {Buffer} bytes
 * @param {number} offset
 * @returns {ElementHead | null}
 */
export function decodeHead(bytes, offset) {
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

/**
 * @param {Buffer} payload
 * @returns {number}
 */
export function decodeUint(payload) {
  let value = 0;
  for (const byte of payload) value = value * 256 + byte;
  return value;
}
