import type { BuildSpec, Reason } from '@showrunner/contracts';
import { TOOLS_FOLDER, because, type Runtimes } from '../draft';
import { firstOf, folderOf, hasFile, type FileListing } from '../listing';
import { quote, quotePath } from '../shell';
import { importedPackages, namesIn } from './imports';
import { readPipfile, readPyproject, type Pyproject } from './pyproject';
import { ceilingOf } from './pins-of-their-time';
import { choosePython, type PythonChoice } from './python-version';

/** The virtual environment; outside of checkpoints. */
export const VENV = '/app/.venv';
/** Package managers that are not pip get an environment of their own, so that they meet nothing of the app. */
const TOOLS_VENV = `${TOOLS_FOLDER}/python`;

export interface PythonInstall {
  manager: Extract<BuildSpec['packageManager'], 'pip' | 'uv' | 'poetry' | 'pdm' | 'pipenv'>;
  /** What runs it. */
  python: PythonChoice;
  install: string;
  env: Record<string, string>;
  /** What the listed packages say of one by its pip name, such as `==3.0`; null for nothing. */
  versionOf: (name: string) => string | null;
  reasons: Reason[];
}

interface LockedManager {
  lock: string;
  manager: Exclude<PythonInstall['manager'], 'pip'>;
  /** Installs exactly what is locked into VENV; `package` says that the app itself is one. */
  command: (isPackage: boolean) => string;
}

const LOCKED: readonly LockedManager[] = [
  {
    lock: 'uv.lock',
    manager: 'uv',
    command: (isPackage) => `uv sync --frozen${isPackage ? '' : ' --no-install-project'}`,
  },
  {
    lock: 'poetry.lock',
    manager: 'poetry',
    command: (isPackage) => `poetry install --no-interaction${isPackage ? '' : ' --no-root'}`,
  },
  {
    lock: 'pdm.lock',
    manager: 'pdm',
    command: (isPackage) => `pdm sync${isPackage ? '' : ' --no-self'}`,
  },
  { lock: 'Pipfile.lock', manager: 'pipenv', command: () => 'pipenv sync' },
];

/** Kept to the sandbox's own Python and to VENV, whatever a manager would rather use. */
const MANAGER_ENVIRONMENT: Readonly<Record<string, Record<string, string>>> = {
  pip: {},
  uv: {
    UV_PROJECT_ENVIRONMENT: VENV,
    UV_PYTHON_DOWNLOADS: 'never',
    UV_LINK_MODE: 'copy',
    UV_NO_PROGRESS: '1',
  },
  poetry: { POETRY_VIRTUALENVS_CREATE: 'false', POETRY_NO_INTERACTION: '1' },
  pdm: { PDM_CHECK_UPDATE: 'false', PDM_IGNORE_SAVED_PYTHON: '1' },
  pipenv: { PIPENV_NOSPIN: '1', PIPENV_VERBOSITY: '-1' },
};

/**
 * What installs the packages of a Python app: the manager that wrote its lock file, else pip with what its files list, else pip with
 * what its sources import. `needs` are packages that starting it takes, whether or not something lists them.
 */
export function pythonInstall(
  listing: FileListing,
  sources: readonly string[],
  needs: readonly string[],
  runtimes: Runtimes,
): PythonInstall {
  const project = readPyproject(listing);
  const locked = LOCKED.find(({ lock }) => hasFile(listing, lock));
  const isLocked = locked !== undefined;
  const listed = listedPackages(listing, project) ?? imported(listing, sources);
  const python = choosePython(
    listing,
    project?.requiresPython,
    runtimes,
    ceilingOf(listed?.names ?? new Map()),
  );
  const missing = needs.filter((name) => !(listed?.names.has(name) ?? false));
  const withPip = pipInstall(listed?.pip ?? []);
  const install = isLocked
    ? [
        `python3 -m venv ${VENV}`,
        withLock(locked, project?.isPackage ?? false, withPip),
        ...(missing.length === 0
          ? []
          : [`python3 -m pip --python ${VENV}/bin/python install ${missing.map(quote).join(' ')}`]),
      ]
    : [
        `python3 -m venv ${VENV}`,
        ...[pipInstall([...(listed?.pip ?? []), ...missing.map(quote)])].filter(
          (command) => command !== undefined,
        ),
      ];
  const manager = isLocked ? locked.manager : 'pip';
  return {
    manager,
    python,
    install: install.join(' && '),
    env: MANAGER_ENVIRONMENT[manager] ?? {},
    versionOf: (name) => listed?.names.get(name) ?? null,
    reasons: [
      isLocked
        ? because(
            'manager',
            `${locked.lock} was written by ${locked.manager}, which is fetched from the registry.`,
          )
        : because(
            'manager',
            listed?.reason ?? 'Nothing lists packages, and its files import none that we know.',
          ),
      ...(missing.length === 0
        ? []
        : [because('install', `${missing.join(', ')} is installed because starting needs it.`)]),
      ...(project === undefined || project.elsewhere.length === 0
        ? []
        : [
            because(
              'unmet',
              `${project.elsewhere.slice(0, 5).join(', ')} comes from outside of the registry.`,
            ),
          ]),
      ...python.reasons.map((one) => because('version', one)),
    ],
  };
}

/** Undefined when there is nothing to install. */
function pipInstall(packages: readonly string[]): string | undefined {
  return packages.length === 0 ? undefined : `${VENV}/bin/pip install ${packages.join(' ')}`;
}

/** The manager of a lock file, fetched into an environment of its own; pip with what is listed where the manager itself fails. */
function withLock(locked: LockedManager, isPackage: boolean, otherwise: string | undefined): string {
  const steps = [
    `python3 -m venv ${TOOLS_VENV}`,
    `${TOOLS_VENV}/bin/pip install ${locked.manager}`,
    `${TOOLS_VENV}/bin/${locked.command(isPackage)}`,
  ].join(' && ');
  return otherwise === undefined
    ? steps
    : `{ { ${steps}; } || { echo '${locked.manager} did not install it; pip tries.'; ${otherwise}; }; }`;
}

/** Lines that begin like a package: an option among them would be one of pip's own. */
const asArguments = (lines: readonly string[]): string[] =>
  lines.filter((line) => /^[A-Za-z0-9]/.test(line)).map(quote);

interface Listed {
  /** Arguments of `pip install`. */
  pip: string[];
  /** What will be there: lower-case names, with their version or range where it is named. */
  names: Map<string, string | null>;
  reason: string;
}

/** The lines of a requirements file and of those that it includes. */
function requirementLines(listing: FileListing, first: string): string[] {
  const files = [first];
  for (const file of files) {
    for (const line of (listing.read(file) ?? '').split('\n')) {
      const name = /^-r[ \t]+([\w./-]{1,200})/.exec(line)?.[1];
      const folder = folderOf(file);
      const path =
        name === undefined ? undefined : folder === '' ? name.replace(/^\.\//, '') : `${folder}/${name}`;
      if (path !== undefined && files.length < 6 && !files.includes(path)) files.push(path);
    }
  }
  return files.flatMap((file) => (listing.read(file) ?? '').split('\n'));
}

/** The list for developing, when the one at the root only points to that of a deployment. */
function requirementsFile(listing: FileListing): string | undefined {
  const lines = (listing.read('requirements.txt') ?? '').split('\n').map((line) => line.trim());
  const stated = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const deploys =
    stated.length > 0 && stated.every((line) => /^-r\s{1,4}\S{0,80}(?:prod|heroku|deploy)/.test(line));
  const developing = [
    'requirements/local.txt',
    'requirements/dev.txt',
    'requirements/development.txt',
    'requirements-dev.txt',
    'requirements_dev.txt',
  ];
  return firstOf(listing, [
    ...(deploys ? developing : []),
    'requirements.txt',
    ...developing.slice(0, 3),
    'requirements/base.txt',
    ...developing.slice(3),
  ]);
}

function listedPackages(listing: FileListing, project: Pyproject | undefined): Listed | undefined {
  const file = requirementsFile(listing);
  if (file !== undefined) {
    const names = namesIn(requirementLines(listing, file));
    return { pip: ['-r', quotePath(file)], names, reason: `${file} lists its packages.` };
  }
  if (project !== undefined) {
    const { dependencies, developing } = project;
    const names = namesIn(dependencies);
    if (project.isPackage)
      return {
        pip: ['-e', '.'],
        names,
        reason: 'pyproject.toml describes it as a package, which is installed in place.',
      };
    const all = [...dependencies, ...developing];
    if (dependencies.length > 0)
      return { pip: asArguments(all), names: namesIn(all), reason: 'pyproject.toml lists its packages.' };
  }
  const pipfile = readPipfile(listing.read('Pipfile') ?? '');
  if (pipfile.length > 0)
    return { pip: asArguments(pipfile), names: namesIn(pipfile), reason: 'Pipfile lists its packages.' };
  if (!hasFile(listing, 'setup.py')) return undefined;
  return { pip: ['-e', '.'], names: new Map(), reason: 'setup.py installs it in place.' };
}

function imported(listing: FileListing, sources: readonly string[]): Listed | undefined {
  const packages = importedPackages(listing, sources);
  return packages.length === 0
    ? undefined
    : {
        pip: packages.map(quote),
        names: new Map(packages.map((name) => [name, null])),
        reason: `Nothing lists its packages; its files import ${packages.join(', ')}.`,
      };
}
