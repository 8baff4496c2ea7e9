import type { Socket } from 'node:net';
import type { RunningApp } from '@showrunner/contracts';
import { createPreviewServer, sessionPreviewUrl, type PreviewTarget } from '@showrunner/preview';
import type { Sandbox } from '@showrunner/sandbox';

/**
 * Serves the connections of a confined browser with the preview of one sandbox and with the other servers of its app, under the names that the app's
 * pages have for them (`localhost:4000`), and with nothing else.
 * @param otherPorts where those servers listen in the sandbox
 */
export const previewLink = (
  sandbox: Sandbox,
  app: RunningApp,
  otherPorts: readonly number[],
): ((socket: Socket) => void) => {
  const previewHost = new URL(sessionPreviewUrl(sandbox.id)).host;
  const { upstreamHost } = app;
  const target = (port: number, host: string): PreviewTarget => ({
    route: () => sandbox.route(port),
    key: `${sandbox.id}:${port}`,
    upstreamHost: host,
  });
  const server = createPreviewServer({
    resolve: (asked) => {
      if (asked === previewHost) return target(app.port, upstreamHost);
      const port = Number(/^(?:localhost|127\.0\.0\.1):(\d{2,5})$/.exec(asked)?.[1]);
      return otherPorts.includes(port)
        ? { ...target(port, asked), page: { previewHost, upstreamHost } }
        : undefined;
    },
  });
  return (socket) => void server.emit('connection', socket);
};
