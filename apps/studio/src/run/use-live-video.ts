import { useEffect, useState } from 'react';
import { OWN_PAGE, refreshingFetch } from '../api/refresh';

const SDP = 'application/sdp';

/**
 * Takes the live video of a run by WebRTC (WHEP), as long as it is shown.
 * @returns the video once it comes; undefined before, after, and where there is no way for it: pictures come by WebSocket then
 */
export function useLiveVideo(runId: string): MediaStream | undefined {
  const [stream, setStream] = useState<MediaStream>();
  useEffect(() => {
    // Some browsers are set up without it.
    if (typeof RTCPeerConnection === 'undefined') return;
    const connection = new RTCPeerConnection();
    const leaving = new AbortController();
    let player: string | null = null;
    const end = (): void => {
      const gone = { method: 'DELETE', headers: OWN_PAGE, keepalive: true };
      if (player !== null) void fetch(player, gone).catch(() => undefined);
      player = null;
    };
    connection.ontrack = ({ track }) => {
      track.onunmute = () => setStream(new MediaStream([track]));
      track.onended = () => setStream(undefined);
    };
    connection.onconnectionstatechange = () => {
      if (['failed', 'closed', 'disconnected'].includes(connection.connectionState)) setStream(undefined);
    };
    const open = async (): Promise<void> => {
      connection.addTransceiver('video', { direction: 'recvonly' });
      await connection.setLocalDescription(await connection.createOffer());
      const answered = await refreshingFetch(
        new Request(`/api/runs/${encodeURIComponent(runId)}/whep`, {
          method: 'POST',
          headers: { ...OWN_PAGE, 'content-type': SDP, accept: SDP },
          body: connection.localDescription?.sdp ?? '',
        }),
      );
      if (answered.status !== 201) return;
      player = answered.headers.get('location');
      if (leaving.signal.aborted) return end();
      await connection.setRemoteDescription({ type: 'answer', sdp: await answered.text() });
    };
    // Whatever is in its way, there are pictures.
    open().catch(() => undefined);
    return () => {
      leaving.abort();
      end();
      connection.close();
      setStream(undefined);
    };
  }, [runId]);
  return stream;
}
