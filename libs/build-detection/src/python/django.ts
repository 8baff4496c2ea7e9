import type { Reason } from '@showrunner/contracts';
import { because } from '../draft';
import { baseName, depthOf, folderOf, type FileListing } from '../listing';
import { quote, quotePath, tolerant } from '../shell';
import type { PythonApp, PythonFinder } from './python-app';

/** The account that is proposed for sites with an administration: it lives and dies with the sandbox. */
const FIRST_USER = { name: 'demo', password: 'demo-password' };
const NOT_DONE = 'This set-up step did not work; going on without it.';

/** How a Django site is started: migrations, initial data that the repository holds, a first user, then its own server. */
export const djangoApp: PythonFinder = (listing) => {
  const manage = listing.files.find(
    (file) =>
      baseName(file) === 'manage.py' &&
      depthOf(file) <= 2 &&
      !/(^|\/)(tests?|docs|examples?|templates?)\//.test(file) &&
      // Flask's own commands, too, are kept in a file of that name.
      !/^[ \t]{0,8}(?:from|import)[ \t]+flask/m.test(listing.read(file) ?? ''),
  );
  if (manage === undefined) return undefined;
  const folder = folderOf(manage);
  const enter = folder === '' ? '' : `cd ${quotePath(folder)} && `;
  const fixtures = fixturesOf(listing, folder);
  const hasAdmin = settingsOf(listing).some((text) => text.includes('django.contrib.admin'));
  const more: Reason[] = [
    because('setup', 'Its migrations make the database.'),
    ...(fixtures.length === 0
      ? []
      : [because('setup', `Its fixtures (${fixtures.slice(0, 4).join(', ')}) fill it.`)]),
    ...(hasAdmin
      ? [
          because(
            'setup',
            `A first user is made: name "${FIRST_USER.name}", password "${FIRST_USER.password}".`,
          ),
        ]
      : []),
    ...databaseNotes(listing),
  ];
  const app: PythonApp = {
    framework: 'django',
    start: `${enter}python manage.py runserver 127.0.0.1:$PORT --noreload`,
    port: 8000,
    setup: [
      `${enter}python manage.py migrate --noinput`,
      ...(fixtures.length === 0
        ? []
        : [`${enter}${tolerant(`python manage.py loaddata ${fixtures.map(quote).join(' ')}`, NOT_DONE)}`]),
      ...(hasAdmin ? [`${enter}${tolerant('python manage.py createsuperuser --noinput', NOT_DONE)}`] : []),
    ],
    env: hasAdmin
      ? {
          DJANGO_SUPERUSER_USERNAME: FIRST_USER.name,
          DJANGO_SUPERUSER_EMAIL: 'demo@example.com',
          DJANGO_SUPERUSER_PASSWORD: FIRST_USER.password,
        }
      : {},
    reason: `${manage} makes it a Django site.`,
    more,
  };
  return app;
};

/** Names of data files in `fixtures` folders that are meant for a beginning, without those of tests. */
function fixturesOf(listing: FileListing, folder: string): string[] {
  const names = listing.files
    .filter(
      (file) =>
        (folder === '' || file.startsWith(`${folder}/`)) &&
        /(^|\/)fixtures\/(initial|seed|demo|sample|dev|start)[\w-]{0,40}\.(json|ya?ml)$/.test(file) &&
        !/(^|\/)tests?\//.test(file),
    )
    .map((file) => baseName(file).replace(/\.\w+$/, ''));
  return [...new Set(names)].sort().slice(0, 10);
}

const settingsOf = (listing: FileListing): string[] =>
  listing.files
    .filter((file) => file.endsWith('.py') && /(^|\/)settings(\/\w+)?\.py$/.test(file))
    .slice(0, 12)
    .map((file) => listing.read(file) ?? '');

function databaseNotes(listing: FileListing): Reason[] {
  const settings = settingsOf(listing).join('\n');
  const server = /django\.db\.backends\.(postgresql|mysql|oracle)/.exec(settings)?.[1];
  return server === undefined || /backends\.sqlite3|sqlite:/.test(settings)
    ? []
    : [because('unmet', `Its settings want a ${server} database, which no sandbox starts.`)];
}
