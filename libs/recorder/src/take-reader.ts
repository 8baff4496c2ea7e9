import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { AppError } from '@showrunner/contracts';
import { EBML_IDS as ID, decodeHead, decodeUint, type ElementHead } from './ebml';
import { EPOCH_TAG, GAP_TAG, LOST_TAG, SEEK_HEAD_ROOM } from './take-header';
import type { TakeGap, TakeIndex } from './take-file.types';

const HEAD_BYTES = 24;
/** Entered rather than skipped: their children are what we read. */
const CONTAINERS: ReadonlySet<number> = new Set([
  ID.segment, ID.info, ID.tracks, ID.trackEntry, ID.video, ID.tags, ID.tag, ID.simpleTag, ID.cluster,
]); // prettier-ignore

/**
 * Indexes a take file without decoding pictures. A file that was cut at any byte gives every frame that is whole.
 * @throws AppError `take_unreadable` when not even the header is whole.
 */
export function readTakeIndex(path: string): TakeIndex {
  const fd = openSync(path, 'r');
  try {
    return new TakeParser(path, fd, fstatSync(fd).size).parse();
  } finally {
    closeSync(fd);
  }
}

class TakeParser {
  private startedAtMs: number | null = null;
  private width = 0;
  private height = 0;
  private durationMs = 0;
  private clusterMs: number | null = null;
  private clusterAt = 0;
  private tagName = '';
  private readonly index: Pick<TakeIndex, 'frames' | 'gaps' | 'clusters'> = {
    frames: [],
    gaps: [],
    clusters: [],
  };
  private framesLost = 0;
  private readonly layout = { segmentStart: 0, seekHeadAt: 0, durationAt: 0 };
  private hasCues = false;
  private contentEnd = 0;
  private readonly head = Buffer.alloc(HEAD_BYTES);

  constructor(
    private readonly path: string,
    private readonly fd: number,
    private readonly fileSize: number,
  ) {}

  parse(): TakeIndex {
    let at = 0;
    while (at < this.fileSize) {
      const head = this.headAt(at);
      if (head === null) break;
      const payloadAt = at + head.headLength;
      if (CONTAINERS.has(head.id)) {
        // A container is whole only when its children are; a cut inside one shows at the child.
        this.enter(head, at, payloadAt);
        at = payloadAt;
        continue;
      }
      if (head.size === null || payloadAt + head.size > this.fileSize) break;
      if (head.id === ID.cues) {
        this.hasCues = true;
        break;
      }
      this.leaf(head.id, payloadAt, head.size);
      at = payloadAt + head.size;
      this.contentEnd = at;
    }
    return this.result();
  }

  private headAt(at: number): ElementHead | null {
    const read = readSync(this.fd, this.head, 0, HEAD_BYTES, at);
    return decodeHead(this.head.subarray(0, read), 0);
  }

  private payload(at: number, size: number): Buffer {
    const bytes = Buffer.alloc(size);
    readSync(this.fd, bytes, 0, size, at);
    return bytes;
  }

  private enter(head: ElementHead, at: number, payloadAt: number): void {
    if (head.id === ID.segment) {
      this.layout.segmentStart = payloadAt;
      this.layout.seekHeadAt = payloadAt;
    } else if (head.id === ID.cluster) {
      this.clusterMs = null;
      this.clusterAt = at;
    }
  }

  private leaf(id: number, at: number, size: number): void {
    switch (id) {
      case ID.duration:
        this.layout.durationAt = at;
        this.durationMs = this.payload(at, 8).readDoubleBE();
        break;
      case ID.pixelWidth:
        this.width = decodeUint(this.payload(at, size));
        break;
      case ID.pixelHeight:
        this.height = decodeUint(this.payload(at, size));
        break;
      case ID.tagName:
        this.tagName = this.payload(at, size).toString('utf8');
        break;
      case ID.tagString:
        this.tag(this.payload(at, size).toString('utf8'));
        break;
      case ID.clusterTimestamp:
        this.clusterMs = decodeUint(this.payload(at, size));
        this.index.clusters.push({ tMs: this.clusterMs, offset: this.clusterAt });
        break;
      case ID.simpleBlock:
        this.block(at, size);
        break;
      default:
        break;
    }
  }

  private tag(value: string): void {
    if (this.tagName === EPOCH_TAG) this.startedAtMs = Number(value);
    else if (this.tagName === GAP_TAG) this.index.gaps.push(JSON.parse(value) as TakeGap);
    else if (this.tagName === LOST_TAG) this.framesLost += Number(value);
  }

  private block(at: number, size: number): void {
    if (this.clusterMs === null || size <= 4) return;
    const head = this.payload(at, 4);
    this.index.frames.push({
      tMs: this.clusterMs + head.readInt16BE(1),
      offset: at + 4,
      length: size - 4,
      keyframe: ((head[3] ?? 0) & 0x80) !== 0,
    });
  }

  private result(): TakeIndex {
    if (this.startedAtMs === null || this.width === 0 || this.layout.durationAt === 0) {
      throw new AppError('take_unreadable', `The recording ${this.path} ends before its header does.`, {
        remedy: 'Film again: nothing was recorded in this take.',
      });
    }
    return {
      path: this.path,
      startedAtMs: this.startedAtMs,
      width: this.width,
      height: this.height,
      ...this.index,
      framesLost: this.framesLost,
      durationMs: Math.max(this.durationMs, this.index.frames.at(-1)?.tMs ?? 0),
      finalised: this.hasCues && this.durationMs > 0,
      contentEnd: Math.max(this.contentEnd, this.layout.seekHeadAt + SEEK_HEAD_ROOM),
      layout: this.layout,
    };
  }
}
