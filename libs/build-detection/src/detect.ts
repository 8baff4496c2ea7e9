import type { BuildOverrides, BuildPlan } from '@showrunner/contracts';
import { detectFolder } from './detect-folder';
import { DEFAULT_RUNTIMES, type Draft, type Runtimes } from './draft';
import { listingWithin, type FileListing } from './listing';
import { checkedDir } from './dir';
import { nothingToRun } from './nothing-to-run';
import { readRepositoryConfig, type RepositoryConfig } from './repository-config';
import { otherApps } from './sub-folders';
import { notesOnContainers } from './unsupported';

export interface DetectOptions {
  /** Folder of the app below the root of the source; chosen by the user. */
  subdir?: string;
  overrides?: BuildOverrides;
  runtimes?: Runtimes;
}

/**
 * How the app in a listing is installed, set up and started. Reads nothing but the listing. What the user says wins over
 * `showrunner.yaml`, which wins over what is detected.
 * @throws InvalidInputError `subdir_not_found`, `repository_config_invalid`, `nothing_to_run`, `several_apps`,
 *   `dockerfile_unsupported`, `compose_unsupported`, `stack_unsupported`; each names what to do.
 */
export async function detect(listing: FileListing, options: DetectOptions = {}): Promise<BuildPlan> {
  const runtimes = options.runtimes ?? DEFAULT_RUNTIMES;
  const config = readRepositoryConfig(listing);
  const wanted = options.subdir ?? config.dir;
  const dir = checkedDir(listing, wanted);
  const here = listingWithin(listing, dir);
  const overrides = options.overrides ?? {};

  const found = await detectFolder(listing, dir, runtimes);
  const draft = found.draft;
  const isOnlyStart = overrides.start ?? config.start;
  if (draft !== undefined && (draft.confidence > 1 || wanted !== undefined || isOnlyStart !== undefined)) {
    return complete(draft, found.dir, config, overrides, notesOnContainers(here));
  }
  if (isOnlyStart !== undefined) return complete(given(isOnlyStart), dir, config, overrides, []);

  const others = await otherApps(listing, dir, runtimes);
  const chosen = others.chosen;
  if (chosen !== undefined && (draft === undefined || chosen.draft.confidence > draft.confidence)) {
    const why = `The root of the source starts nothing itself; ${chosen.dir} does${
      others.dirs.length > 1
        ? ` (others: ${others.dirs
            .filter((one) => one !== chosen.dir)
            .slice(0, 5)
            .join(', ')})`
        : ''
    }.`;
    return complete(
      { ...chosen.draft, reasons: [why, ...chosen.draft.reasons] },
      chosen.dir,
      config,
      overrides,
      notesOnContainers(here),
    );
  }
  if (draft !== undefined) return complete(draft, found.dir, config, overrides, notesOnContainers(here));
  throw nothingToRun(here, dir, found.refused, others.dirs);
}

function complete(
  draft: Draft,
  dir: string,
  config: RepositoryConfig,
  overrides: BuildOverrides,
  notes: string[],
): BuildPlan {
  const install = overrides.install ?? config.install;
  const start = overrides.start ?? config.start;
  const port = overrides.port ?? config.port;
  const { confidence: _confidence, ...plan } = draft;
  const told = (what: string, mine: unknown): string =>
    `The ${what} was given${mine === undefined ? ' by showrunner.yaml' : ''}.`;
  return {
    ...plan,
    dir,
    install: install === undefined ? plan.install : install.trim() === '' ? null : install,
    setup: config.setup ?? plan.setup,
    start: start ?? plan.start,
    port: port ?? plan.port,
    env: { ...plan.env, ...config.env, ...overrides.env },
    reasons: [
      ...plan.reasons,
      ...(install === undefined ? [] : [told('install command', overrides.install)]),
      ...(start === undefined ? [] : [told('start command', overrides.start)]),
      ...(port === undefined ? [] : [told('port', overrides.port)]),
      ...notes,
    ],
  };
}

/** A source about which nothing is known but how it starts. */
function given(start: string): Draft {
  return {
    framework: 'unknown',
    runtime: 'other',
    packageManager: 'none',
    install: null,
    setup: [],
    start,
    port: null,
    env: {},
    installHosts: ['registry.npmjs.org', 'registry.yarnpkg.com', 'pypi.org', 'files.pythonhosted.org'],
    reasons: ['No known kind of app was found.'],
    confidence: 1,
  };
}
