import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { projectsQuery, runsQuery } from '../api/queries';
import { ago } from '../parts/times';
import { Thumbnail } from '../parts/thumbnail';

const MOST = 6;

/** The newest films, to see what comes out of it. */
export function EarlierFilms() {
  const { data: runs } = useQuery(runsQuery);
  const { data: projects } = useQuery(projectsQuery);
  const films = (runs?.data ?? []).filter(({ state }) => state === 'done').slice(0, MOST);
  if (films.length === 0) return null;
  return (
    <section className="stack earlier" aria-labelledby="earlier">
      <h2 id="earlier">Films made here</h2>
      <ul className="films">
        {films.map(({ id, projectId, intent, createdAt }) => (
          <li key={id}>
            <Link to="/runs/$runId" params={{ runId: id }}>
              <Thumbnail runId={id} />
              <strong>{projects?.data.find((one) => one.id === projectId)?.name ?? 'A film'}</strong>
              <span className="muted small">{intent === '' ? ago(createdAt) : intent}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
