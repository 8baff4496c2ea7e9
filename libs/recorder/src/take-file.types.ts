/** One JPEG of a take file. */
export interface FrameEntry {
  /** Milliseconds since the take's first frame. */
  tMs: number;
  /** Where the JPEG begins in the file, and its length in bytes. */
  offset: number;
  length: number;
  /** Size of the picture in px; 0 x 0 when the JPEG does not tell. */
  width: number;
  height: number;
  /** Whether the screen really changed: a picture that was shown a moment ago (a caret that blinks) is no change. */
  changed: boolean;
}

/** A stretch of a take in which no recorder was attached; ms since the take's first frame. */
export interface TakeGap {
  fromMs: number;
  toMs: number;
  reason: string;
}

/** What is in a take, known without decoding a picture. Stored beside the take (see `encodeTakeIndex`). */
export interface TakeIndex {
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
  /** True once `finalise` has written cues and duration. */
  finalised: boolean;
}

/** A take file as it was parsed: its index, and what is needed to go on writing it. */
export interface ParsedTake extends TakeIndex {
  /** End of the last whole element: what follows is a partial tail or the cues. */
  contentEnd: number;
  /** Byte positions that `finalise` fills in. */
  layout: { segmentStart: number; seekHeadAt: number; durationAt: number };
  /** Clusters by time, for the cues. */
  clusters: { tMs: number; offset: number }[];
}
