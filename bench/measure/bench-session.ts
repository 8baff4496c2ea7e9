import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { openBrowserSession, pipeTo, type BrowserSession } from '@showrunner/browser';
import { requireTool } from '@showrunner/config';

export const SIZE = { width: 1280, height: 720 };

export interface PageServer {
  open(sessionId: string): Promise<BrowserSession>;
  close(): void;
}

/** Serves one page and opens confined browsers on it, as a film does. */
export async function servePage(html: string, workDir: string): Promise<PageServer> {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    open: (sessionId) =>
      openBrowserSession({
        chromiumPath: requireTool('chromium').path,
        bwrapPath: requireTool('bwrap').path,
        sessionId,
        workDir,
        size: SIZE,
        previewUrl: 'http://s1.preview.localhost:4401',
        serve: pipeTo(async () => connect(port, '127.0.0.1')),
      }),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
