import { because, type Draft } from '../draft';
import { exampleOf } from '../environment-file';
import { hasFile, listingWithin, type FileListing } from '../listing';
import { quote } from '../shell';
import { composeServices, type ComposeService } from './compose-services';
import { environmentOf } from './loopback-values';

/** What a compose file gives to what it builds from a folder of the source. */
export interface ComposedEnvironment {
  env: Record<string, string>;
  /** Files of variables that are there, or examples of them, from the root of the source; later ones go before earlier ones. */
  environmentFiles: string[];
  /** Makes the folders that stand in for mounted ones. */
  setup: string[];
  reasons: Draft['reasons'];
}

interface Composed {
  service: ComposeService;
  services: readonly ComposeService[];
  /** Folder of the compose file. */
  place: string;
  file: string;
}

/** The service that is built from `dir`, by the compose file of the root or by one of its own. */
export function serviceBuiltFrom(root: FileListing, dir: string): Composed | undefined {
  for (const [place, context] of [
    ['', dir],
    [dir, ''],
  ] as const) {
    const compose = composeServices(listingWithin(root, place));
    const service = compose?.services.find((one) => one.context === context);
    if (compose !== undefined && service !== undefined)
      return { service, services: compose.services, place, file: compose.file };
  }
  return undefined;
}

/** Variables by name, and the files that hold others: those are read inside the sandbox alone. */
export function composedEnvironment(root: FileListing, composed: Composed): ComposedEnvironment {
  const { service, services, place, file } = composed;
  const environmentFiles = environmentFilesOf(root, service, place);
  const folders = new Map<string, string>();
  const env = Object.fromEntries(
    Object.entries(environmentOf(service, services)).map(([name, value]) => [
      name,
      service.mounts.reduce((text, mount) => {
        const instead = folderFor(mount, service.name, place);
        const moved = withFolder(text, mount.target, instead);
        if (moved !== text) folders.set(mount.target, instead);
        return moved;
      }, value),
    ]),
  );
  const told = environmentFiles.map((one) => one.path);
  return {
    env,
    environmentFiles: told,
    setup: folders.size === 0 ? [] : [`mkdir -p ${[...folders.values()].map(quote).join(' ')}`],
    reasons: [
      ...(told.length === 0
        ? []
        : [
            because(
              'environment',
              `${file} gives "${service.name}" the variables of ${told.join(', ')}, which are read inside the sandbox alone${
                environmentFiles.some(({ isExample }) => isExample)
                  ? ', examples where the files themselves are not there'
                  : ''
              }.`,
            ),
          ]),
      ...[...folders].map(([target, instead]) =>
        because('environment', `${file} mounts a folder at ${target}; ${instead} stands in for it.`),
      ),
    ],
  };
}

/** The files of variables of a service that are there, or what shows what would stand in them. */
export const environmentFilesOf = (
  root: FileListing,
  { environmentFiles }: Pick<ComposeService, 'environmentFiles'>,
  place: string,
): { path: string; isExample: boolean }[] =>
  environmentFiles.flatMap((file): { path: string; isExample: boolean }[] => {
    const path = place === '' ? file : `${place}/${file}`;
    if (hasFile(root, path)) return [{ path, isExample: false }];
    const example = exampleOf(root, path);
    return example === undefined ? [] : [{ path: example, isExample: true }];
  });

const folderFor = (
  { source, target }: ComposeService['mounts'][number],
  name: string,
  place: string,
): string =>
  source === undefined
    ? `/tmp/mounted/${name.replace(/[^\w-]/g, '-')}${target.replace(/[^\w-]/g, '-')}`
    : `/app/${[place, source].filter((part) => part !== '').join('/')}`.replace(/\/$/, '');

/** A value that names a mounted folder, or something in it, with another folder instead. */
function withFolder(value: string, target: string, instead: string): string {
  if (!/^\/[\w./-]{2,120}$/.test(target)) return value;
  const at = value.indexOf(target);
  const before = value.slice(0, Math.max(0, at));
  const after = value.slice(at + target.length);
  if (at < 0 || !/(?:^|[\s=:,]|:\/{2,3})$/.test(before) || !/^(?:$|[/:,?\s])/.test(after)) return value;
  return `${before}${instead}${after}`;
}
