/** Where a page has its stamp: black and white cells, large enough to outlive every encoder. Sides in px. */
export const STAMP = { columns: 8, rows: 4, cell: 48 } as const;

/**
 * A page that says in its own pixels when it was painted: 24 bits of the time (Unix epoch, ms) and 8 that tell whether all were read well, anew
 * at every refresh, beside something that moves.
 */
export const STAMPED_PAGE = `<!doctype html><title>Clock</title><style>body{margin:0;background:#fff;font:20px sans-serif}
canvas{display:block}#b{position:absolute;top:320px;width:120px;height:120px;background:#d00}</style>
<canvas width=${STAMP.columns * STAMP.cell} height=${STAMP.rows * STAMP.cell}></canvas><h1>Clock</h1><p>A page that tells when it was painted.</p><div id=b></div>
<script>const board=document.querySelector('canvas').getContext('2d');
function paint(t){const ms=Math.round(performance.timeOrigin+performance.now())&0xffffff;
const check=(ms^ms>>8^ms>>16^0xa5)&255;
for(let n=0;n<32;n++){const bit=n<24?ms>>n&1:check>>n-24&1;board.fillStyle=bit?'#fff':'#000';
board.fillRect(n%${STAMP.columns}*${STAMP.cell},(n/${STAMP.columns}|0)*${STAMP.cell},${STAMP.cell},${STAMP.cell})}
b.style.transform='translateX('+(t/4)%1100+'px)';requestAnimationFrame(paint)}requestAnimationFrame(paint)</script>`;

/** Of Chromium; not among the types yet. */
declare const MediaStreamTrackProcessor: new (of: { track: MediaStreamTrack }) => {
  readable: ReadableStream<VideoFrame>;
};

/** What one viewer saw: ms from the painting of the page to its picture being decoded and read, one a picture. */
export interface Seen {
  latencies: number[];
  /** Pictures whose stamp could not be read. */
  unreadable: number;
}

/**
 * Looks on from within a page of the gateway for `forMs`. Runs in the browser: it uses nothing of this file.
 * @param way by which the pictures come
 */
export async function lookOn(
  way: 'websocket' | 'webrtc',
  { runId, key, forMs, stamp }: { runId: string; key: string; forMs: number; stamp: typeof STAMP },
): Promise<Seen> {
  const { columns, rows, cell } = stamp;
  const seen: Seen = { latencies: [], unreadable: 0 };
  /** @param brightness of a cell's middle, by its number; 0 to 255 */
  const read = (brightness: (n: number) => number): void => {
    let [ms, check] = [0, 0];
    for (let n = 0; n < columns * rows; n++) {
      const bit = brightness(n) > 127 ? 1 : 0;
      if (n < 24) ms |= bit << n;
      else check |= bit << (n - 24);
    }
    const now = Math.round(performance.timeOrigin + performance.now());
    if (((ms ^ (ms >> 8) ^ (ms >> 16) ^ 0xa5) & 255) === check)
      seen.latencies.push(((now & 0xffffff) - ms) & 0xffffff);
    else seen.unreadable += 1;
  };
  const middle = (n: number): [x: number, y: number] => [
    ((n % columns) + 0.5) * cell,
    (Math.floor(n / columns) + 0.5) * cell,
  ];
  const over = new Promise<void>((resolve) => setTimeout(resolve, forMs));
  if (way === 'websocket') {
    const address = `${location.origin.replace('http', 'ws')}/api/runs/${runId}/live`;
    const socket = new WebSocket(address, ['showrunner', `showrunner.key.${key}`]);
    socket.binaryType = 'arraybuffer';
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [columns * cell, rows * cell];
    const board = canvas.getContext('2d', { willReadFrequently: true });
    let isDrawing = false;
    let next: Blob | undefined;
    const draw = async (): Promise<void> => {
      if (isDrawing) return;
      isDrawing = true;
      for (let jpeg = next; jpeg !== undefined; jpeg = next) {
        next = undefined;
        const picture = await createImageBitmap(jpeg);
        board?.drawImage(picture, 0, 0);
        const drawn = board?.getImageData(0, 0, canvas.width, canvas.height).data;
        read((n) => {
          const [x, y] = middle(n);
          return drawn?.[4 * (y * canvas.width + x)] ?? 0;
        });
        picture.close();
      }
      isDrawing = false;
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') return;
      next = new Blob([data.slice(8)], { type: 'image/jpeg' });
      void draw();
    };
    await over;
    socket.close();
    return seen;
  }
  const connection = new RTCPeerConnection();
  const { receiver } = connection.addTransceiver('video', { direction: 'recvonly' });
  await connection.setLocalDescription(await connection.createOffer());
  const answered = await fetch(`/api/runs/${runId}/whep`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
    body: connection.localDescription?.sdp ?? '',
  });
  await connection.setRemoteDescription({ type: 'answer', sdp: await answered.text() });
  // A browser without a screen shows no video to be read; what it has decoded, it hands out.
  const frames = new MediaStreamTrackProcessor({ track: receiver.track }).readable.getReader();
  void over.then(() => frames.cancel());
  for (let next = await frames.read(); !next.done; next = await frames.read()) {
    const luma = new Uint8Array(next.value.allocationSize());
    const [plane = { offset: 0, stride: 0 }] = await next.value.copyTo(luma);
    read((n) => {
      const [x, y] = middle(n);
      return luma[plane.offset + y * plane.stride + x] ?? 0;
    });
    next.value.close();
  }
  connection.close();
  return seen;
}
