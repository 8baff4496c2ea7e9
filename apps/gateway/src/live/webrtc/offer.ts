import { AppError } from '@showrunner/contracts';

/** More than any browser's offer for one video. */
export const MOST_OFFER_BYTES = 64 * 1024;

/**
 * An offer without the addresses that it names: nothing is sent to an address because a stranger wrote it down. The browser calls at ours,
 * and is answered where it called from.
 * @throws {AppError} `bad_sdp` (400) for a text that is no offer to take a video
 */
export function withoutAddresses(sdp: string): string {
  const lines = sdp.split(/\r?\n/).filter((line) => line !== '');
  const takesVideo = lines[0] === 'v=0' && lines.some((line) => /^m=video \d/.test(line));
  if (!takesVideo || !lines.some((line) => line.startsWith('a=ice-ufrag:'))) throw badOffer();
  return `${lines.filter((line) => !/^a=(candidate|remote-candidates|end-of-candidates)/.test(line)).join('\r\n')}\r\n`;
}

export const badOffer = (cause?: unknown): AppError =>
  new AppError('bad_sdp', 'The body is no SDP offer of a player that takes a video.', {
    status: 400,
    remedy:
      'Send what RTCPeerConnection.createOffer() answers for one receive-only video, as application/sdp.',
    cause,
  });

/**
 * Where the answer says that we can be reached.
 * @param bound addresses that may be told; undefined: all
 * @param advertised one address to tell in place of all, as seen from outside
 */
export function tellAddresses(
  sdp: string,
  bound: ReadonlySet<string> | undefined,
  advertised?: string,
): string {
  const seen = new Set<string>();
  return sdp
    .split('\r\n')
    .flatMap((line) => {
      const [, before, host = '', after] = /^(a=candidate:\S+ \d+ \S+ \d+ )(\S+)( .*)$/.exec(line) ?? [];
      if (before === undefined) return [line];
      if (bound !== undefined && !bound.has(host)) return [];
      const told = `${advertised ?? host}${after}`;
      if (seen.has(told)) return [];
      seen.add(told);
      return [`${before}${told}`];
    })
    .join('\r\n');
}
