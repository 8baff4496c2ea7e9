import { connect, createServer, type Server, type Socket } from 'node:net';
import { LIVE_SOCKET, PHASE_SOCKET } from '../shim-protocol';
import { join } from './streams';

const EGRESS_PORT = 3128;
const MAX_EGRESS_CONNECTIONS = 512;

/**
 * 127.0.0.1:3128 inside, carried to whoever judges it on the host: the caller of the open phase, else the egress proxy of the live policy.
 * Where neither is, nothing listens. Whenever it leads elsewhere than before, what flows is cut.
 */
export class WayOut {
  private phase?: { owner: object; target: string | undefined };
  private live: boolean;
  private server?: Server;
  private readonly open = new Set<Socket>();

  constructor(live: boolean) {
    this.live = live;
  }

  private get target(): string | undefined {
    if (this.phase !== undefined) return this.phase.target;
    return this.live ? LIVE_SOCKET : undefined;
  }

  /** @returns false when another's phase is open */
  async beginPhase(owner: object, open: boolean): Promise<boolean> {
    if (this.phase !== undefined) return false;
    await this.turn(() => (this.phase = { owner, target: open ? PHASE_SOCKET : undefined }));
    return true;
  }

  async endPhase(owner: object): Promise<void> {
    if (this.phase?.owner === owner) await this.turn(() => (this.phase = undefined));
  }

  async setLive(live: boolean): Promise<void> {
    await this.turn(() => (this.live = live));
  }

  private async turn(change: () => unknown): Promise<void> {
    const before = this.target;
    change();
    if (this.target === before) return;
    for (const socket of this.open) socket.destroy();
    if (this.target === undefined) await this.close();
    else if (this.server === undefined) await this.listen();
  }

  /** For the start: listens when the live policy is open. */
  async begin(): Promise<void> {
    if (this.target !== undefined) await this.listen();
  }

  private listen(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (inner) => {
      const { target } = this;
      if (target === undefined) return void inner.destroy();
      this.open.add(inner);
      inner.once('close', () => this.open.delete(inner));
      join(inner, connect({ path: target, allowHalfOpen: true }));
    });
    server.maxConnections = MAX_EGRESS_CONNECTIONS;
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', (error) => {
        this.server = undefined;
        this.phase = undefined;
        reject(error);
      });
      server.listen(EGRESS_PORT, '127.0.0.1', resolve);
    });
  }

  private close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    return new Promise((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
  }
}
