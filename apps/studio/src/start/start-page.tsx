import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answerOf, api } from '../api/client';
import { projectQuery } from '../api/queries';
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
  const { project: again, run } = startRoute.useSearch();
  const navigate = useNavigate();
  const [intent, setIntent] = useState('');
  const { data: known } = useQuery({ ...projectQuery(again ?? ''), enabled: again !== undefined });
  const look = useMutation({
    mutationFn: async (source: GivenSource) => {
      const project = await createProject(source);
      return { project, build: await startDetection(project.id) };
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
  const project = known ?? look.data?.project;
  const buildId = again === undefined ? look.data?.build.id : lookAgain.data?.id;
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
            error={look.error}
            isBusy={look.isPending}
            onSource={(source) => look.mutate(source)}
          />
          <EarlierFilms />
        </>
      ) : (
        <Review
          key={project.id}
          project={project}
          buildId={buildId}
          runId={run}
          intent={intent}
          error={film.error ?? lookAgain.error}
          isBusy={film.isPending || film.isSuccess}
          onFilm={(body) => film.mutate(body)}
          onBack={() => {
            look.reset();
            if (again !== undefined) void navigate({ to: '/', search: {} });
          }}
        />
      )}
    </>
  );
}

/** One film, also where the answer to the request was lost and it is sent again. */
const startFilm = (body: ReturnType<typeof runOf>) =>
  answerOf(api.POST('/runs', { body, headers: { 'Idempotency-Key': crypto.randomUUID() } }));
