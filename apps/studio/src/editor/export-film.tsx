import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { answerOf, api } from '../api/client';
import { exportQuery } from '../api/queries';
import { Choice } from '../parts/choice';
import { ProblemNote } from '../parts/problem-note';

type Format = 'mp4' | 'webm' | 'gif' | 'demo' | 'guide';
const FORMATS: readonly { value: Format; label: string }[] = [
  { value: 'mp4', label: 'Film, MP4' },
  { value: 'webm', label: 'Film, WebM' },
  { value: 'gif', label: 'Film, GIF' },
  { value: 'demo', label: 'Interactive demo, to click through' },
  { value: 'guide', label: 'Guide, step by step' },
];
/** Beside it stand others: captions, chapters, pictures. */
const MAIN_FILE = /^(video\.\w+|demo\.html|guide\.html)$/;

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
  const file = made?.files.find(({ name }) => MAIN_FILE.test(name));
  const isGoing = ask.isPending || made?.state === 'queued' || made?.state === 'rendering';
  return (
    <section className="card stack" aria-labelledby="export">
      <h2 id="export">Export</h2>
      <Choice isSmall label="File" value={format} offered={FORMATS} onChange={setFormat} />
      <button type="button" className="button primary" disabled={isGoing} onClick={() => ask.mutate()}>
        {isGoing ? `Rendering, ${Math.round((made?.progress ?? 0) * 100)} %` : 'Export this film'}
      </button>
      <p className="visually-hidden" role="status">
        {file === undefined ? '' : 'The file is there.'}
      </p>
      {file === undefined ? null : (
        <a href={file.href} download={file.name}>
          Download {file.name}
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
