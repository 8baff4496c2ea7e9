import { copyEnvironment } from '../environment-file';
import { SYSTEM_PATH, because, type Draft, type Runtimes } from '../draft';
import { baseName, depthOf, firstOf, folderOf, hasFile, type FileListing } from '../listing';
import { portIn, portNamedBy, usualPort } from '../ports';
import { webProcess } from '../procfile';
import { quotePath, tolerant } from '../shell';
import { djangoApp } from './django';
import { flaskApp } from './flask';
import { OTHER_FRAMEWORKS } from './other-frameworks';
import type { PythonApp } from './python-app';
import { VENV, pythonInstall } from './python-install';

const ENTRY_NAMES = [
  'app.py',
  'main.py',
  'wsgi.py',
  'asgi.py',
  'server.py',
  'run.py',
  '__init__.py',
  'application.py',
  'streamlit_app.py',
  'demo.py',
];
const MANIFESTS = ['requirements.txt', 'pyproject.toml', 'Pipfile', 'setup.py'];

/** Plan for a folder with Python in it; undefined when no file looks like a web app. */
export function detectPython(listing: FileListing, runtimes: Runtimes): Draft | undefined {
  const own = ownFiles(listing);
  const sources = entryFiles(own);
  if (sources.length === 0 && firstOf(listing, MANIFESTS) === undefined) return undefined;
  const app =
    [djangoApp, flaskApp, ...OTHER_FRAMEWORKS].reduce<PythonApp | undefined>(
      (found, find) => found ?? find(own, sources),
      undefined,
    ) ??
    fromProcfile(listing) ??
    plainEntry(listing);
  if (app === undefined) return undefined;

  const packages = pythonInstall(listing, sources, app.needs ?? [], runtimes);
  const environment = copyEnvironment(listing);
  const migrates = app.framework !== 'django' && app.setup.length === 0 && hasFile(own, 'alembic.ini');
  const who = app.portNamedBy;
  return {
    framework: app.framework,
    frameworkVersion: packages.versionOf(app.framework),
    runtime: 'python',
    refusal: packages.python.refusal,
    toolchain: {
      name: 'python',
      version: packages.python.version,
      from: packages.python.system === undefined ? 'sandbox' : 'debian',
    },
    ...(packages.python.system === undefined ? {} : { system: packages.python.system }),
    packageManager: packages.manager,
    install: packages.install,
    setup: [
      ...environment.setup,
      ...app.setup,
      ...(migrates
        ? [tolerant('alembic upgrade head', 'The migrations did not work; going on without them.')]
        : []),
    ],
    start: app.start,
    port: app.port,
    env: {
      PATH: `${VENV}/bin:${SYSTEM_PATH}`,
      VIRTUAL_ENV: VENV,
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_NO_INPUT: '1',
      ...packages.env,
      ...app.env,
    },
    installHosts: ['pypi.org', 'files.pythonhosted.org'],
    reasons: [
      because('framework', app.reason),
      ...packages.reasons,
      because('start', startReason(app)),
      who === undefined ? usualPort(app.port, app.framework) : portNamedBy(app.port, who),
      ...environment.reasons,
      ...(app.more ?? []),
      ...(migrates ? [because('setup', 'alembic.ini names migrations; they are tried.')] : []),
    ],
    confidence: app.isGuess === true ? 1 : app.framework === 'python' ? 2 : 3,
  };
}

function startReason(app: PythonApp): string {
  if (app.framework === 'python') return 'It is run as its author would run it.';
  return /\$PORT/.test(app.start)
    ? `${app.framework} brings a server for development, which is told its port.`
    : 'Its file is run as it is.';
}

/** Python files that may hold the app, the likeliest first. */
function entryFiles(listing: FileListing): string[] {
  const rank = (file: string): number => {
    const at = ENTRY_NAMES.indexOf(baseName(file));
    return depthOf(file) * 100 + (at < 0 ? 50 : at);
  };
  return listing.files
    .filter(
      (file) =>
        file.endsWith('.py') &&
        depthOf(file) <= 2 &&
        !/(^|\/)(tests?|docs|migrations|examples?|bench(marks?|es)?|extras?|scripts?|tools?|ci|profiling)\//.test(
          file,
        ) &&
        !/(^|\/)(setup|conftest|noxfile|fabfile|tasks|test_\w+|\w+_test)\.py$/.test(file),
    )
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

/** Without folders that list packages of their own, below one that lists none: each is an app by itself. */
function ownFiles(listing: FileListing): FileListing {
  if (firstOf(listing, MANIFESTS) !== undefined) return listing;
  const apart = listing.files
    .filter((file) => file.includes('/') && MANIFESTS.includes(baseName(file)))
    .map((file) => `${folderOf(file)}/`);
  return {
    files: listing.files.filter((file) => !apart.some((folder) => file.startsWith(folder))),
    read: (path) => listing.read(path),
  };
}

function fromProcfile(listing: FileListing): PythonApp | undefined {
  const command = webProcess(listing);
  if (command === undefined) return undefined;
  const port = portIn(command);
  return {
    framework: 'python',
    start: command,
    port: port ?? 8000,
    ...(port === undefined ? {} : { portNamedBy: 'The Procfile' }),
    setup: [],
    env: {},
    reason: 'The Procfile names its web process.',
    needs: ['gunicorn', 'uvicorn', 'waitress', 'hypercorn'].filter((name) => command.startsWith(`${name} `)),
  };
}

/** A folder with packages to install and one obvious file to run. */
function plainEntry(listing: FileListing): PythonApp | undefined {
  const file = firstOf(listing, ['app.py', 'main.py', 'server.py', 'run.py', 'start.py']);
  const listed = MANIFESTS.some((one) => hasFile(listing, one));
  return file === undefined || !listed
    ? undefined
    : {
        framework: 'python',
        start: `python ${quotePath(file)}`,
        port: 8000,
        setup: [],
        env: {},
        reason: `${file} is the only file that looks like its start.`,
        isGuess: true,
      };
}
