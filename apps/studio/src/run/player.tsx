import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Schemas } from '../api/client';
import { clock } from '../parts/times';
import { chaptersOf, readCues } from './chapters';

type Features = Schemas['PlanResource']['body']['features'];

/** The film with its captions; a chapter is where its feature begins, and pressing it goes there. */
export function Player({ runId, title, features }: { runId: string; title: string; features: Features }) {
  const base = `/api/runs/${encodeURIComponent(runId)}/artifacts`;
  const video = useRef<HTMLVideoElement>(null);
  const [atS, setAt] = useState(0);
  const { data: cues = [] } = useQuery({
    queryKey: ['captions', runId],
    queryFn: async () => {
      const response = await fetch(`${base}/captions.vtt`);
      return response.ok ? readCues(await response.text()) : [];
    },
    staleTime: Infinity,
  });
  const chapters = chaptersOf(features, cues);
  const current = chapters.filter(({ startS }) => startS <= atS + 0.05).at(-1);
  useEffect(() => setAt(0), [runId]);
  const seek = (startS: number): void => {
    if (video.current === null) return;
    video.current.currentTime = startS;
    setAt(startS);
    // A browser that does not want to play now shows the picture all the same.
    video.current.play().catch(() => undefined);
  };
  return (
    <div className="player">
      <video
        ref={video}
        controls
        playsInline
        preload="metadata"
        poster={`${base}/c1.jpg`}
        src={`${base}/video.mp4`}
        aria-label={`The film ${title}`}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
      >
        <track kind="captions" srcLang="en" label="Captions" src={`${base}/captions.vtt`} />
      </video>
      {chapters.length === 0 ? null : (
        <ol className="chapters" aria-label="Chapters">
          {chapters.map(({ feature, title: name, startS }) => (
            <li key={feature}>
              <button
                type="button"
                aria-current={feature === current?.feature ? 'true' : undefined}
                onClick={() => seek(startS)}
              >
                <span className="time">{clock(startS)}</span>
                {name}
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
