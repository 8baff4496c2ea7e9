import { STATIC_SERVER_PATH } from './static-server';
import { because, type Draft } from '../draft';
import { hasFile, type FileListing } from '../listing';
import { quotePath } from '../shell';

const FOLDERS = ['', 'public', 'dist', 'build', 'site', 'www', 'html', 'src', 'docs', 'out', '_site'];

/** Plan for a folder of static pages; undefined when no index.html is where such pages lie. */
export function detectStatic(listing: FileListing): Draft | undefined {
  const folder = FOLDERS.find((one) => hasFile(listing, one === '' ? 'index.html' : `${one}/index.html`));
  if (folder === undefined) return undefined;
  const name = folder === '' ? 'index.html' : `${folder}/index.html`;
  const needsTools = /\ssrc=["']\/?[^"'\s]{1,200}\.(?:tsx?|jsx)["']/.test(listing.read(name) ?? '');
  return {
    framework: 'static',
    runtime: 'static',
    packageManager: 'none',
    install: null,
    setup: [],
    start: `node ${STATIC_SERVER_PATH} ${folder === '' ? '.' : quotePath(folder)}`,
    port: 8080,
    env: {},
    installHosts: [],
    reasons: [
      because('framework', `${name} is a static page.`),
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
    confidence: needsTools ? 1 : folder === '' || folder === 'public' ? 3 : 2,
  };
}
