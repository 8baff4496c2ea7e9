import type { FileListing } from '../listing';

/** The fields of a package.json that matter here, each checked for its shape; anything else is dropped. */
export interface PackageJson {
  name: string;
  scripts: Record<string, string>;
  /** dependencies, devDependencies, peer and optional ones, name to range. */
  dependencies: Record<string, string>;
  enginesNode: string | undefined;
  /** Ranges of package managers that `engines` names. */
  enginesManager: Record<string, string>;
  /** `volta.node`. */
  voltaNode: string | undefined;
  /** `devEngines.runtime`, where it is Node's. */
  devEnginesNode: string | undefined;
  packageManager: string | undefined;
  /** devEngines names a package manager: `npm run` then refuses to work for another. */
  devEnginesManager: string | undefined;
  workspaces: string[];
  /** `prisma.seed`: `prisma db seed` has something to do. */
  hasPrismaSeed: boolean;
  main: string | undefined;
}

/** undefined when there is none or it cannot be parsed. */
export function readPackageJson(listing: FileListing, path = 'package.json'): PackageJson | undefined {
  const text = listing.read(path);
  if (text === undefined) return undefined;
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (!isRecord(raw)) return undefined;
  const workspaces = isRecord(raw['workspaces']) ? raw['workspaces']['packages'] : raw['workspaces'];
  const devEngines = isRecord(raw['devEngines']) ? raw['devEngines'] : {};
  const devManager = devEngines['packageManager'];
  const devRuntimes: unknown[] = [devEngines['runtime']].flat();
  const devNode = devRuntimes.find((one) => isRecord(one) && one['name'] === 'node');
  return {
    name: textOf(raw['name']) ?? '',
    scripts: strings(raw['scripts']),
    dependencies: {
      ...strings(raw['peerDependencies']),
      ...strings(raw['optionalDependencies']),
      ...strings(raw['devDependencies']),
      ...strings(raw['dependencies']),
    },
    enginesNode: isRecord(raw['engines']) ? textOf(raw['engines']['node']) : undefined,
    enginesManager: strings(raw['engines']),
    voltaNode: isRecord(raw['volta']) ? textOf(raw['volta']['node']) : undefined,
    hasPrismaSeed: isRecord(raw['prisma']) && textOf(raw['prisma']['seed']) !== undefined,
    devEnginesNode: isRecord(devNode) ? textOf(devNode['version']) : undefined,
    packageManager: textOf(raw['packageManager']),
    devEnginesManager: isRecord(devManager) ? textOf(devManager['name']) : undefined,
    workspaces: Array.isArray(workspaces) ? workspaces.filter((one) => typeof one === 'string') : [],
    main: textOf(raw['main']),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
const strings = (value: unknown): Record<string, string> =>
  isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
      )
    : {};
