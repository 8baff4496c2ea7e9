import { parse as parseToml, TomlError } from 'smol-toml';
import { depthOf, hasFile, type FileListing } from '../listing';

/** What a Cargo.toml says that decides how a program is built. */
export interface CargoManifest {
  /** Name of the package; undefined for a workspace that is none itself. */
  name: string | undefined;
  /** Names of its dependencies, without those that only a feature brings. */
  dependencies: string[];
  /** Names of its programs, the one that runs by itself first. */
  programs: string[];
  /** Lowest version of Rust that it names, e.g. `1.75`. */
  rustVersion: string | undefined;
  edition: string | undefined;
  /** Dependencies that come from an address instead of the registry. */
  elsewhere: string[];
}

/** @param around the Cargo.toml of the workspace around it, for what it inherits */
export function readCargo(listing: FileListing, around?: string): CargoManifest | undefined {
  const table = tomlOf(listing.read('Cargo.toml'));
  if (table === undefined) return undefined;
  const own = recordOf(table['package']);
  const workspace = recordOf(tomlOf(around)?.['workspace']);
  const shared = recordOf(workspace['package']);
  const dependencies = recordOf(table['dependencies']);
  const inherited = recordOf(workspace['dependencies']);
  const name = textOf(own['name']);
  const sourceOf = (one: string): Record<string, unknown> => ({
    ...(recordOf(dependencies[one])['workspace'] === true ? recordOf(inherited[one]) : {}),
    ...recordOf(dependencies[one]),
  });
  return {
    name,
    dependencies: Object.keys(dependencies).filter((one) => sourceOf(one)['optional'] !== true),
    programs: name === undefined ? [] : programsOf(listing, table, name),
    rustVersion: textOf(own['rust-version']) ?? textOf(shared['rust-version']),
    edition: textOf(own['edition']) ?? textOf(shared['edition']),
    elsewhere: Object.keys(dependencies).filter((one) => textOf(sourceOf(one)['git']) !== undefined),
  };
}

/** Cargo's own rules: `src/main.rs`, files and folders of `src/bin`, and what `[[bin]]` lists. */
function programsOf(listing: FileListing, table: Record<string, unknown>, name: string): string[] {
  const listed: unknown = table['bin'];
  const bins = (Array.isArray(listed) ? listed : []).flatMap((one) => textOf(recordOf(one)['name']) ?? []);
  const found = [
    ...(hasFile(listing, 'src/main.rs') ? [name] : []),
    ...listing.files.flatMap((file) =>
      depthOf(file) === 2 || file.endsWith('/main.rs')
        ? (/^src\/bin\/([\w-]{1,60})(?:\.rs|\/main\.rs)$/.exec(file)?.[1] ?? [])
        : [],
    ),
  ];
  const first = textOf(recordOf(table['package'])['default-run']);
  // A `[[bin]]` with the path src/main.rs gives that program another name.
  const renamed = bins.length > 0 && found.includes(name) && !bins.includes(name) ? bins : [];
  const all = [...(first === undefined ? [] : [first]), ...renamed, ...found, ...bins];
  return [...new Set(all)].filter(
    (one) => /^[\w-]{1,60}$/.test(one) && (renamed.length === 0 || one !== name),
  );
}

function tomlOf(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    return parseToml(text);
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}
const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 80) : undefined;
