import { STATIC_SERVER_PATH } from './static-server';
import { SYSTEM_PATH, because, type Draft, type Runtimes } from '../draft';
import { depthOf, hasFile, listingOf, type FileListing } from '../listing';
import { chooseNode, type NodeChoice } from '../node/node-version';
import { readPackageJson } from '../node/package-json';
import { quotePath } from '../shell';

const FOLDERS = ['', 'public', 'dist', 'build', 'site', 'www', 'html', 'src', 'docs', 'out', '_site'];

/** Plan for a folder of static pages; undefined when no index.html is where such pages lie. */
export function detectStatic(listing: FileListing, runtimes: Runtimes): Draft | undefined {
  const known = FOLDERS.find((one) => hasFile(listing, one === '' ? 'index.html' : `${one}/index.html`));
  const first = known === undefined ? firstPage(listing) : undefined;
  const folder = known ?? (first === undefined ? undefined : '');
  if (folder === undefined) return undefined;
  const name = first ?? (folder === '' ? 'index.html' : `${folder}/index.html`);
  const node = runtimes.onDebian === true ? nodeOfServer(runtimes) : undefined;
  const needsTools = /\ssrc=["']\/?[^"'\s]{1,200}\.(?:tsx?|jsx)["']/.test(listing.read(name) ?? '');
  return {
    framework: 'static',
    runtime: 'static',
    packageManager: 'none',
    install: null,
    setup: [],
    start: `node ${STATIC_SERVER_PATH} ${folder === '' ? '.' : quotePath(folder)}${first === undefined ? '' : ` ${quotePath(first)}`}`,
    port: 8080,
    env: node?.bin == null ? {} : { PATH: `${node.bin}:${SYSTEM_PATH}` },
    ...(node?.bin == null
      ? {}
      : { toolchain: { name: 'node' as const, version: node.version, from: 'npm' as const } }),
    installHosts: [],
    reasons: [
      because(
        'framework',
        first === undefined
          ? `${name} is a static page.`
          : `There is no index.html; of its pages ${name} looks like the first.`,
      ),
      because(
        'start',
        `A small file server of our own serves ${folder === '' ? 'the folder' : folder} as it is.`,
      ),
      because('port', 'The file server listens on 8080.'),
      ...(needsTools
        ? [
            because(
              'unmet',
              'It loads sources that need a build tool, and nothing here names one; the page may stay empty.',
            ),
          ]
        : []),
    ],
    confidence: needsTools || first !== undefined ? 1 : folder === '' || folder === 'public' ? 3 : 2,
  };
}

const MOST_PAGES = 12;
const FIRST_NAMES = /^(home|main|default|start|app)\.html?$/i;

/** Of pages without an index.html, that with the name of a first page, else that to which most of the others lead back. */
function firstPage(listing: FileListing): string | undefined {
  const pages = listing.files
    .filter((file) => depthOf(file) === 0 && /^[\w .-]{1,80}\.html?$/.test(file) && !/^404\./.test(file))
    .slice(0, MOST_PAGES);
  const named = pages.find((page) => FIRST_NAMES.test(page));
  const texts = new Map(pages.map((page) => [page, listing.read(page) ?? '']));
  const ledTo = (page: string): number =>
    pages.filter((other) => other !== page && texts.get(other)?.includes(page)).length;
  return named ?? [...pages].sort((a, b) => ledTo(b) - ledTo(a) || (a < b ? -1 : 1))[0];
}

/** What the file server runs on where the host's own Node is not: a Debian system has none. */
export function nodeOfServer(runtimes: Runtimes): NodeChoice | undefined {
  const empty = listingOf({ 'package.json': '{}' });
  const manifest = readPackageJson(empty);
  return manifest === undefined ? undefined : chooseNode(empty, manifest, runtimes);
}
