import { z } from 'zod';
import { BoxSchema } from './page';

/** A picture of a session's page. */
export interface Frame {
  /** Unix epoch in ms at which Chromium swapped it in, on the clock of the machine of the browser, as all times of a stream. */
  swapMs: number;
  /** Unix epoch in ms at which it was taken from the browser. */
  arrivedMs: number;
  jpeg: Uint8Array;
}

/** What is to be known about the frames around it. */
export const FrameNoticeSchema = z.discriminatedUnion('kind', [
  /** The take's zero, Unix epoch in ms: before the first frame of a recording, and the same for every recorder of a session. */
  z.object({ kind: z.literal('clock'), startedAtMs: z.number() }),
  /** So many frames are missing here. */
  z.object({ kind: z.literal('lost'), frames: z.number().int().positive() }),
  /** From `atMs` (Unix epoch) to the next frame there is no picture. */
  z.object({ kind: z.literal('interrupted'), atMs: z.number(), reason: z.string() }),
  /** From `atMs` (Unix epoch) on these places of the picture are covered, and no others: there secrets would be read. */
  z.object({ kind: z.literal('covered'), atMs: z.number(), boxes: z.array(BoxSchema).max(400) }),
  /** The recording was ended at `atMs` (Unix epoch): nothing follows. */
  z.object({ kind: z.literal('ended'), atMs: z.number() }),
]);
/** What one document has covered, as its program tells it. */
export const CoveredPlacesSchema = z.object({
  id: z.string().max(40),
  atMs: z.number(),
  boxes: z.array(BoxSchema).max(40),
});

export type FrameNotice = z.infer<typeof FrameNoticeSchema>;

/** One message of a stream of frames, in the order of the pictures. */
export type FrameMessage = { kind: 'frame'; frame: Frame } | FrameNotice;

/** `frames`: all of them, for a recorder. `live`: the newest, for somebody who looks on. */
export type FrameStreamKind = 'frames' | 'live';

/** Where the frames of a session are handed out, seen from the address of its worker. Answered only to who shows the session's key. */
export const framesPath = (sessionId: string, kind: FrameStreamKind = 'frames'): string =>
  `/sessions/${encodeURIComponent(sessionId)}/${kind}`;

/** Two times of eight bytes before the picture. */
const HEAD_BYTES = 16;

/** A message as it travels: a notice as JSON text, a frame as swap and arrival time (IEEE 754 doubles, little-endian) before its JPEG. */
export function encodeFrameMessage(message: FrameMessage): string | Uint8Array {
  if (message.kind !== 'frame') return JSON.stringify(message);
  const { swapMs, arrivedMs, jpeg } = message.frame;
  const bytes = new Uint8Array(HEAD_BYTES + jpeg.byteLength);
  const head = new DataView(bytes.buffer);
  head.setFloat64(0, swapMs, true);
  head.setFloat64(8, arrivedMs, true);
  bytes.set(jpeg, HEAD_BYTES);
  return bytes;
}

/** What `encodeFrameMessage` made. Undefined for anything else: no sender of ours. */
export function decodeFrameMessage(data: string | Uint8Array): FrameMessage | undefined {
  if (typeof data !== 'string') {
    if (data.byteLength <= HEAD_BYTES) return undefined;
    const head = new DataView(data.buffer, data.byteOffset, HEAD_BYTES);
    const [swapMs, arrivedMs] = [head.getFloat64(0, true), head.getFloat64(8, true)];
    if (!Number.isFinite(swapMs) || !Number.isFinite(arrivedMs)) return undefined;
    return { kind: 'frame', frame: { swapMs, arrivedMs, jpeg: data.subarray(HEAD_BYTES) } };
  }
  try {
    return FrameNoticeSchema.safeParse(JSON.parse(data)).data;
  } catch {
    // Not JSON.
    return undefined;
  }
}
