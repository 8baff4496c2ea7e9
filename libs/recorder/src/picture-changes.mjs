import { jpegSize } from './jpeg-size.mjs';

/** A blinking caret alternates between pictures seen a moment ago: a picture among this many last ones is no change. */
export const REMEMBERED_PICTURES = 3;

/** Enough of a JPEG to hold its tables and its size. */
const JPEG_HEAD_BYTES = 1024;

/**
 * What is worth knowing of each picture of a take, told in order: its size, and whether the screen really changed with it. Equal pictures,
 * and a caret that blinks, are no change. Holds the last few pictures; comparing costs next to nothing, for two pictures rarely have one length.
 */
export class PictureChanges {
  /** @param {Buffer[]} [recent] the last pictures that were changes, oldest first, of a take that is continued */
  constructor(recent = []) {
    /** @private */
    this.recent = recent.slice(-REMEMBERED_PICTURES);
  }

  /**
   * @param {Buffer} jpeg
   * @returns {{ changed: boolean, width: number, height: number }} a size of 0 x 0 is one that cannot be read
   */
  add(jpeg) {
    const size = jpegSize(jpeg.subarray(0, JPEG_HEAD_BYTES)) ?? { width: 0, height: 0 };
    const changed = !this.recent.some((picture) => picture.equals(jpeg));
    if (changed) {
      this.recent.push(jpeg);
      if (this.recent.length > REMEMBERED_PICTURES) this.recent.shift();
    }
    return { changed, ...size };
  }
}
