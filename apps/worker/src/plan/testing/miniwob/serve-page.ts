import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

export interface ServedPages {
  port: number;
  /** What `/` shows from now on. */
  show(page: { type: string; seed: number }): void;
  close(): void;
}

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
/** Long enough that no episode ends by itself; `setTimeout` takes no more than 2^31 ms. */
const EPISODE_MS = 3_600_000;

/**
 * A page of the benchmark with its episode begun: seeded, without time limit, and without what belongs to the benchmark and not to the app (the
 * sentence that says what to do, which is the intent, and the display of the reward). All of it by the page's own settings and functions.
 */
export const withEpisode = (html: string, seed: number): string =>
  html.replace(
    /<\/body>(?![\s\S]*<\/body>)/i,
    () => `<style>#query { display: none !important; }</style>
<script>
addEventListener('load', () => {
  Math.seedrandom(${seed});
  core.EPISODE_MAX_TIME = ${EPISODE_MS};
  core.startEpisodeReal();
  core.hideDisplay();
});
</script>
</body>`,
  );

/** Serves the folder `html` of the package on loopback; `/` is the page that was shown last. */
export async function servePages(htmlFolder: string): Promise<ServedPages> {
  let shown = { type: '', seed: 0 };
  const read = async (path: string): Promise<string | Buffer> =>
    path === '/'
      ? withEpisode(await readFile(join(htmlFolder, 'miniwob', `${shown.type}.html`), 'utf8'), shown.seed)
      : readFile(join(htmlFolder, path));
  const server = createServer((request, response) => {
    // Without `..`, as it begins at the root.
    const path = normalize(new URL(request.url ?? '/', 'http://app').pathname);
    const type = CONTENT_TYPES[path === '/' ? '.html' : extname(path)] ?? 'application/octet-stream';
    read(path).then(
      (body) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    show(page) {
      shown = page;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
