import { RTCPeerConnection } from 'werift';
import { WebSocket } from 'ws';

export interface Viewer {
  /** Pictures, or packets of the video, that came. */
  readonly received: number;
  close(): Promise<void>;
}
interface Address {
  /** Of the gateway. */
  url: string;
  runId: string;
  key: string;
}

/** Takes every picture, and looks at none. */
export async function viewByWebSocket({ url, runId, key }: Address): Promise<Viewer> {
  const headers = { authorization: `Bearer ${key}` };
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/runs/${runId}/live`, { headers });
  let received = 0;
  socket.on('message', (_data, isBinary) => (received += isBinary ? 1 : 0));
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return {
    get received() {
      return received;
    },
    close: () => Promise.resolve(socket.terminate()),
  };
}

/** Takes the video with all that belongs to WebRTC but its decoding. */
export async function viewByWebRtc({ url, runId, key }: Address): Promise<Viewer> {
  const connection = new RTCPeerConnection({ iceServers: [] });
  let received = 0;
  connection.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(() => (received += 1)));
  connection.addTransceiver('video', { direction: 'recvonly' });
  await connection.setLocalDescription(await connection.createOffer());
  const answered = await fetch(`${url}/api/runs/${runId}/whep`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
    body: connection.localDescription?.sdp ?? '',
  });
  await connection.setRemoteDescription({ type: 'answer', sdp: await answered.text() });
  return {
    get received() {
      return received;
    },
    close: () => connection.close(),
  };
}
