import { copyEnvironment } from '../environment-file';
import { SYSTEM_PATH, quote, type Draft } from '../draft';
import { baseName, depthOf, hasFile, type FileListing } from '../listing';
import { flaskApp } from './flask';
import { OTHER_FRAMEWORKS, djangoApp } from './other-frameworks';
import type { PythonApp } from './python-app';
import { pythonDependencies } from './requirements';

/** The virtual environment; outside of checkpoints. */
export const VENV = '/app/.venv';
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
export function detectPython(listing: FileListing): Draft | undefined {
  const sources = entryFiles(listing);
  const isPython = sources.length > 0 || MANIFESTS.some((file) => hasFile(listing, file));
  if (!isPython) return undefined;
  const app =
    [djangoApp, flaskApp, ...OTHER_FRAMEWORKS].reduce<PythonApp | undefined>(
      (found, find) => found ?? find(listing, sources),
      undefined,
    ) ??
    fromProcfile(listing) ??
    plainEntry(listing);
  if (app === undefined) return undefined;

  const dependencies = pythonDependencies(listing, sources);
  const missing = (app.needs ?? []).filter((name) => !dependencies?.names.has(name));
  const pip = [...(dependencies?.pip ?? []), ...missing];
  const known = app.framework !== 'python';
  return {
    framework: app.framework,
    runtime: 'python',
    packageManager: 'pip',
    install: [
      `python3 -m venv ${VENV}`,
      ...(pip.length === 0 ? [] : [`${VENV}/bin/pip install ${pip.join(' ')}`]),
    ].join(' && '),
    setup: [...copyEnvironment(listing), ...app.setup],
    start: app.start,
    port: app.port,
    env: {
      PATH: `${VENV}/bin:${SYSTEM_PATH}`,
      VIRTUAL_ENV: VENV,
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_NO_INPUT: '1',
      ...app.env,
    },
    installHosts: ['pypi.org', 'files.pythonhosted.org'],
    reasons: [
      app.reason,
      ...(dependencies === undefined ? [] : [dependencies.reason]),
      ...(missing.length === 0 ? [] : [`${missing.join(', ')} is installed because starting needs it.`]),
    ],
    confidence: known ? 3 : 1,
  };
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
        !/(^|\/)(tests?|docs|migrations|examples?)\//.test(file) &&
        !/(^|\/)(setup|conftest|test_\w+)\.py$/.test(file),
    )
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function fromProcfile(listing: FileListing): PythonApp | undefined {
  const command = /^web:\s*(.+)$/m.exec(listing.read('Procfile') ?? '')?.[1]?.trim();
  return command === undefined
    ? undefined
    : {
        framework: 'python',
        start: command,
        port: 8000,
        setup: [],
        env: {},
        reason: 'Procfile names its web process.',
      };
}

/** A folder with packages to install and one obvious file to run. */
function plainEntry(listing: FileListing): PythonApp | undefined {
  const file = ['app.py', 'main.py', 'server.py', 'run.py'].find((one) => hasFile(listing, one));
  const listed = MANIFESTS.some((one) => hasFile(listing, one));
  return file === undefined || !listed
    ? undefined
    : {
        framework: 'python',
        start: `python ${quote(file)}`,
        port: 8000,
        setup: [],
        env: {},
        reason: `${file} is the only file that looks like its start.`,
      };
}
