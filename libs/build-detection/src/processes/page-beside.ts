import { FRONT, TEMPLATES } from '../companions';
import { detectFolder, type Abilities, type FolderFinding } from '../detect-folder';
import { because, type Draft } from '../draft';
import { baseName, depthOf, folderOf, hasFile, listingWithin, type FileListing } from '../listing';
import { showsFrontEnd } from '../node/frameworks';
import { composeServices } from '../services/compose-services';
import { startOfSeveral } from './entered-folders';

/** Frameworks whose pages come from their own folders, without an index.html of the author's. */
const OWN_PAGES = new Set([
  'next',
  'nuxt',
  'sveltekit',
  'astro',
  'angular',
  'gatsby',
  'remix',
  'react-router',
  'solid-start',
]);
const WEB_NAMES = /^(web|www|app|front|frontend|front-end|client|ui|site|website|webapp|dashboard)$/;

const isPage = (draft: Draft | undefined): boolean => draft !== undefined && showsFrontEnd(draft);

/** Whether people would see something there: a front end that has its page, not only styles and scripts for the pages of a server. */
function showsPage(listing: FileListing, { dir, draft }: FolderFinding): boolean {
  if (draft?.runtime === 'static') return true;
  const here = listingWithin(listing, dir);
  return (
    isPage(draft) &&
    (OWN_PAGES.has(draft?.framework ?? '') ||
      ['index.html', 'public/index.html', 'src/index.html'].some((file) => hasFile(here, file)))
  );
}

/** The front end that stands beside a server without pages of its own, at or below its folder; undefined where the server is what people look at. */
export async function pageBeside(
  listing: FileListing,
  { dir, draft }: FolderFinding,
  abilities: Abilities,
): Promise<FolderFinding | undefined> {
  if (draft === undefined || isPage(draft) || draft.runtime === 'static' || draft.runtime === 'container')
    return undefined;
  const folders = [
    ...new Set(listing.files.filter((file) => baseName(file) === 'package.json').map(folderOf)),
  ].filter(
    (one) =>
      one !== dir &&
      depthOf(one) <= 2 &&
      FRONT.test(baseName(one)) &&
      (folderOf(one) === folderOf(dir) || folderOf(one) === dir),
  );
  const inFront = (file: string): boolean => folders.some((one) => file.startsWith(`${one}/`));
  const inside = dir === '' ? '' : `${dir}/`;
  const hasOwnPages = listing.files.some(
    (file) => file.startsWith(inside) && TEMPLATES.test(file) && !inFront(file),
  );
  if (hasOwnPages || folders.length === 0) return undefined;
  if (draft.runtime === 'node' && startOfSeveral(listing, dir).entered.some((one) => folders.includes(one)))
    return undefined;
  const found = await Promise.all(
    folders.map((one) => detectFolder(listing, one, { ...abilities, buildsDockerfiles: false })),
  );
  const pages = found.filter((one) => showsPage(listing, one));
  return pages.length === 1 ? pages[0] : undefined;
}

/** The service of a compose file, among those that it builds from the source, that people look at; undefined where nothing tells. */
export async function pageOfCompose(
  listing: FileListing,
  abilities: Abilities,
): Promise<FolderFinding | undefined> {
  const compose = composeServices(listing);
  const built = (compose?.services ?? []).filter(({ context }) => context !== undefined).slice(0, 8);
  const found = await Promise.all(
    built.map(async (service) => ({
      service,
      finding: await detectFolder(listing, service.context ?? '', { ...abilities, buildsDockerfiles: false }),
    })),
  );
  const apps = found.filter(({ finding }) => (finding.draft?.confidence ?? 0) > 1);
  const chosen = [
    apps.filter(({ finding }) => showsPage(listing, finding)),
    apps.filter(({ service }) => WEB_NAMES.test(service.name)),
    apps,
  ].find((list) => list.length === 1)?.[0];
  if (chosen?.finding.draft === undefined) return undefined;
  const { finding, service } = chosen;
  const why = because(
    'folder',
    `${compose?.file ?? ''} builds "${service.name}" from ${finding.dir === '' ? 'the root' : finding.dir}; of its services people look at that.`,
  );
  return { ...finding, draft: { ...chosen.finding.draft, reasons: [why, ...chosen.finding.draft.reasons] } };
}
