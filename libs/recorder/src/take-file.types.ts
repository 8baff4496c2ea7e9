/** One JPEG of a take file. */
export interface FrameEntry {
  /** Milliseconds since the take's first frame. */
  tMs: number;
  /** Where the JPEG begins in the file, and its length in bytes. */
  offset: number;
  length: number;
  /** Always true: every JPEG stands for itself. */
  keyframe: boolean;
}

/** A stretch of a take in which no recorder was attached; ms since the take's first frame. */
export interface TakeGap {
  fromMs: number;
  toMs: number;
  reason: string;
}

/** What is in a take file, read without decoding a picture. */
export interface TakeIndex {
  path: string;
  /** Unix epoch in ms of the first frame: zero of the take's clock. */
  startedAtMs: number;
  width: number;
  height: number;
  frames: FrameEntry[];
  gaps: TakeGap[];
  /** Frames that Chromium presented and the recorder could not keep, as far as the file tells (see `FrameLedger`). */
  framesLost: number;
  /** Time of the last frame; a finalised take repeats its last frame at the moment it was stopped. */
  durationMs: number;
  /** True once `finalise` has written index and duration. */
  finalised: boolean;
  /** End of the last whole element: what follows is a partial tail or the index. */
  contentEnd: number;
  /** Byte positions that `finalise` fills in. */
  layout: { segmentStart: number; seekHeadAt: number; durationAt: number };
  /** Clusters by time, for the index. */
  clusters: { tMs: number; offset: number }[];
}
