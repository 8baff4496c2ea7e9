import {
  AppError,
  OwnStreamMessageSchema,
  OwnStreamRequestSchema,
  StreamMessageSchema,
  StreamRequestSchema,
} from '@showrunner/contracts';
import type { StreamOperation } from '@showrunner/openapi';
import { requirePermission, tenantOf } from '@showrunner/service';
import type { OnUpgrade } from '@showrunner/service';
import { WebSocketServer } from 'ws';
import { RUNNING_PROBLEMS } from '../sandboxes/sandbox-access';
import type { SandboxAccess } from '../sandboxes/sandbox-access';
import { ExecutionStream } from './execution-stream';
import type { OwnSandboxStreams } from './own-sandbox-streams';

const OWN_PATH = /^\/api\/sandboxes\/stream(\?|$)/;
const PATH = /^\/api\/sandboxes\/([^/?]+)\/stream(\?|$)/;
/** Code and input come in messages of at most this size. */
const MAX_MESSAGE_BYTES = 2 * 1024 * 1024;

const SUBPROTOCOL = 'showrunner';

/** How it stands in the OpenAPI document. */
export const sandboxStream: StreamOperation = {
  path: '/api/sandboxes/{id}/stream',
  id: 'streamSandbox',
  tag: 'inside sandboxes',
  summary:
    'Run commands and code with their output as it comes; a refusal closes with code 4000 and the reason',
  permission: 'sandbox',
  subprotocol: SUBPROTOCOL,
  receives: StreamRequestSchema,
  sends: StreamMessageSchema,
  problems: RUNNING_PROBLEMS,
};

/** How it stands in the OpenAPI document. */
export const ownSandboxStream: StreamOperation = {
  path: '/api/sandboxes/stream',
  id: 'streamOwnSandbox',
  tag: 'sandboxes',
  summary:
    'Make a sandbox, run commands and code in it with their output as it comes; it is gone with the socket. A refusal closes with code 4000 and the reason',
  permission: 'sandbox',
  subprotocol: SUBPROTOCOL,
  receives: OwnStreamRequestSchema,
  sends: OwnStreamMessageSchema,
  problems: [],
};

/** WebSockets with commands and code and their output as it comes (requirement 2.8), in a sandbox that is there or in one of their own. */
export function sandboxStreams(access: SandboxAccess, own: OwnSandboxStreams): OnUpgrade {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  return async (request, socket, head) => {
    if (OWN_PATH.test(request.url ?? '')) {
      requirePermission(request, ownSandboxStream.permission);
      const tenantId = tenantOf(request);
      server.handleUpgrade(request, socket, head, (client) => {
        client.on('error', () => client.terminate());
        own.take(client, tenantId);
      });
      return;
    }
    const id = PATH.exec(request.url ?? '')?.[1];
    if (id === undefined) {
      throw new AppError('unknown_route', 'There is no WebSocket at this path.', {
        status: 404,
        remedy: 'Commands are streamed at /api/sandboxes/{id}/stream.',
      });
    }
    requirePermission(request, sandboxStream.permission);
    const tenantId = tenantOf(request);
    const { record, sandbox } = await access.resolveFree(tenantId, id);
    server.handleUpgrade(request, socket, head, (client) => {
      // A frame that is none: from here on, so that there is no moment in which nobody listens.
      client.on('error', () => client.terminate());
      const stream = new ExecutionStream(client, sandbox);
      access.whileUsed(record, () => stream.serve()).catch(() => client.terminate());
    });
  };
}
