import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { Problem } from '../api/problem';
import { sessionQuery } from '../api/queries';
import { ProblemNote } from '../parts/problem-note';
import { Brand, Icon } from './icons';
import type { IconName } from './icons';
import { SignOut } from './sign-out';
import { useStaySignedIn } from './use-stay-signed-in';

const PLACES: { to: '/' | '/runs' | '/apps' | '/people' | '/keys'; label: string; icon: IconName }[] = [
  { to: '/', label: 'New film', icon: 'film' },
  { to: '/runs', label: 'Films', icon: 'list' },
  { to: '/apps', label: 'Apps', icon: 'apps' },
  { to: '/people', label: 'People', icon: 'people' },
  { to: '/keys', label: 'Keys', icon: 'key' },
];

/** What is around every page of somebody who signed in; whoever did not is asked to first. */
export function Shell() {
  const { data: session, error } = useQuery(sessionQuery);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const main = useRef<HTMLElement>(null);
  const shown = useRef(path);
  useEffect(() => {
    // Another page: who hears the page begins with it, and not where the last one was left.
    if (shown.current !== path) main.current?.focus();
    shown.current = path;
  }, [path]);
  useStaySignedIn(session !== undefined && session.user !== null);
  if (Problem.is(error, 401)) return <Navigate to="/sign-in" />;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="side">
        <Link to="/" className="brand">
          <Brand />
          Showrunner
        </Link>
        <nav aria-label="Studio">
          <ul>
            {PLACES.map(({ to, label, icon }) => (
              <li key={to}>
                <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
                  <Icon name={icon} />
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="who">
          {session === undefined ? null : (
            <p className="small muted">
              Signed in as <strong>{session.tenantId}</strong>
              {session.user === null ? null : (
                <>
                  {' · '}
                  <Link to="/account">{session.user.isGuest ? 'Guest' : 'Account'}</Link>
                </>
              )}
            </p>
          )}
          <SignOut />
        </div>
      </header>
      <main id="main" className="main" tabIndex={-1} ref={main}>
        {error === null ? <Outlet /> : <ProblemNote error={error} />}
      </main>
    </div>
  );
}
