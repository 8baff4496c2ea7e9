import type { AppProcess, BuildSpec, Reason } from '@showrunner/contracts';
import { companionsOf } from '../companions';
import { detectFolder, type Abilities } from '../detect-folder';
import { because, type Draft } from '../draft';
import { baseName, listingWithin, type FileListing } from '../listing';
import { otherProcessesOfProcfile } from '../procfile';
import { composeServices, type ComposeService } from '../services/compose-services';
import { composedEnvironment, serviceBuiltFrom } from '../services/composed-environment';
import { startOfSeveral } from './entered-folders';

/** One `PORT` for all would bring them onto each other's. */
const EACH_ITS_OWN_PORT = 'unset PORT; ';
/** Whether one start command starts several programs, each with a port of its own. Pure. */
export const startsSeveral = ({ start }: Pick<BuildSpec, 'start'>): boolean =>
  start.startsWith(EACH_ITS_OWN_PORT);

/** What runs beside the app that was chosen, and what that changes of the app itself. */
export interface OtherProcesses {
  draft: Draft;
  /** Folders of the parts that are started. */
  dirs: string[];
}

interface Part {
  dir: string;
  name: string;
  /** Who says that it belongs to the app. */
  by: string;
  service?: ComposeService | undefined;
  isStarted: boolean;
}

const MOST_PARTS = 6;

/**
 * The app with the other parts of its source that have to run beside it: services which a compose file builds from the source, a back end beside a front
 * end, folders that its start goes into, other processes of its Procfile.
 * @param server folder of the server whose page `dir` is
 */
export async function withOtherProcesses(
  root: FileListing,
  dir: string,
  draft: Draft,
  abilities: Abilities,
  server?: string,
): Promise<OtherProcesses> {
  if (draft.runtime === 'container' || draft.runtime === 'other') return { draft, dirs: [] };
  const compose = composeServices(root);
  const services = compose?.services ?? [];
  const ownDraft = withOwnEnvironment(root, dir, draft);
  const own = ownDraft.env;
  const several =
    draft.runtime === 'node' ? startOfSeveral(root, dir) : { isSeveral: false, entered: [], installed: [] };
  const parts = [
    ...(server === undefined
      ? []
      : [
          {
            dir: server,
            name: server === '' ? 'server' : baseName(server),
            by: 'it is the server beside the page',
            service: services.find(({ context }) => context === server),
            isStarted: true,
          },
        ]),
    ...partsOf(root, dir, draft, several, services, compose?.file ?? '').filter(
      (part) => part.dir !== server,
    ),
  ];

  const used = new Set([draft.port]);
  const processes: AppProcess[] = [];
  const reasons: Reason[] = [];
  const dirs: string[] = [];
  let system = draft.system;
  let shared: Record<string, string> = {};
  for (const part of parts) {
    const finding = await detectFolder(root, part.dir, { ...abilities, buildsDockerfiles: false });
    // What a compose file builds from the root of a workspace is often the app itself.
    if (finding.draft !== undefined && finding.dir === dir && part.dir !== dir) continue;
    const found = finding.draft;
    const fits = found?.system === undefined || system === undefined || found.system.suite === system.suite;
    if (found === undefined || found.refusal !== undefined || !fits || found.confidence < 2) {
      if (part.service !== undefined) reasons.push(notStarted(part, found));
      continue;
    }
    if (found.system !== undefined)
      system = {
        suite: found.system.suite,
        packages: [...new Set([...(system?.packages ?? []), ...found.system.packages])],
      };
    const composed =
      part.service === undefined
        ? undefined
        : composedEnvironment(root, {
            service: part.service,
            services,
            place: '',
            file: compose?.file ?? '',
          });
    const { port, env } = placeOf(found, part, { ...found.env, ...composed?.env }, used);
    if (part.isStarted) used.add(port);
    else shared = { ...env, ...shared };
    const name = nameFor(part.name, processes);
    processes.push({
      name,
      dir: part.dir,
      packageManager: found.packageManager,
      // Of one workspace there is one install.
      install:
        found.install === draft.install && found.install?.includes('cd /app &&') === true
          ? null
          : found.install,
      setup: [...(composed?.setup ?? []), ...found.setup],
      start: part.isStarted ? found.start : null,
      port: part.isStarted ? port : null,
      env,
      ...(composed === undefined || composed.environmentFiles.length === 0
        ? {}
        : { environmentFiles: composed.environmentFiles }),
      ...(found.toolchain === undefined ? {} : { toolchain: found.toolchain }),
    });
    dirs.push(part.dir);
    reasons.push(
      ...(composed?.reasons ?? []),
      because(
        'start',
        part.isStarted
          ? `${part.dir === '' ? 'The root' : part.dir} (${found.framework}) is started before it as "${name}", because ${part.by}${port === null ? '' : `; port ${port} is expected`}.`
          : `${part.dir} is installed, because ${part.by}.`,
      ),
    );
  }
  for (const [name, command] of otherProcessesOfProcfile(listingWithin(root, dir))) {
    processes.push({
      name: nameFor(name, processes),
      dir,
      packageManager: 'none',
      install: null,
      setup: [],
      start: command,
      port: null,
      env: { ...draft.env, ...own },
      ...(ownDraft.environmentFiles === undefined ? {} : { environmentFiles: ownDraft.environmentFiles }),
    });
    reasons.push(because('start', `The Procfile names the process "${name}", which is started before it.`));
  }
  return {
    dirs,
    draft: {
      ...ownDraft,
      ...(system === undefined ? {} : { system }),
      ...(processes.length === 0 ? {} : { processes: [...(draft.processes ?? []), ...processes] }),
      ...(several.isSeveral ? { start: `${EACH_ITS_OWN_PORT}${draft.start}` } : {}),
      env: withPath({ ...shared, ...ownDraft.env }, [draft.env, shared]),
      reasons: [...ownDraft.reasons, ...reasons],
    },
  };
}

/** The app with what a compose file gives it, less the port: that is told by `PORT`. */
export function withOwnEnvironment(root: FileListing, dir: string, draft: Draft): Draft {
  const composed = serviceBuiltFrom(root, dir);
  if (composed === undefined || draft.runtime === 'container' || draft.runtime === 'other') return draft;
  const { env, environmentFiles, setup, reasons } = composedEnvironment(root, composed);
  return {
    ...draft,
    env: { ...draft.env, ...withoutPort(env) },
    setup: [...setup, ...draft.setup],
    ...(environmentFiles.length === 0 ? {} : { environmentFiles }),
    reasons: [...draft.reasons, ...reasons],
  };
}

function partsOf(
  root: FileListing,
  dir: string,
  draft: Draft,
  { entered, installed }: { entered: string[]; installed: string[] },
  services: readonly ComposeService[],
  file: string,
): Part[] {
  const parts: Part[] = [
    ...entered
      .filter((one) => !installed.includes(one))
      .map((one) => ({ dir: one, name: baseName(one), by: 'its start goes there', isStarted: false })),
    ...services.flatMap((service) => {
      const folder = folderOfService(root, service);
      return folder === undefined || folder === dir
        ? []
        : [
            {
              dir: folder,
              name: service.name,
              by: `${file} builds "${service.name}" from it`,
              service,
              isStarted: true,
            },
          ];
    }),
    ...companionsOf(root, dir, draft)
      .dirs.filter(() => draft.runtime === 'node' || draft.runtime === 'static')
      .map((one) => ({
        dir: one,
        name: baseName(one),
        by: 'its name is that of a back end',
        isStarted: true,
      })),
  ];
  const seen = new Set([...installed, dir]);
  return parts
    .filter((part) => {
      const isNew = !seen.has(part.dir) && !(part.isStarted && entered.includes(part.dir));
      seen.add(part.dir);
      return isNew;
    })
    .slice(0, MOST_PARTS);
}

/** A service that one Dockerfile in the root builds, as one of its stages, is most often the folder of its name. */
function folderOfService(root: FileListing, { name, context }: ComposeService): string | undefined {
  if (context !== '') return context;
  return root.files.some((file) => file.startsWith(`${name}/`)) ? name : context;
}

/** Where a part listens: as the compose file or its own settings say; its own habit else, which a `PORT` of ours would change. */
function placeOf(
  found: Draft,
  { service }: Part,
  env: Record<string, string>,
  used: ReadonlySet<number | null>,
): { port: number | null; env: Record<string, string> } {
  const named = service?.port ?? service?.inside;
  if (named !== undefined)
    return {
      port: named,
      env: {
        ...env,
        PORT: String(named),
        ...(found.env['SERVER_PORT'] === undefined ? {} : { SERVER_PORT: String(named) }),
      },
    };
  if (!/\$\{?PORT\b/.test(found.start)) return { port: found.port, env };
  let port = found.port ?? 8000;
  while (used.has(port)) port += 1;
  return { port, env: { ...env, PORT: String(port) } };
}

const notStarted = (part: Part, found: Draft | undefined): Reason =>
  because(
    'unmet',
    `${part.service?.name ?? part.dir} of the compose file is not started: ${found?.refusal?.message ?? `nothing in ${part.dir === '' ? 'the root' : part.dir} says how it starts without a container`}.`.replace(
      /\.\.$/,
      '.',
    ),
  );

const withoutPort = ({ PORT: _port, ...others }: Record<string, string>): Record<string, string> => others;

/** All folders of programs of both, as a start that goes into other folders needs both. */
function withPath(
  env: Record<string, string>,
  all: readonly Record<string, string>[],
): Record<string, string> {
  const paths = all.flatMap(({ PATH }) => PATH?.split(':') ?? []);
  return paths.length === 0 ? env : { ...env, PATH: [...new Set(paths)].join(':') };
}

function nameFor(text: string, taken: readonly AppProcess[]): string {
  const plain =
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 30) || 'part';
  const isTaken = (name: string): boolean => taken.some((one) => one.name === name);
  if (!isTaken(plain)) return plain;
  let number = 2;
  while (isTaken(`${plain}-${number}`)) number += 1;
  return `${plain}-${number}`;
}
