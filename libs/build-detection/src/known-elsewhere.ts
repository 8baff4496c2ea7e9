import type { Framework } from '@vercel/frameworks';
import type { FileListing } from './listing';

/**
 * Name and development command that the public list of frameworks knows for this folder, for stacks beyond our own table. The list
 * is large, so it is loaded only when it is asked.
 */
export async function knownElsewhere(
  listing: FileListing,
): Promise<{ name: string; dev: string | null } | undefined> {
  const [{ frameworkList }, { DetectorFilesystem, detectFrameworkRecord }] = await Promise.all([
    import('@vercel/frameworks'),
    import('@vercel/fs-detectors'),
  ]);

  class ListingFilesystem extends DetectorFilesystem {
    protected override _hasPath(name: string): Promise<boolean> {
      const path = clean(name);
      return Promise.resolve(
        path === '' || listing.files.some((file) => file === path || file.startsWith(`${path}/`)),
      );
    }
    protected override _readFile(name: string): Promise<Buffer> {
      return Promise.resolve(Buffer.from(listing.read(clean(name)) ?? ''));
    }
    protected override _isFile(name: string): Promise<boolean> {
      return Promise.resolve(listing.files.includes(clean(name)));
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
  if (found == null || slug == null) return undefined;
  const dev: unknown = found.settings.devCommand.value;
  return { name: slug, dev: typeof dev === 'string' ? dev : null };
}

const clean = (path: string): string => path.replace(/^\.?\//, '');
