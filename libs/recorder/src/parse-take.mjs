import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { EBML_IDS as ID, decodeHead, decodeUint } from './ebml-decode.mjs';
import { PictureChanges } from './picture-changes.mjs';

/** @typedef {import('./take-file.types').ParsedTake} ParsedTake */

/** Names of the tags that a take carries beside its pictures. */
export const TAKE_TAGS = /** @type {const} */ ({
  epoch: 'SHOWRUNNER_EPOCH_MS',
  gap: 'SHOWRUNNER_GAP',
  lost: 'SHOWRUNNER_FRAMES_LOST',
});

/** Bytes kept free for the SeekHead that finalising writes. */
export const SEEK_HEAD_ROOM = 64;

const HEAD_BYTES = 24;
/** Longer than any number or tag of ours: what claims more is damaged, and nothing behind it is believed. */
const LONGEST_VALUE = 64 * 1024;
const LONGEST_PICTURE = 64 * 1024 * 1024;
/** Nine hours of 60 frames a second. */
const MOST_FRAMES = 2_000_000;

/** Entered rather than skipped: their children are what we read. */
/** @type {ReadonlySet<number>} */
const CONTAINERS = new Set([
  ID.segment, ID.info, ID.tracks, ID.trackEntry, ID.video, ID.tags, ID.tag, ID.simpleTag, ID.cluster,
]); // prettier-ignore

/** @type {ReadonlySet<number>} */
const VALUES = new Set([
  ID.duration, ID.pixelWidth, ID.pixelHeight, ID.tagName, ID.tagString, ID.clusterTimestamp,
]); // prettier-ignore

/**
 * Reads a take file from its first to its last byte, without decoding pictures. A file that was cut at any byte, or is damaged from one on,
 * gives every frame that is whole before it. Null when not even the header is whole. Blocks as long as it reads.
 * @param {string} path
 * @returns {ParsedTake | null}
 */
export function parseTake(path) {
  const fd = openSync(path, 'r');
  try {
    return new TakeParser(fd, fstatSync(fd).size).parse();
  } finally {
    closeSync(fd);
  }
}

class TakeParser {
  /**
   * @param {number} fd
   * @param {number} fileSize
   */
  constructor(fd, fileSize) {
    this.fd = fd;
    this.fileSize = fileSize;
    this.head = Buffer.alloc(HEAD_BYTES);
    this.pictures = new PictureChanges();
    /** @type {number | null} */
    this.startedAtMs = null;
    this.width = 0;
    this.height = 0;
    this.durationMs = 0;
    /** @type {number | null} */
    this.clusterMs = null;
    this.clusterAt = 0;
    this.tagName = '';
    /** @type {ParsedTake['frames']} */
    this.frames = [];
    /** @type {ParsedTake['gaps']} */
    this.gaps = [];
    /** @type {ParsedTake['clusters']} */
    this.clusters = [];
    this.framesLost = 0;
    this.layout = { segmentStart: 0, seekHeadAt: 0, durationAt: 0 };
    this.hasCues = false;
    this.contentEnd = 0;
  }

  parse() {
    let at = 0;
    while (at < this.fileSize && this.frames.length < MOST_FRAMES) {
      const head = this.headAt(at);
      if (head === null) break;
      const payloadAt = at + head.headLength;
      if (CONTAINERS.has(head.id)) {
        // A container is whole only when its children are; a cut inside one shows at the child.
        this.enter(head.id, at, payloadAt);
        at = payloadAt;
        continue;
      }
      if (head.size === null || payloadAt + head.size > this.fileSize) break;
      if (head.id === ID.cues) {
        this.hasCues = true;
        break;
      }
      if (!this.leaf(head.id, payloadAt, head.size)) break;
      at = payloadAt + head.size;
      this.contentEnd = at;
    }
    return this.result();
  }

  /** @param {number} at */
  headAt(at) {
    const read = readSync(this.fd, this.head, 0, HEAD_BYTES, at);
    return decodeHead(this.head.subarray(0, read), 0);
  }

  /**
   * @param {number} at
   * @param {number} size
   */
  payload(at, size) {
    const bytes = Buffer.allocUnsafeSlow(size);
    const read = readSync(this.fd, bytes, 0, size, at);
    return bytes.subarray(0, read);
  }

  /**
   * @param {number} id
   * @param {number} at
   * @param {number} payloadAt
   */
  enter(id, at, payloadAt) {
    if (id === ID.segment) {
      this.layout.segmentStart = payloadAt;
      this.layout.seekHeadAt = payloadAt;
    } else if (id === ID.cluster) {
      this.clusterMs = null;
      this.clusterAt = at;
    }
  }

  /**
   * False when the element cannot be one of ours.
   * @param {number} id
   * @param {number} at
   * @param {number} size
   */
  leaf(id, at, size) {
    if (id === ID.simpleBlock) return this.block(at, size);
    if (!VALUES.has(id)) return true;
    if (size > LONGEST_VALUE || (id === ID.duration && size !== 8)) return false;
    const value = this.payload(at, size);
    switch (id) {
      case ID.duration:
        this.layout.durationAt = at;
        this.durationMs = value.readDoubleBE();
        return this.durationMs >= 0 && this.durationMs < Number.MAX_SAFE_INTEGER;
      case ID.pixelWidth:
        this.width = decodeUint(value);
        return this.width <= 0xffff;
      case ID.pixelHeight:
        this.height = decodeUint(value);
        return this.height <= 0xffff;
      case ID.tagName:
        this.tagName = value.toString('utf8');
        return true;
      case ID.tagString:
        return this.tag(value.toString('utf8'));
      default:
        this.clusterMs = decodeUint(value);
        this.clusters.push({ tMs: this.clusterMs, offset: this.clusterAt });
        return Number.isSafeInteger(this.clusterMs);
    }
  }

  /** @param {string} value */
  tag(value) {
    if (this.tagName === TAKE_TAGS.epoch) {
      this.startedAtMs = Number(value);
      return Number.isFinite(this.startedAtMs);
    }
    if (this.tagName === TAKE_TAGS.lost) {
      const lost = Number(value);
      if (!Number.isSafeInteger(lost) || lost < 0) return false;
      this.framesLost += lost;
    } else if (this.tagName === TAKE_TAGS.gap) {
      const gap = gapOf(value);
      if (gap === null) return false;
      this.gaps.push(gap);
    }
    return true;
  }

  /**
   * @param {number} at
   * @param {number} size
   */
  block(at, size) {
    if (this.clusterMs === null || size <= 4) return true;
    if (size > LONGEST_PICTURE) return false;
    const bytes = this.payload(at, size);
    if (bytes.length < size) return false;
    const tMs = this.clusterMs + bytes.readInt16BE(1);
    // Ours never run backwards.
    if (tMs < (this.frames.at(-1)?.tMs ?? 0)) return false;
    const { changed, width, height } = this.pictures.add(bytes.subarray(4));
    this.frames.push({ tMs, offset: at + 4, length: size - 4, width, height, changed });
    return true;
  }

  /** @returns {ParsedTake | null} */
  result() {
    if (this.startedAtMs === null || this.width === 0 || this.layout.durationAt === 0) return null;
    const { frames, gaps, clusters, framesLost, layout, width, height } = this;
    return {
      startedAtMs: this.startedAtMs,
      width,
      height,
      frames,
      gaps,
      framesLost,
      durationMs: Math.max(this.durationMs, frames.at(-1)?.tMs ?? 0),
      finalised: this.hasCues && this.durationMs > 0,
      contentEnd: Math.max(this.contentEnd, layout.seekHeadAt + SEEK_HEAD_ROOM),
      layout,
      clusters,
    };
  }
}

/**
 * @param {string} text
 * @returns {import('./take-file.types').TakeGap | null}
 */
function gapOf(text) {
  /** @type {unknown} */
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    // Damaged: the parser stops here.
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { fromMs, toMs, reason } = /** @type {Record<string, unknown>} */ (value);
  if (typeof fromMs !== 'number' || typeof toMs !== 'number' || typeof reason !== 'string') return null;
  return { fromMs, toMs, reason };
}
