/**
 * Width and height of a JPEG, from its start-of-frame marker (ITU T.81, B.2.2); null when `bytes` end before it or are no JPEG.
 * @param {Buffer} bytes
 * @returns {{ width: number, height: number } | null}
 */
export function jpegSize(bytes) {
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isStartOfFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isStartOfFrame) return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
