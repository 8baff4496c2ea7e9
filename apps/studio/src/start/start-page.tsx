import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { projectQuery } from '../api/queries';
import { useMay } from '../api/use-may';
import { PageHead } from '../parts/page-head';
import { startRoute } from '../router';
import { EarlierFilms } from './earlier-films';
import type { runOf } from './film-options';
import { Review } from './review';
import { SourceStep } from './source-step';
import { createProject } from './source';
import type { GivenSource } from './source';
import { startDetection } from './use-detection';
import './start.css';

/** From a source to a film that is being made: where it is, what was found in it, what is to be shown. */
export function StartPage() {
  const { project: again, run, field } = startRoute.useSearch();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [intent, setIntent] = useState('');
  const { data: known, error: lost } = useQuery({
    ...projectQuery(again ?? ''),
    enabled: again !== undefined,
  });
  const look = useMutation({
    mutationFn: async (source: GivenSource) => {
      const project = await createProject(source);
      return { project, build: await startDetection(project.id) };
    },
    // From here on the address says which app it is: the page can be loaded again, and left by the browser's own button.
    onSuccess: ({ project, build }) => {
      queries.setQueryData(['detect', project.id], build);
      void navigate({ to: '/', search: { project: project.id } });
    },
  });
  const lookAgain = useQuery({
    queryKey: ['detect', again],
    queryFn: () => startDetection(again ?? ''),
    enabled: again !== undefined,
    staleTime: Infinity,
  });
  const film = useMutation({
    mutationFn: startFilm,
    onSuccess: ({ id }) => navigate({ to: '/runs/$runId', params: { runId: id } }),
  });
  const mayMake = useMay('write');
  const looked = look.data?.project;
  const project = again === undefined ? undefined : (known ?? (looked?.id === again ? looked : undefined));
  if (!mayMake)
    return (
      <>
        <PageHead title="New film" />
        <p className="card">
          You may <Link to="/runs">see the films</Link> of this team. To make some, ask an owner for the role
          of an editor.
        </p>
      </>
    );
  return (
    <>
      <PageHead title={project === undefined ? 'What should we film?' : `Film ${project.name}`}>
        <p className="muted">
          {project === undefined
            ? 'Give us an app. We run it, find out what it can do, and film what we saw work.'
            : 'Nothing of the app has run yet. Look over what was found, and change what is wrong.'}
        </p>
      </PageHead>
      {project === undefined ? (
        <>
          <SourceStep
            intent={intent}
            onIntent={setIntent}
            error={look.error ?? lost}
            isBusy={look.isPending}
            onSource={(source) => look.mutate(source)}
          />
          <EarlierFilms />
        </>
      ) : (
        <Review
          key={project.id}
          project={project}
          buildId={lookAgain.data?.id}
          runId={run}
          field={field}
          intent={intent}
          error={film.error ?? lookAgain.error}
          isBusy={film.isPending || film.isSuccess}
          onFilm={(body) => film.mutate(body)}
          onBack={() => {
            look.reset();
            void navigate({ to: '/', search: {} });
          }}
        />
      )}
    </>
  );
}

/** One film, also where the answer to the request was lost and it is sent again. */
const startFilm = (body: ReturnType<typeof runOf>) =>
  answerOf(api.POST('/runs', { body, headers: { 'Idempotency-Key': crypto.randomUUID() } }));
