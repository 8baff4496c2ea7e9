import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { isMendingField } from './parts/remedies';
import type { MendingField } from './parts/remedies';
import { NothingHere } from './shell/nothing-here';
import { PageFailed } from './shell/page-failed';
import { Shell } from './shell/shell';

const root = createRootRoute({ notFoundComponent: NothingHere });
export const signInRoute = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  /** `failed`: why a sign-in elsewhere came to nothing, as an error code. */
  validateSearch: (given): { failed?: string } =>
    typeof given['failed'] === 'string' ? { failed: given['failed'] } : {},
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page'), 'SignInPage'),
});
const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: lazyRouteComponent(() => import('./sign-in/sign-up-page'), 'SignUpPage'),
});
const join = createRoute({
  getParentRoute: () => root,
  path: '/join',
  component: lazyRouteComponent(() => import('./sign-in/join-page'), 'JoinPage'),
});
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

export const startRoute = createRoute({
  getParentRoute: () => shell,
  path: '/',
  /** `project`: to be filmed again; `run`: the one whose options are taken; `field`: the one that is to be changed. */
  validateSearch: (given): { project?: string; run?: string; field?: MendingField } => ({
    ...(typeof given['project'] === 'string' ? { project: given['project'] } : {}),
    ...(typeof given['run'] === 'string' ? { run: given['run'] } : {}),
    ...(isMendingField(given['field']) ? { field: given['field'] } : {}),
  }),
  component: lazyRouteComponent(() => import('./start/start-page'), 'StartPage'),
});
const runs = createRoute({
  getParentRoute: () => shell,
  path: '/runs',
  component: lazyRouteComponent(() => import('./runs/runs-page'), 'RunsPage'),
});
export const runRoute = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId',
  component: lazyRouteComponent(() => import('./run/run-page'), 'RunPage'),
});
export const editorRoute = createRoute({
  getParentRoute: () => shell,
  path: '/runs/$runId/edit',
  component: lazyRouteComponent(() => import('./editor/editor-page'), 'EditorPage'),
});
const apps = createRoute({
  getParentRoute: () => shell,
  path: '/apps',
  component: lazyRouteComponent(() => import('./apps/apps-page'), 'AppsPage'),
});
const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => import('./keys/keys-page'), 'KeysPage'),
});
const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('./people/people-page'), 'PeoplePage'),
});
const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-page'), 'AccountPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signInRoute,
    signUp,
    join,
    shell.addChildren([startRoute, runs, runRoute, editorRoute, apps, people, account, keys]),
  ]),
  basepath: '/studio',
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
