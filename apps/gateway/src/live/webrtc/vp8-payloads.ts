/** With the heads of RTP, UDP and IP, and what SRTP adds, below the 1,280 bytes that every path carries. */
const MOST_BYTES = 1_150;
/** The descriptor of RFC 7741, section 4.2: one byte, with S at the start of the partition. */
const START = Buffer.of(0x10);
const GOES_ON = Buffer.of(0x00);

/** The payloads of the RTP packets that carry one VP8 frame, in order; the last one has the marker. */
export function vp8Payloads(frame: Buffer): Buffer[] {
  const payloads: Buffer[] = [];
  for (let at = 0; at < frame.length; at += MOST_BYTES)
    payloads.push(Buffer.concat([at === 0 ? START : GOES_ON, frame.subarray(at, at + MOST_BYTES)]));
  return payloads;
}
