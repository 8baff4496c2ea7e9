import { useRef, useState } from 'react';
import { useLiveVideo } from './use-live-video';
import { useLiveView } from './use-live-view';

interface Size {
  width: number;
  height: number;
}

/** The browser while it is filmed, with what is being done over it: as a video where there is a way for it, else picture by picture. */
export function LiveView({ runId, message }: { runId: string; message: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stream = useLiveVideo(runId);
  const [videoSize, setVideoSize] = useState<Size>();
  const isVideo = stream !== undefined && videoSize !== undefined;
  const { state, size: pictureSize } = useLiveView(runId, canvas, !isVideo);
  const size = isVideo ? videoSize : pictureSize;
  const pointer = state?.pointer ?? null;
  const isActing = state?.state === 'filming' && state.current_feature !== null;
  return (
    <section className="live" aria-label="Live view">
      {size === undefined ? <div className="live-wait">{message || 'The browser opens …'}</div> : null}
      <div className="live-picture">
        {stream === undefined ? null : (
          <video
            ref={(shown) => {
              if (shown !== null && shown.srcObject !== stream) shown.srcObject = stream;
            }}
            autoPlay
            muted
            playsInline
            hidden={!isVideo}
            aria-label="What the browser shows now"
            onLoadedData={({ currentTarget: { videoWidth: width, videoHeight: height } }) =>
              setVideoSize({ width, height })
            }
          />
        )}
        <canvas
          ref={canvas}
          hidden={isVideo || pictureSize === undefined}
          role="img"
          aria-label="What the browser shows now"
        />
        {size === undefined || pointer === null ? null : (
          <span
            className="live-pointer"
            ref={(dot) => {
              // By script: the page's policy lets no style stand in its text.
              dot?.style.setProperty('left', `${(pointer.x / size.width) * 100}%`);
              dot?.style.setProperty('top', `${(pointer.y / size.height) * 100}%`);
            }}
          />
        )}
      </div>
      <p className="live-bar">
        <span className={`badge ${isActing ? 'busy' : ''}`}>{isActing ? 'AI is interacting' : 'Live'}</span>
        <span aria-live="polite">{state?.action ?? message}</span>
      </p>
    </section>
  );
}
