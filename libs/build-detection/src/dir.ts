import { InvalidInputError } from '@showrunner/contracts';
import type { FileListing } from './listing';

/**
 * A folder of the source in its plain form, '' for the root.
 * @throws InvalidInputError `subdir_not_found` when it leaves the source or is not there.
 */
export function checkedDir(listing: FileListing, wanted: string | undefined): string {
  const parts = (wanted ?? '').split('/').filter((part) => part !== '' && part !== '.');
  const dir = parts.join('/');
  const leaves = parts.includes('..') || (wanted ?? '').startsWith('/') || /[\0\\]/.test(dir);
  if (!leaves && (dir === '' || listing.files.some((file) => file.startsWith(`${dir}/`)))) return dir;
  const folders = [
    ...new Set(
      listing.files.filter((file) => file.includes('/')).map((file) => file.slice(0, file.indexOf('/'))),
    ),
  ].slice(0, 12);
  throw new InvalidInputError('subdir_not_found', `The source has no folder "${wanted}".`, {
    remedy:
      folders.length === 0
        ? 'Leave --subdir out: the source has no folders.'
        : `Choose one that exists, relative to the root of the source, for example ${folders.join(', ')}.`,
    details: { folders },
  });
}
