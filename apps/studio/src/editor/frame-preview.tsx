import { useEffect, useRef, useState } from 'react';
import { filmTime, onFrame } from './film-items';

/** A moment that is passed by is not asked for. */
const SETTLED_MS = 90;
const HEIGHT = 480;

/** The film at a moment, as it will be rendered. While it plays, the next picture is asked for as soon as one is there. */
export function FramePreview({
  runId,
  version,
  durationMs,
  atMs,
  isPlaying,
  onSeek,
  onPlay,
}: {
  runId: string;
  version: number;
  durationMs: number;
  atMs: number;
  isPlaying: boolean;
  onSeek: (ms: number) => void;
  onPlay: (isPlaying: boolean) => void;
}) {
  const [shownMs, setShown] = useState(atMs);
  const begun = useRef({ clock: 0, filmMs: 0 });
  const [isFailed, setFailed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(atMs), isPlaying ? 0 : SETTLED_MS);
    return () => clearTimeout(timer);
  }, [atMs, isPlaying]);
  useEffect(() => {
    if (isPlaying) begun.current = { clock: performance.now(), filmMs: atMs >= durationMs - 50 ? 0 : atMs };
    if (isPlaying) onSeek(onFrame(begun.current.filmMs) + 1000 / 30);
    // Only when it begins to play: afterwards the pictures drive it.
  }, [isPlaying]);
  const advance = (): void => {
    setFailed(false);
    if (!isPlaying) return;
    const next = begun.current.filmMs + performance.now() - begun.current.clock;
    if (next >= durationMs) onPlay(false);
    onSeek(onFrame(Math.min(next, durationMs)));
  };
  const src = `/api/runs/${encodeURIComponent(runId)}/timeline/frames?at=${Math.round(shownMs)}&height=${HEIGHT}&version=${version}`;
  return (
    <div className="preview card">
      <div className="preview-picture">
        <img
          src={src}
          alt={`The film at ${filmTime(shownMs)}`}
          onLoad={advance}
          onError={() => {
            setFailed(true);
            onPlay(false);
          }}
        />
        {isFailed ? <p className="note bad">This frame could not be composed.</p> : null}
      </div>
      <div className="row preview-controls">
        <button type="button" className="button small" onClick={() => onPlay(!isPlaying)}>
          {isPlaying ? 'Pause' : 'Play'}
        </button>
        <input
          type="range"
          aria-label="Moment of the film"
          aria-valuetext={filmTime(atMs)}
          min={0}
          max={Math.round(durationMs)}
          step={33}
          value={Math.round(atMs)}
          onChange={({ target }) => onSeek(Number(target.value))}
        />
        <span className="time muted small">
          {filmTime(atMs)} / {filmTime(durationMs)}
        </span>
      </div>
    </div>
  );
}
