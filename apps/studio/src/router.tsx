import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { NothingHere } from './shell/nothing-here';
import { PageFailed } from './shell/page-failed';
import { Shell } from './shell/shell';

const root = createRootRoute({ notFoundComponent: NothingHere });
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page'), 'SignInPage'),
});
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

export const startRoute = createRoute({
  getParentRoute: () => shell,
  path: '/',
  /** `project`: to be filmed again; `run`: the one whose options are taken. */
  validateSearch: (given): { project?: string; run?: string } => ({
    ...(typeof given['project'] === 'string' ? { project: given['project'] } : {}),
    ...(typeof given['run'] === 'string' ? { run: given['run'] } : {}),
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

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    shell.addChildren([startRoute, runs, runRoute, editorRoute, apps, keys]),
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
