import { useEffect, useRef } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import type { Schemas } from '../api/client';
import { Problem } from '../api/problem';
import { sessionQuery } from '../api/queries';
import { ProblemNote } from '../parts/problem-note';
import { Brand, Icon } from './icons';
import type { IconName } from './icons';
import { SignOut } from './sign-out';
import { useStaySignedIn } from './use-stay-signed-in';

interface Place {
  to: '/' | '/runs' | '/apps' | '/people' | '/keys';
  label: string;
  icon: IconName;
  needs: Schemas['BrowserSession']['permissions'][number];
}
const PLACES: Place[] = [
  { to: '/', label: 'New film', icon: 'film', needs: 'write' },
  { to: '/runs', label: 'Films', icon: 'list', needs: 'read' },
  { to: '/apps', label: 'Apps', icon: 'apps', needs: 'read' },
  { to: '/people', label: 'People', icon: 'people', needs: 'manage' },
  { to: '/keys', label: 'Keys', icon: 'key', needs: 'manage' },
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
            {PLACES.filter(({ needs }) => session?.permissions.includes(needs) ?? true).map(
              ({ to, label, icon }) => (
                <li key={to}>
                  <Link to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
                    <Icon name={icon} />
                    {label}
                  </Link>
                </li>
              ),
            )}
          </ul>
        </nav>
        <div className="who">
          {session === undefined ? null : (
            <p className="small muted">
              <span className="tenant">
                You work in <strong>{session.tenantId}</strong>
                {' · '}
              </span>
              <Link to="/account">{session.user?.isGuest ? 'Guest' : 'Account'}</Link>
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
