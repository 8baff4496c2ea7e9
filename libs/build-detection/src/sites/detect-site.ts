import { SYSTEM_PATH, because, type Draft, type Runtimes } from '../draft';
import type { FileListing } from '../listing';
import { nodeOfServer } from '../static/detect-static';
import { STATIC_SERVER_PATH } from '../static/static-server';
import { hugoSite } from './hugo';
import { jekyllSite } from './jekyll';
import { mdbookSite } from './mdbook';
import { mkdocsSite } from './mkdocs';
import { PAGES, type FindSite } from './site-generator';

const GENERATORS: readonly FindSite[] = [hugoSite, jekyllSite, mdbookSite, mkdocsSite];

/** Plan for a site that a generator makes of texts: its pages are made once, without network, and served as they are; undefined for any other folder. */
export function detectSite(listing: FileListing, runtimes: Runtimes): Draft | undefined {
  const site = GENERATORS.reduce<ReturnType<FindSite>>(
    (found, find) => found ?? find(listing, runtimes),
    undefined,
  );
  if (site === undefined) return undefined;
  const onDebian = site.system !== undefined || runtimes.onDebian === true;
  const node = onDebian ? nodeOfServer({ ...runtimes, onDebian }) : undefined;
  const { PATH = SYSTEM_PATH, ...env } = site.env;
  return {
    ...site,
    runtime: 'static',
    start: `node ${STATIC_SERVER_PATH} ${PAGES}`,
    port: 8080,
    env: { ...env, PATH: node?.bin == null ? PATH : `${node.bin}:${PATH}` },
    // The file server is what runs; the generator has done its work by then.
    ...(node?.bin == null ? {} : { toolchain: { name: 'node', version: node.version, from: 'npm' } }),
    reasons: [
      ...site.reasons,
      because('setup', `${site.framework} makes its pages before it starts, without network.`),
      because('start', 'A small file server of our own serves the pages that were made.'),
      because('port', 'The file server listens on 8080.'),
    ],
  };
}
