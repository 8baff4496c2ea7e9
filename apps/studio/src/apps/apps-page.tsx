import { useEffect, useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import type { Schemas } from '../api/client';
import { projectsQuery, sandboxesQuery } from '../api/queries';
import { Confirm } from '../parts/confirm';
import { PageHead } from '../parts/page-head';
import { ProblemNote } from '../parts/problem-note';
import { duration } from '../parts/times';
import { timeLeftMs } from './time-left';
import './apps.css';

type Sandbox = Schemas['SandboxResource'];
const GONE = new Set<Sandbox['status']>(['destroyed', 'failed']);
const EXTEND_MINUTES = 30;
const WORDS: Record<Sandbox['purpose'], string> = {
  build: 'App of a film',
  api: 'Sandbox',
  generated: 'Generated app',
  agent: 'Call of an agent',
};

/** What runs now, with the time that it has. */
export function AppsPage() {
  const { data, error, isPending } = useQuery(sandboxesQuery);
  const { data: projects } = useQuery(projectsQuery);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const there = (data?.data ?? []).filter(({ status }) => !GONE.has(status));
  return (
    <>
      <PageHead title="Apps">
        <p className="muted">What runs in sandboxes now. Each ends by itself when nobody uses it.</p>
      </PageHead>
      <ProblemNote error={error} />
      {isPending ? <div className="skeleton" /> : null}
      {data !== undefined && there.length === 0 ? (
        <p className="card muted">
          Nothing runs. An app stays after its film when you choose “Keep the app running” for it.
        </p>
      ) : null}
      <ul className="apps">
        {there.map((sandbox) => (
          <App
            key={sandbox.id}
            sandbox={sandbox}
            name={projects?.data.find(({ id }) => id === sandbox.projectId)?.name ?? WORDS[sandbox.purpose]}
            now={now}
          />
        ))}
      </ul>
    </>
  );
}

function App({ sandbox, name, now }: { sandbox: Sandbox; name: string; now: number }) {
  const queries = useQueryClient();
  const path = { id: sandbox.id };
  const renew = () => queries.invalidateQueries({ queryKey: sandboxesQuery.queryKey });
  const extend = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/sandboxes/{id}/extend', { params: { path }, body: { minutes: EXTEND_MINUTES } })),
    onSettled: renew,
  });
  const end = useMutation({
    mutationFn: () => answerOf(api.DELETE('/sandboxes/{id}', { params: { path } })),
    onSettled: renew,
  });
  const left = timeLeftMs(sandbox.lease, now);
  const isRunning = sandbox.status === 'running';
  return (
    <li className="card stack">
      <div className="row spread">
        <h2>{name}</h2>
        <span className={`badge ${isRunning ? 'ok' : ''}`}>{sandbox.status}</span>
      </div>
      <dl className="app-facts small">
        {sandbox.previewUrl === null ? null : (
          <div>
            <dt className="muted">Address</dt>
            <dd>
              <a href={sandbox.previewUrl} target="_blank" rel="noreferrer">
                {sandbox.previewUrl}
              </a>
            </dd>
          </div>
        )}
        <div>
          <dt className="muted">Time left</dt>
          <dd>{!isRunning ? '–' : left === null ? 'no end' : `${duration(left)} without use`}</dd>
        </div>
        {sandbox.runId === null ? null : (
          <div>
            <dt className="muted">Film</dt>
            <dd>
              <Link to="/runs/$runId" params={{ runId: sandbox.runId }}>
                the one it was made for
              </Link>
            </dd>
          </div>
        )}
        {sandbox.message === '' ? null : (
          <div>
            <dt className="muted">Note</dt>
            <dd>{sandbox.message}</dd>
          </div>
        )}
      </dl>
      <div className="row">
        {isRunning ? (
          <button
            type="button"
            className="button small"
            disabled={extend.isPending}
            onClick={() => extend.mutate()}
          >
            {EXTEND_MINUTES} minutes more
          </button>
        ) : null}
        <Confirm label="End it" title={`End ${name}?`} onConfirm={() => end.mutate()} isBusy={end.isPending}>
          The app stops, and its files are deleted. Films of it stay.
        </Confirm>
      </div>
      <ProblemNote error={extend.error ?? end.error} />
    </li>
  );
}
