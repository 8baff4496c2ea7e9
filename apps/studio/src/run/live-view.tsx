import { useRef } from 'react';
import { useLiveView } from './use-live-view';

/** The browser while it is filmed, with what is being done over it. */
export function LiveView({ runId, message }: { runId: string; message: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { state, size } = useLiveView(runId, canvas);
  const pointer = state?.pointer ?? null;
  const isActing = state?.state === 'filming' && state.current_feature !== null;
  return (
    <section className="live" aria-label="Live view">
      {size === undefined ? <div className="live-wait">{message || 'The browser opens …'}</div> : null}
      <canvas ref={canvas} hidden={size === undefined} role="img" aria-label="What the browser shows now" />
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
      <p className="live-bar">
        <span className={`badge ${isActing ? 'busy' : ''}`}>{isActing ? 'AI is interacting' : 'Live'}</span>
        <span aria-live="polite">{state?.action ?? message}</span>
      </p>
    </section>
  );
}
