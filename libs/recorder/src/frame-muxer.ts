import { EBML_IDS as ID, UNKNOWN_SIZE, encodeId, encodeSize, uintElement } from './ebml';

/** A cluster spans at most this long: block times are 16 bit and a seek lands at a cluster. */
const CLUSTER_MS = 5000;

/** Turns frames into the bytes that follow a take's header, beginning a cluster where one is due. */
export class FrameMuxer {
  private clusterMs: number | null = null;

  /** The bytes of a frame at `tMs`, ms, never before the frame before it; `beginsCluster` when a cluster begins with them. */
  frame(tMs: number, jpeg: Buffer): { parts: Buffer[]; beginsCluster: boolean } {
    const parts: Buffer[] = [];
    const beginsCluster = this.clusterMs === null || tMs - this.clusterMs >= CLUSTER_MS;
    const clusterMs = beginsCluster || this.clusterMs === null ? tMs : this.clusterMs;
    if (beginsCluster)
      parts.push(encodeId(ID.cluster), UNKNOWN_SIZE, uintElement(ID.clusterTimestamp, clusterMs));
    this.clusterMs = clusterMs;
    const head = Buffer.from([0x81, 0, 0, 0x80]);
    head.writeInt16BE(tMs - clusterMs, 1);
    parts.push(encodeId(ID.simpleBlock), encodeSize(jpeg.length + 4, 4), head, jpeg);
    return { parts, beginsCluster };
  }

  /** Another level-1 element is written: it ends the cluster of unknown size that it follows. */
  endCluster(): void {
    this.clusterMs = null;
  }
}
