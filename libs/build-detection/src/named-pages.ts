import { depthOf, listingWithin, readmeOf, type FileListing } from './listing';

/** How servers say what they answer to a GET: annotations, decorators and calls. */
const ROUTES =
  /(?:@(?:Get|Request)Mapping\(\s{0,8}(?:(?:value|path)\s{0,4}=\s{0,4})?|@Get\(\s{0,4}|\.(?:get|GET|Get|route|add_get|MapGet|HandleFunc|Handle)\(\s{0,4}|^\s{0,12}get\s{1,4})\{?["'`](?:GET )?(\/?[\w./-]{1,60})["'`]/gm;
/** Addresses of this machine that a README tells its readers to open. */
const TOLD = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d{2,5})?(\/[\w./-]{1,60})/g;
const SOURCES = /\.(?:[cm]?[jt]s|py|go|java|kt|php|rb|rs)$/;
/** What answers with data, or is a file. */
const NO_PAGE =
  /^\/(?:api|v\d|auth|oauth|health\w*|healthz|ready\w*|metrics|ping|status|static|assets|public|favicon)(?:[/.]|$)|\.(?:js|css|png|svg|ico|json|xml|txt|jpe?g)$/;
const MOST_FILES = 80;
const MOST = 8;

/**
 * Paths below which a folder's README or its routes say that there is something to see; looked at only where the root of the app shows no page. Each begins
 * with `/` and has no parameters.
 */
export function namedPages(listing: FileListing, dir: string): string[] {
  const here = listingWithin(listing, dir);
  const told = [here, listing].flatMap((one) => [...readmeOf(one).matchAll(TOLD)]);
  const routes = here.files
    .filter((file) => SOURCES.test(file) && !/(^|\/)(tests?|spec|e2e)\//.test(file))
    .sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))
    .slice(0, MOST_FILES)
    .flatMap((file) => [...(here.read(file) ?? '').matchAll(ROUTES)]);
  const paths = [...told, ...routes].map(([, path = '']) => (path.startsWith('/') ? path : `/${path}`));
  return [...new Set(paths)].filter((path) => path !== '/' && !NO_PAGE.test(path)).slice(0, MOST);
}
