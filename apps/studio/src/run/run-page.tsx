import { useCallback } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { actionsQuery, buildQuery, isOver, planQuery, projectQuery, runQuery } from '../api/queries';
import { useMay } from '../api/use-may';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { StateBadge } from '../parts/state-badge';
import { ago } from '../parts/times';
import { runRoute } from '../router';
import { BuildLog } from './build-log';
import { Downloads } from './downloads';
import { FailureNote } from './failure-note';
import { FeatureList } from './feature-list';
import { IntentParts } from './intent-parts';
import { LiveView } from './live-view';
import { PlanReview } from './plan-review';
import { Player } from './player';
import { RunControls } from './run-controls';
import { useRunEvents } from './run-events';
import { ShareLinks } from './share-links';
import { StageList } from './stage-list';
import './run.css';

/** One film: as it is made, and when it is there. */
export function RunPage() {
  const { runId } = runRoute.useParams();
  const queries = useQueryClient();
  const mayMake = useMay('write');
  const { data: run, error } = useQuery(runQuery(runId));
  const isLive = run !== undefined && !isOver(run.state);
  const renew = useCallback(() => {
    for (const name of ['run', 'actions', 'artifacts'])
      void queries.invalidateQueries({ queryKey: [name, runId] });
    void queries.invalidateQueries({ queryKey: ['runs'] });
  }, [queries, runId]);
  const live = useRunEvents(runId, isLive, renew);
  const state = isLive ? (live.state ?? run.state) : run?.state;
  const { data: project } = useQuery({ ...projectQuery(run?.projectId ?? ''), enabled: run !== undefined });
  const hasPlan = run !== undefined && (isLive ? live.hasPlan : run.planHash !== null);
  const { data: plan } = useQuery({ ...planQuery(runId), enabled: hasPlan });
  const { data: stored } = useQuery({ ...actionsQuery(runId), enabled: run !== undefined && !isLive });
  // The first word of a build comes with its stage: until then there is none.
  const hasBuild = run !== undefined && state !== 'queued';
  const buildId = run?.buildId ?? runId;
  const { data: build } = useQuery({
    ...buildQuery(buildId),
    enabled: hasBuild,
    refetchInterval: state === 'building' ? 2_000 : false,
  });
  if (run === undefined || state === undefined)
    return error === null ? <div className="skeleton" /> : <ProblemNote error={error} />;
  const title = plan?.body.title ?? project?.name ?? 'A film';
  return (
    <>
      <PageHead title={title}>
        <div className="row">
          <StateBadge state={state} />
          <span className="muted small">
            {project?.name} · {ago(run.createdAt)}
          </span>
        </div>
        {run.intent === '' ? null : <p className="muted">“{run.intent}”</p>}
      </PageHead>
      <div className="run">
        <div className="stack run-main">
          {state === 'failed' ? <FailureNote run={run} build={build} /> : null}
          {mayMake && state === 'planning' && run.review?.state === 'open' ? (
            <PlanReview runId={runId} review={run.review} />
          ) : null}
          {state === 'filming' ? <LiveView runId={runId} message={live.message} /> : null}
          {run.video === null ? null : (
            <Player runId={runId} title={title} features={plan?.body.features ?? []} />
          )}
          <IntentParts parts={run.intentParts} />
          {plan === undefined ? null : (
            <FeatureList
              plan={plan.body}
              outcomes={isLive ? [] : run.features}
              live={live}
              actions={isLive ? live.actions : (stored?.data ?? [])}
            />
          )}
          {hasBuild ? (
            <BuildLog
              buildId={buildId}
              isLive={state === 'building'}
              key={state === 'building' ? 'live' : 'over'}
            />
          ) : null}
        </div>
        <div className="stack run-side">
          {mayMake ? <RunControls run={run} state={state} /> : null}
          {mayMake && run.video !== null ? <ShareLinks runId={runId} /> : null}
          {run.video === null ? null : <Downloads runId={runId} />}
          <StageList run={run} live={live} />
          {run.notes.length === 0 ? null : (
            <section className="card stack" aria-labelledby="notes">
              <h2 id="notes">Notes</h2>
              <ul className="stack tight small muted">
                {run.notes.map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </section>
          )}
        </div>
      </div>
    </>
  );
}
