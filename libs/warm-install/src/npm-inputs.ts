import { z } from 'zod';

/**
 * Packages whose install scripts neither run nor read a file of the project that is no input; seen in their sources. Others, such as those of
 * @prisma/client, puppeteer and all that use prebuild-install, look for settings of the project.
 */
const HARMLESS_SCRIPTS: ReadonlySet<string> = new Set([
  '@parcel/watcher',
  '@swc/core',
  'core-js',
  'core-js-pure',
  'es5-ext',
  'esbuild',
  'fsevents',
  'protobufjs',
  'unrs-resolver',
]);

const LIFECYCLE =
  /^(pre|post)?(install|prepare|prepublish|dependencies)$|^(pre|post)?uninstall$|^prepublishOnly$/;
/** A version or range of the registry, or another name for a package of it. */
const OF_REGISTRY = /^(?:npm:(?:@[\w.-]+\/)?[\w.-]+(?:@[\w^~<>=.*|+ -]*)?|(?!\.)[\w^~<>=.*|+ -]*)$/;
const ARCHIVE = /\.(?:tgz|tar|tar\.gz)$/i;
const SETTINGS =
  /^(?:[#;].*|(?:audit|fund|save|save-exact|save-prefix|engine-strict|legacy-peer-deps|strict-peer-deps|package-lock|progress|loglevel|update-notifier|prefer-offline)\s*=\s*[\w^~-]*|registry\s*=\s*https:\/\/registry\.npmjs\.org\/?)?$/;

const NamesSchema = z.record(z.string(), z.string()).catch({});
const ManifestSchema = z.looseObject({
  scripts: NamesSchema.optional(),
  gypfile: z.unknown().optional(),
  workspaces: z.unknown().optional(),
});
const SPECIFIERS = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'resolutions',
] as const;

const LockSchema = z.object({
  lockfileVersion: z.number().min(2),
  packages: z.record(
    z.string(),
    z.looseObject({
      name: z.string().optional(),
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Every string below a value: overrides nest. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** Why a package.json makes the install depend on more of the project than the inputs; null when it does not. */
export function manifestNeeds(text: string): string | null {
  const manifest = parsed(ManifestSchema, text);
  if (manifest === undefined) return 'a package.json cannot be read';
  const script = Object.keys(manifest.scripts ?? {}).find((name) => LIFECYCLE.test(name));
  if (script !== undefined) return `its script "${script}" runs during the install`;
  if (manifest.workspaces !== undefined) return 'it is a workspace';
  const elsewhere = SPECIFIERS.flatMap((name) => strings(manifest[name])).find(
    (one) => !OF_REGISTRY.test(one) || ARCHIVE.test(one),
  );
  return elsewhere === undefined ? null : `"${elsewhere.slice(0, 60)}" comes from outside of the registry`;
}

/** The same of a package-lock.json. */
export function lockNeeds(text: string): string | null {
  const lock = parsed(LockSchema, text);
  if (lock === undefined) return 'its lock file does not say which packages run scripts';
  for (const [path, one] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const at = path.lastIndexOf('node_modules/');
    const name = one.name ?? path.slice(at + 'node_modules/'.length);
    const fromRegistry =
      one.resolved === undefined
        ? one.inBundle === true || one.integrity !== undefined
        : one.resolved.startsWith('https://registry.npmjs.org/');
    if (!path.startsWith('node_modules/') || one.link === true || !fromRegistry)
      return `${name.slice(0, 60)} comes from outside of the registry`;
    if (one.hasInstallScript === true && !HARMLESS_SCRIPTS.has(name))
      return `the install script of ${name.slice(0, 60)} may read files of the project`;
  }
  return null;
}

/** The same of an .npmrc. */
export function npmrcNeeds(text: string): string | null {
  const line = text.split(/\r?\n/).find((one) => !SETTINGS.test(one.trim()));
  return line === undefined ? null : 'its .npmrc sets more than is known to be harmless';
}

/**
 * Whether a lock file was made from this manifest: npm installs from another one without it, and then nothing is known of scripts.
 */
export function lockMatches(manifestText: string, lockText: string): boolean {
  const manifest = parsed(ManifestSchema, manifestText);
  const root = parsed(LockSchema, lockText)?.packages[''];
  const named = (from: Readonly<Record<string, unknown>> | undefined): string =>
    JSON.stringify(
      ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].map((kind) =>
        Object.entries(NamesSchema.parse(from?.[kind] ?? {})).sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    );
  return manifest !== undefined && root !== undefined && named(manifest) === named(root);
}
