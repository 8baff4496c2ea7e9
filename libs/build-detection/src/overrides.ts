import type { BuildOverrides, BuildSpec, StoredOverrides, Reason } from '@showrunner/contracts';
import type { FolderFinding } from './detect-folder';
import { because, type Draft } from './draft';
import type { RepositoryConfig } from './repository-config';

/** A source about which nothing is known but how it starts. */
export const startGiven = (start: string): Draft => ({
  framework: 'unknown',
  runtime: 'other',
  packageManager: 'none',
  install: null,
  setup: [],
  start,
  port: null,
  env: {},
  installHosts: [
    'registry.npmjs.org',
    'registry.yarnpkg.com',
    'pypi.org',
    'files.pythonhosted.org',
    'proxy.golang.org',
    'sum.golang.org',
  ],
  reasons: [because('framework', 'No known kind of app was found.')],
  confidence: 1,
});

/** The build spec: what was detected, beneath what `showrunner.yaml` says, beneath what the user says. */
export function completePlan(
  draft: Draft,
  { dir, others }: Pick<FolderFinding, 'dir' | 'others'>,
  config: RepositoryConfig,
  overrides: BuildOverrides & StoredOverrides,
  notes: readonly Reason[],
): BuildSpec {
  const {
    confidence: _confidence,
    hasOwnDatabase: _hasOwnDatabase,
    refusal,
    container = null,
    frameworkVersion = null,
    ...buildSpec
  } = draft;
  if (refusal !== undefined) throw refusal;
  const install = overrides.install ?? config.install;
  const start = overrides.start ?? config.start;
  const port = overrides.port ?? config.port ?? unprivileged(buildSpec, start);
  const told = (what: 'install' | 'start' | 'port', name: string): Reason[] =>
    overrides[what] === undefined && config[what] === undefined
      ? []
      : [
          because(
            what,
            `The ${name} was given by ${overrides[what] === undefined ? 'showrunner.yaml' : 'you'}.`,
          ),
        ];
  const names = overrides.envNames ?? Object.keys(overrides.env ?? {});
  const replaced = new Set<Reason['what']>([
    ...(install === undefined ? [] : (['install'] as const)),
    ...(start === undefined ? [] : (['start'] as const)),
    ...(port === undefined ? [] : (['port'] as const)),
    ...(config.setup === undefined ? [] : (['setup'] as const)),
  ]);
  return {
    ...buildSpec,
    dir,
    others,
    frameworkVersion,
    container: start === undefined ? container : null,
    install: install === undefined ? buildSpec.install : install.trim() === '' ? null : install,
    setup: config.setup ?? buildSpec.setup,
    start: start ?? buildSpec.start,
    port: port ?? buildSpec.port,
    env: { ...buildSpec.env, ...overrides.env },
    reasons: [
      ...buildSpec.reasons.filter(({ what }) => !replaced.has(what)),
      ...told('install', 'install command'),
      ...(config.setup === undefined ? [] : [because('setup', 'The set-up was given by showrunner.yaml.')]),
      ...told('start', 'start command'),
      ...told('port', 'port'),
      ...(port !== undefined && overrides.port === undefined && config.port === undefined
        ? [because('port', `Port ${buildSpec.port} is for root only, so it is told ${port}.`)]
        : []),
      ...(names.length === 0 ? [] : [because('environment', `You gave ${names.slice(0, 10).join(', ')}.`)]),
      ...notes,
    ],
  };
}

const FIRST_FREE = 1024;
const INSTEAD = 8080;

/** In place of a port that only root may listen on, where the start is told its port; undefined where it need not or cannot be another. */
function unprivileged(
  { port, start }: Pick<Draft, 'port' | 'start'>,
  given: string | undefined,
): number | undefined {
  return port !== null && port < FIRST_FREE && given === undefined && /\$\{?PORT\b/.test(start)
    ? INSTEAD
    : undefined;
}
