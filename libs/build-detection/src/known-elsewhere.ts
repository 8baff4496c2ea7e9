import type { Framework } from '@vercel/frameworks';
import type { FileListing } from './listing';
import { readPackageJson } from './node/package-json';

export interface KnownFramework {
  name: string;
  /** Version or range that package.json asks for. */
  version: string | null;
}

/** What the public list calls some of the frameworks in our own table. */
const OUR_NAMES: Readonly<Record<string, string>> = {
  nextjs: 'next',
  nuxtjs: 'nuxt',
  'sveltekit-1': 'sveltekit',
  'docusaurus-2': 'docusaurus',
  'solidstart-1': 'solid-start',
  solidstart: 'solid-start',
  vue: 'vue-cli',
  nestjs: 'nest',
};
/** Entries that name a runtime or a product of one vendor, not a framework. */
const NO_FRAMEWORK = new Set(['node', 'python', 'go', 'bun', 'container', 'services', 'eve', 'factory-eve']);
const MAX_READ = 16 * 1024;
const MAX_DEPENDENCIES = 400;

/**
 * What the public list of frameworks calls this folder, with its version. The list and its code are large, so they are loaded when
 * they are first asked; its expressions see short texts only, and a package.json made anew from the parsed one, so that no content of
 * a source makes them slow.
 */
export async function knownElsewhere(listing: FileListing): Promise<KnownFramework | undefined> {
  const [{ frameworkList }, { DetectorFilesystem, detectFrameworkRecord }] = await Promise.all([
    import('@vercel/frameworks'),
    import('@vercel/fs-detectors'),
  ]);
  const files = new Set(listing.files);
  const folders = new Set(
    listing.files.flatMap((file) => {
      const parts = file.split('/');
      return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
    }),
  );

  class ListingFilesystem extends DetectorFilesystem {
    protected override _hasPath(name: string): Promise<boolean> {
      const path = clean(name);
      return Promise.resolve(path === '' || files.has(path) || folders.has(path));
    }
    protected override _readFile(name: string): Promise<Buffer> {
      const path = clean(name);
      const text = path === 'package.json' ? plainManifest(listing) : listing.read(path)?.slice(0, MAX_READ);
      return Promise.resolve(Buffer.from(text ?? ''));
    }
    protected override _isFile(name: string): Promise<boolean> {
      return Promise.resolve(files.has(clean(name)));
    }
    protected override _readdir(): Promise<never[]> {
      return Promise.resolve([]);
    }
    protected override _chdir(): this {
      return this;
    }
  }

  const found = await detectFrameworkRecord({
    fs: new ListingFilesystem(),
    frameworkList: frameworkList as readonly Framework[],
  });
  const slug = found?.slug;
  if (found == null || slug == null || NO_FRAMEWORK.has(slug)) return undefined;
  return {
    name: Object.hasOwn(OUR_NAMES, slug) ? (OUR_NAMES[slug] ?? slug) : slug,
    version: found.detectedVersion ?? null,
  };
}

/** The dependencies of a package.json and nothing else, in plain words. */
function plainManifest(listing: FileListing): string {
  const dependencies = Object.entries(readPackageJson(listing)?.dependencies ?? {})
    .filter(([name, version]) => /^[@\w./-]{1,100}$/.test(name) && /^[\w.^~<>=|*+: @/-]{1,60}$/.test(version))
    .slice(0, MAX_DEPENDENCIES);
  return JSON.stringify({ dependencies: Object.fromEntries(dependencies) });
}

const clean = (path: string): string => path.replace(/^\.?\//, '');
