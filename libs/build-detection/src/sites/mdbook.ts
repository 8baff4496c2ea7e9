import { SYSTEM_PATH, because, type Runtimes } from '../draft';
import { hasFile, type FileListing } from '../listing';
import { settingsIn, tableAt, textAt } from './site-config';
import { PAGES, type Site } from './site-generator';

const CONFIG = 'book.toml';

/** A book of mdBook, which is a package of Debian. */
export function mdbookSite(listing: FileListing, runtimes: Runtimes): Site | undefined {
  if (runtimes.systems !== true || !hasFile(listing, CONFIG)) return undefined;
  const settings = settingsIn(listing, CONFIG);
  const source = (textAt(tableAt(settings, 'book'), 'src') ?? 'src').replace(/^\.\//, '');
  if (!hasFile(listing, `${source}/SUMMARY.md`)) return undefined;
  const backends = Object.keys(tableAt(settings, 'output'));
  // With one way of putting it out the pages lie in the folder itself, with several each has one below.
  const isAmong = backends.length > 1;
  return {
    framework: 'mdbook',
    system: { suite: 'trixie', packages: ['mdbook'] },
    packageManager: 'none',
    install: null,
    setup: [
      isAmong
        ? `mdbook build --dest-dir ${PAGES}-all && cp -r ${PAGES}-all/html ${PAGES}`
        : `mdbook build --dest-dir ${PAGES}`,
    ],
    env: { PATH: SYSTEM_PATH },
    installHosts: [],
    reasons: [
      because('framework', `${CONFIG} makes it a book of mdBook.`),
      because('install', 'mdBook comes from Debian, and a book takes nothing else.'),
    ],
    confidence: 3,
  };
}
