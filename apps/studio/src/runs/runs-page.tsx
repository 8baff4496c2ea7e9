import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isOver, projectsQuery, runsQuery } from '../api/queries';
import type { Schemas } from '../api/client';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { StateBadge } from '../parts/state-badge';
import { Thumbnail } from '../parts/thumbnail';
import { ago, duration } from '../parts/times';
import './runs.css';

/** Every film that was asked for, newest first. */
export function RunsPage() {
  const { data: runs, error, isPending } = useQuery(runsQuery);
  const { data: projects } = useQuery(projectsQuery);
  const nameOf = (id: string): string =>
    projects?.data.find((project) => project.id === id)?.name ?? 'A film';
  return (
    <>
      <PageHead title="Films" />
      <ProblemNote error={error} />
      {isPending ? <div className="skeleton" /> : null}
      {runs?.data.length === 0 ? (
        <div className="card stack">
          <p>No film has been made yet.</p>
          <p>
            <Link to="/" className="button primary">
              Make the first one
            </Link>
          </p>
        </div>
      ) : null}
      <ul className="runs">
        {(runs?.data ?? []).map((run) => (
          <li key={run.id}>
            <Link to="/runs/$runId" params={{ runId: run.id }} className="card run-card">
              <Thumbnail runId={run.id} key={run.state} />
              <span className="run-words">
                <strong>{nameOf(run.projectId)}</strong>
                <span className="muted small">{wordsOf(run)}</span>
                <span className="muted small">
                  {ago(run.createdAt)}
                  {run.finishedAt === null
                    ? null
                    : ` · took ${duration(Date.parse(run.finishedAt) - Date.parse(run.createdAt))}`}
                  {run.replayOf === null ? null : ' · the same actions again'}
                </span>
              </span>
              <StateBadge state={run.state} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function wordsOf({ state, failure, message, intent }: Schemas['RunSummary']): string {
  if (failure !== null) return failure.message;
  if (!isOver(state) && message !== '') return message;
  return intent === '' ? 'What the app does best' : intent;
}
