import { ENVIRONMENT_EXAMPLES, variablesIn } from '../environment-file';
import { depthOf, firstOf, folderOf, type FileListing } from '../listing';
import { plainYaml } from '../plain-yaml';

export interface ComposeService {
  name: string;
  image: string;
  environment: Record<string, string>;
  /** Port of this machine that leads to the first of the container's; undefined where none does. */
  port: number | undefined;
  /** That port of the container. */
  inside: number | undefined;
  /** Folder of the source that it is built from, '' for that of the compose file; undefined where it is not built. */
  context: string | undefined;
  /** Files and folders of the source that fill its database when it is made. */
  initial: string[];
  /** Files of variables, as it names them, below the folder of the compose file; later ones go before earlier ones. */
  environmentFiles: string[];
  /** Where folders are mounted inside it, each with what is mounted: a path below the folder of the compose file, or undefined. */
  mounts: { target: string; source: string | undefined }[];
  /** What it wants of the machine, as compose files call it: never given. */
  wants: string[];
}

const COMPOSE = /^(docker-)?compose(\.[\w-]+)?\.ya?ml$/;
const USUAL = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];
/** Where images of databases look for the files that fill them. */
export const INITIAL = /^\/docker-entrypoint-initdb\.d(\/|$)/;
const MOST = 30;
/** Each is a reference to what stands there once, not a copy. */
const MOST_ALIASES = 60;

/** The compose file of a folder: the one that is taken without being named, before those that are meant for something. */
export const composeFile = (listing: FileListing): string | undefined =>
  firstOf(listing, USUAL) ?? listing.files.find((file) => depthOf(file) === 0 && COMPOSE.test(file));

/** What a compose file says of its services; nothing of it is followed: no mounts, commands, networks or files. */
export function composeServices(
  listing: FileListing,
): { file: string; services: ComposeService[] } | undefined {
  const file = composeFile(listing);
  const text = file === undefined ? undefined : listing.read(file);
  if (file === undefined || text === undefined) return undefined;
  const { value } = plainYaml(text, { maxAliases: MOST_ALIASES });
  // Compose takes what it is not told from the `.env` beside the file, of which a source holds an example.
  const example = firstOf(listing, ENVIRONMENT_EXAMPLES);
  const stated = variablesIn((example === undefined ? undefined : listing.read(example)) ?? '');
  const services = Object.entries(recordOf(recordOf(value)['services'])).slice(0, MOST);
  return {
    file,
    services: services.map(([name, raw]) => {
      const service = recordOf(raw);
      return {
        name,
        image: textOf(service['image']),
        environment: variablesOf(service['environment'], stated),
        ...portsOf(service['ports']),
        context: contextOf(service['build']),
        initial: initialOf(service['volumes']),
        environmentFiles: environmentFilesOf(service['env_file']),
        mounts: mountsOf(service['volumes']),
        wants: wantsOf(service),
      };
    }),
  };
}

/** `${NAME}` is what is stated, else its default `${NAME:-default}`, else nothing. */
const expanded = (text: string, stated: Readonly<Record<string, string>> = {}): string =>
  text
    .slice(0, 500)
    .replace(
      /\$\{(\w{1,60})(?::?[-?]([^}]{0,200}))?\}/g,
      (_whole, name: string, fallback?: string) =>
        (Object.hasOwn(stated, name) ? stated[name] : undefined) ?? fallback ?? '',
    );

function variablesOf(raw: unknown, stated: Readonly<Record<string, string>>): Record<string, string> {
  const pairs: [string, unknown][] = Array.isArray(raw)
    ? raw.map((line) => {
        const [name = '', ...rest] = textOf(line).split('=');
        return [name, rest.join('=')];
      })
    : Object.entries(recordOf(raw));
  return Object.fromEntries(
    pairs
      .filter(([name]) => /^[A-Za-z_]\w{0,60}$/.test(name))
      .map(([name, value]) => [name, expanded(textOf(value), stated)]),
  );
}

function portsOf(raw: unknown): Pick<ComposeService, 'port' | 'inside'> {
  const first: unknown = Array.isArray(raw) ? raw[0] : undefined;
  const { published, target } = recordOf(first);
  const text = typeof first === 'object' ? `${textOf(published)}:${textOf(target)}` : expanded(textOf(first));
  const [, outer, inner] = /(?:^|:)(\d{2,5})(?::(\d{2,5}))?(?:\/tcp)?$/.exec(text) ?? [];
  return { port: unprivileged(outer), inside: unprivileged(inner ?? outer) };
}

function unprivileged(text: string | undefined): number | undefined {
  const port = Number(text);
  return Number.isInteger(port) && port >= 1024 && port < 65_536 ? port : undefined;
}

/**
 * A folder at or below that of the compose file; places elsewhere, on this machine or on another, are none. A Dockerfile in a folder below the context
 * builds that folder.
 */
function contextOf(raw: unknown): string | undefined {
  const build = recordOf(raw);
  const folder = pathBelow(typeof raw === 'string' ? raw : textOf(build['context']));
  const dockerfile = pathBelow(textOf(build['dockerfile']));
  if (folder === undefined || dockerfile === undefined || !dockerfile.includes('/')) return folder;
  return pathBelow(`./${folder}/${folderOf(dockerfile)}`);
}

export function pathBelow(raw: string): string | undefined {
  const text = expanded(raw).trim();
  if (text === '' || /^[/~]|^\w+:|@|\\/.test(text)) return undefined;
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? undefined : parts.join('/');
}

/** What is mounted where images of databases look for their first data. */
const initialOf = (raw: unknown): string[] =>
  mountsOf(raw).flatMap(({ target, source }) =>
    INITIAL.test(target) && source !== undefined && source !== '' ? [source] : [],
  );

function mountsOf(raw: unknown): ComposeService['mounts'] {
  const mounts = Array.isArray(raw) ? raw.slice(0, MOST) : [];
  return mounts.flatMap((mount) => {
    const { source, target } = recordOf(mount);
    const [from = '', to = ''] =
      typeof mount === 'object' ? [textOf(source), textOf(target)] : textOf(mount).split(':');
    // A name without a path is a volume of its own.
    return to === ''
      ? []
      : [{ target: to, source: /^[.\w-]{0,40}\//.test(from) || from === '.' ? pathBelow(from) : undefined }];
  });
}

function environmentFilesOf(raw: unknown): string[] {
  const list: unknown[] = Array.isArray(raw) ? raw.slice(0, MOST) : [raw];
  return list.flatMap((one) => {
    const path = pathBelow(typeof one === 'string' ? one : textOf(recordOf(one)['path']));
    return path === undefined || path === '' ? [] : [path];
  });
}

function wantsOf(service: Record<string, unknown>): string[] {
  const mounts = Array.isArray(service['volumes']) ? service['volumes'].slice(0, MOST) : [];
  const ofHost = mounts.some((mount) => {
    const from = typeof mount === 'object' ? textOf(recordOf(mount)['source']) : textOf(mount).split(':')[0];
    return /^[/~]|^\$|(^|\/)\.\.(\/|$)|docker\.sock/.test(from ?? '');
  });
  const asks = ['network_mode', 'pid', 'ipc', 'userns_mode'].filter((key) => service[key] === 'host');
  const lists = ['devices', 'cap_add', 'security_opt', 'device_cgroup_rules'].filter((key) =>
    Array.isArray(service[key]),
  );
  return [
    ...(service['privileged'] === true ? ['privileged'] : []),
    ...(ofHost ? ['volumes of the host'] : []),
    ...asks.map((key) => `${key}: host`),
    ...lists,
  ];
}

const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
