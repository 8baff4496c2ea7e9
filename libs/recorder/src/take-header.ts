import {
  EBML_IDS as ID,
  UNKNOWN_SIZE,
  element,
  encodeId,
  floatElement,
  textElement,
  uintElement,
  voidElement,
} from './ebml';
import { SEEK_HEAD_ROOM, TAKE_TAGS } from './parse-take.mjs';

export interface TakeHeader {
  startedAtMs: number;
  width: number;
  height: number;
}

/** Everything before the first cluster; `durationAt` is where the eight bytes of the duration stand. */
export function takeHeader(header: TakeHeader): {
  bytes: Buffer;
  segmentStart: number;
  seekHeadAt: number;
  durationAt: number;
} {
  const ebml = element(
    ID.header,
    uintElement(ID.version, 1),
    uintElement(ID.readVersion, 1),
    uintElement(ID.maxIdLength, 4),
    uintElement(ID.maxSizeLength, 8),
    textElement(ID.docType, 'matroska'),
    uintElement(ID.docTypeVersion, 4),
    uintElement(ID.docTypeReadVersion, 2),
  );
  const segment = Buffer.concat([encodeId(ID.segment), UNKNOWN_SIZE]);
  const segmentStart = ebml.length + segment.length;
  const duration = floatElement(ID.duration, 0);
  const info = element(
    ID.info,
    uintElement(ID.timestampScale, 1_000_000),
    textElement(ID.muxingApp, 'showrunner'),
    textElement(ID.writingApp, 'showrunner'),
    duration,
  );
  const tracks = element(
    ID.tracks,
    element(
      ID.trackEntry,
      uintElement(ID.trackNumber, 1),
      uintElement(ID.trackUid, 1),
      uintElement(ID.trackType, 1),
      uintElement(ID.flagLacing, 0),
      textElement(ID.codecId, 'V_MJPEG'),
      element(
        ID.video,
        uintElement(ID.pixelWidth, header.width),
        uintElement(ID.pixelHeight, header.height),
        // JPEG: BT.601 matrix, full range.
        element(ID.colour, uintElement(ID.matrixCoefficients, 5), uintElement(ID.range, 2)),
      ),
    ),
  );
  const room = voidElement(SEEK_HEAD_ROOM);
  const beforeInfo = segmentStart + room.length;
  return {
    bytes: Buffer.concat([
      ebml,
      segment,
      room,
      info,
      tracks,
      tagElement(TAKE_TAGS.epoch, String(header.startedAtMs)),
    ]),
    segmentStart,
    seekHeadAt: segmentStart,
    // The duration is the last element of Info: its payload ends where Info ends.
    durationAt: beforeInfo + info.length - 8,
  };
}

/** A level-1 Tags element with one name and value; Matroska allows any number of them, anywhere. */
export function tagElement(name: string, value: string): Buffer {
  return element(
    ID.tags,
    element(
      ID.tag,
      element(ID.targets),
      element(ID.simpleTag, textElement(ID.tagName, name), textElement(ID.tagString, value)),
    ),
  );
}

/** SeekHead pointing at the cues, exactly `SEEK_HEAD_ROOM` bytes. */
export function seekHeadToCues(cuesPosition: number): Buffer {
  const seek = element(
    ID.seekHead,
    element(ID.seek, element(ID.seekId, encodeId(ID.cues)), uintElement(ID.seekPosition, cuesPosition, 8)),
  );
  return Buffer.concat([seek, voidElement(SEEK_HEAD_ROOM - seek.length)]);
}
