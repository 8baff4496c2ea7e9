import type { Socket } from 'node:net';
import type { RunningApp } from '@showrunner/contracts';
import { createPreviewServer, sessionPreviewUrl } from '@showrunner/preview';
import type { Sandbox } from '@showrunner/sandbox';

/** Serves the connections of a confined browser with the preview of one sandbox, and with that of no other. */
export const previewLink = (sandbox: Sandbox, app: RunningApp): ((socket: Socket) => void) => {
  const host = new URL(sessionPreviewUrl(sandbox.id)).host;
  const target = {
    route: () => sandbox.route(app.port),
    key: `${sandbox.id}:${app.port}`,
    upstreamHost: app.upstreamHost,
  };
  const server = createPreviewServer({ resolve: (asked) => (asked === host ? target : undefined) });
  return (socket) => void server.emit('connection', socket);
};
