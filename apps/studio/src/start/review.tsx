import { useEffect, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Schemas } from '../api/client';
import { runQuery } from '../api/queries';
import { TextArea } from '../parts/field';
import { Fold } from '../parts/fold';
import { ProblemNote } from '../parts/problem-note';
import { Detection } from './detection';
import { readRemedy } from '../parts/remedies';
import type { MendingField } from '../parts/remedies';
import { DEFAULT_OPTIONS, readEnv, runOf } from './film-options';
import type { FilmOptions } from './film-options';
import { OptionFields } from './option-fields';
import { useDetection } from './use-detection';

/** What was found in a project, and everything that may be said about its film. */
export function Review({
  project,
  buildId,
  runId,
  field,
  intent,
  error,
  isBusy,
  onFilm,
  onBack,
}: {
  project: Pick<Schemas['Project'], 'id' | 'name'>;
  buildId: string | undefined;
  /** A run whose options are the first choice. */
  runId: string | undefined;
  /** What is to be changed, by an earlier try: it is there to be written into. */
  field: MendingField | undefined;
  intent: string;
  error: unknown;
  isBusy: boolean;
  onFilm: (body: ReturnType<typeof runOf>) => void;
  onBack: () => void;
}) {
  const { build, isOver, error: lost } = useDetection(buildId);
  const { data: earlier } = useQuery({ ...runQuery(runId ?? ''), enabled: runId !== undefined });
  const [changed, setChanged] = useState<Partial<FilmOptions>>({});
  const options: FilmOptions = {
    ...DEFAULT_OPTIONS,
    intent: earlier?.intent ?? intent,
    pace: earlier?.pace ?? DEFAULT_OPTIONS.pace,
    ...changed,
  };
  const change = (some: Partial<FilmOptions>): void => setChanged((before) => ({ ...before, ...some }));
  const found = useRef<HTMLDivElement>(null);
  // What was pressed to come here is gone: who works by keyboard goes on with what was found.
  useEffect(() => {
    if (field === undefined) found.current?.focus();
  }, [field]);
  const isToMend = field !== undefined && field !== 'intent';
  const isEnvWrong = readEnv(options.env) === undefined;
  return (
    <form
      className="review"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy && !isEnvWrong) onFilm(runOf(project.id, options));
      }}
    >
      <div className="card stack" aria-live="polite" aria-busy={!isOver} tabIndex={-1} ref={found}>
        {build?.plan ? (
          <Detection spec={build.plan} />
        ) : isOver ? (
          <div className="note bad">
            <h2>{build?.failure?.message ?? 'Nothing was found that can be started.'}</h2>
            <p className="small">
              {readRemedy(build?.failure?.remedy ?? 'Say below how it is installed and started.').words}
            </p>
          </div>
        ) : (
          <div className="stack">
            <h2>Looking at the app …</h2>
            <p className="muted small">{build?.message || 'The source is fetched into a sandbox.'}</p>
            <div className="skeleton" />
          </div>
        )}
        <ProblemNote error={lost} />
      </div>
      <div className="card stack">
        <TextArea
          label="What should the film show?"
          hint="Empty: what the app does best."
          rows={3}
          value={options.intent}
          autoFocus={field === 'intent'}
          onChange={(text) => change({ intent: text })}
        />
        <Fold key={`${isOver}`} title="Options" open={isToMend || (isOver && !build?.plan)}>
          <OptionFields options={options} field={field} found={build?.plan ?? null} onChange={change} />
        </Fold>
        {isEnvWrong ? (
          <p className="note bad small" role="alert">
            A line of the environment is not NAME=value.
          </p>
        ) : null}
        <label className="check">
          <input
            type="checkbox"
            checked={options.review}
            onChange={({ target }) => change({ review: target.checked })}
          />
          <span>
            Let me look at the plan before it is filmed
            <br />
            <span className="muted small">Drop and reorder what it shows; it waits 15 minutes for you.</span>
          </span>
        </label>
        <ProblemNote error={error} />
        <div className="row">
          <button type="submit" className="button primary" disabled={isBusy || !isOver}>
            {isBusy ? 'Starting …' : 'Make the film'}
          </button>
          <button type="button" className="button" onClick={onBack}>
            Another app
          </button>
        </div>
      </div>
    </form>
  );
}
