import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../api/client';
import { exportQuery } from '../api/queries';
import { ProblemNote } from '../parts/problem-note';

const FORMATS = { mp4: 'MP4', webm: 'WebM', gif: 'GIF' } as const;
type Format = keyof typeof FORMATS;

/** Renders the film as it is seen now, and offers it. */
export function ExportFilm({ runId, version }: { runId: string; version: number }) {
  const [format, setFormat] = useState<Format>('mp4');
  const ask = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/runs/{runId}/exports', {
          params: { path: { runId } },
          body: { format, timelineVersion: version },
        }),
      ),
  });
  const { data: made } = useQuery({ ...exportQuery(ask.data?.id ?? ''), enabled: ask.data !== undefined });
  const film = made?.files.find(({ name }) => name.startsWith('video.'));
  const isGoing = ask.isPending || made?.state === 'queued' || made?.state === 'rendering';
  return (
    <section className="card stack" aria-labelledby="export">
      <h2 id="export">Export</h2>
      <label className="kept-field">
        <span className="small muted">File</span>
        <select className="input" value={format} onChange={({ target }) => setFormat(target.value as Format)}>
          {Object.entries(FORMATS).map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button primary" disabled={isGoing} onClick={() => ask.mutate()}>
        {isGoing ? `Rendering, ${Math.round((made?.progress ?? 0) * 100)} %` : 'Export this film'}
      </button>
      <p className="visually-hidden" role="status">
        {film === undefined ? '' : 'The film is rendered.'}
      </p>
      {film === undefined ? null : (
        <a href={film.href} download={film.name}>
          Download {film.name}
        </a>
      )}
      {made?.failure == null ? null : (
        <div className="note bad" role="alert">
          <p>
            <strong>{made.failure.message}</strong>
          </p>
          {made.failure.remedy === undefined ? null : <p className="small">{made.failure.remedy}</p>}
        </div>
      )}
      <ProblemNote error={ask.error} />
    </section>
  );
}
