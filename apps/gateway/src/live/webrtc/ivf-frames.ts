const FILE_HEAD_BYTES = 32;
const FRAME_HEAD_BYTES = 12;

/**
 * Takes the frames out of an IVF stream (what ffmpeg writes VP8 into) as its bytes come: a head of 32 bytes, then for each frame its length
 * (4 bytes, little endian), its time (8 bytes) and its bytes.
 */
export class IvfFrames {
  private rest: Buffer = Buffer.alloc(0);
  private hasHead = false;

  /** @returns the frames that are whole now */
  push(bytes: Buffer): Buffer[] {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    if (!this.hasHead) {
      if (this.rest.length < FILE_HEAD_BYTES) return [];
      this.rest = this.rest.subarray(FILE_HEAD_BYTES);
      this.hasHead = true;
    }
    const frames: Buffer[] = [];
    while (this.rest.length >= FRAME_HEAD_BYTES) {
      const end = FRAME_HEAD_BYTES + this.rest.readUInt32LE(0);
      if (this.rest.length < end) break;
      frames.push(this.rest.subarray(FRAME_HEAD_BYTES, end));
      this.rest = this.rest.subarray(end);
    }
    return frames;
  }
}
