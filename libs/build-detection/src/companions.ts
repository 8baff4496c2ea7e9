import { because, type Draft } from './draft';
import { baseName, depthOf, folderOf, type FileListing } from './listing';

const MANIFESTS = /^(package\.json|requirements\.txt|pyproject\.toml|manage\.py|go\.mod|Cargo\.toml)$/;
export const BACK = /^(?:\w{1,20}[-_]){0,3}(backend|back-end|back|server|api|service)$/;
export const FRONT = /^(?:\w{1,20}[-_]){0,3}(frontend|front-end|front|client|web|ui|webapp)$/;

/** Files of pages that a server makes itself. */
export const TEMPLATES =
  /\.(html?|ejs|pug|hbs|njk|twig|jinja2?|erb|haml|tmpl|gohtml|templ|jsp|ftlh?|mustache|php|cshtml)$/;

/** Parts of the source beside the chosen app that it may need: another half which is not built or started. */
export function companionsOf(
  listing: FileListing,
  dir: string,
  draft: Draft,
): { dirs: string[]; reasons: Draft['reasons'] } {
  const wanted = draft.runtime === 'node' || draft.runtime === 'static' ? BACK : FRONT;
  const around = folderOf(dir);
  const dirs = [
    ...new Set(listing.files.filter((file) => MANIFESTS.test(baseName(file))).map(folderOf)),
  ].filter(
    (one) =>
      one !== dir &&
      depthOf(one) <= 1 &&
      wanted.test(baseName(one)) &&
      (folderOf(one) === around || folderOf(one) === dir),
  );
  return {
    dirs,
    reasons: dirs.map((one) =>
      because(
        'unmet',
        draft.runtime === 'node'
          ? `${one} is a part of its own, which is not started unless the app does so itself.`
          : `${one} is a front end of its own, which is not built unless the app does so itself.`,
      ),
    ),
  };
}
