import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { Schemas } from '../api/client';

type State = Schemas['LiveState'];

const HEAD_BYTES = 8;
const AGAIN_MS = 1_500;
/** Closed because the run is over, or refused because it is: there is nothing to come back for. */
const ENDED = 1000;

/**
 * Draws what the browser of a run shows into a canvas, as long as it is shown. Pictures are drawn as fast as they are decoded; what comes
 * meanwhile is left out but for the newest.
 * @param wantsPictures false while the video is seen, and only what is done is of interest
 * @returns what is done now; `size` of the page once a picture was there
 */
export function useLiveView(
  runId: string,
  canvas: RefObject<HTMLCanvasElement | null>,
  wantsPictures: boolean,
) {
  const [state, setState] = useState<State>();
  const [size, setSize] = useState<{ width: number; height: number }>();
  const next = useRef<Blob>(undefined);
  const isDrawing = useRef(false);
  useEffect(() => {
    let socket: WebSocket;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = async (): Promise<void> => {
      if (isDrawing.current) return;
      isDrawing.current = true;
      for (let jpeg = next.current; jpeg !== undefined; jpeg = next.current) {
        next.current = undefined;
        // A picture that cannot be decoded is one less.
        const picture = await createImageBitmap(jpeg).catch(() => undefined);
        const board = canvas.current;
        if (picture === undefined || board === null) continue;
        if (board.width !== picture.width || board.height !== picture.height) {
          board.width = picture.width;
          board.height = picture.height;
          setSize({ width: picture.width, height: picture.height });
        }
        board.getContext('2d')?.drawImage(picture, 0, 0);
        board.dataset['pictures'] = String(Number(board.dataset['pictures'] ?? 0) + 1);
        picture.close();
      }
      isDrawing.current = false;
    };
    const open = (): void => {
      const { protocol, host } = location;
      socket = new WebSocket(
        `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/api/runs/${encodeURIComponent(runId)}/live${wantsPictures ? '' : '?pictures=off'}`,
      );
      socket.binaryType = 'arraybuffer';
      socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
        if (typeof data === 'string') return setState(JSON.parse(data) as State);
        next.current = new Blob([data.slice(HEAD_BYTES)], { type: 'image/jpeg' });
        void draw();
      };
      socket.onclose = ({ code }) => {
        if (code !== ENDED) timer = setTimeout(open, AGAIN_MS);
      };
    };
    open();
    return () => {
      clearTimeout(timer);
      socket.onclose = null;
      socket.close();
    };
  }, [runId, canvas, wantsPictures]);
  return { state, size };
}
