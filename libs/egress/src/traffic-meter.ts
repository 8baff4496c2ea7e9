import { closeSync, constants, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';

const FILE = 'traffic.json';
const WRITE_MS = 1000;

export interface Traffic {
  /** Bytes that came into the sandbox through the egress proxy. */
  received: number;
  /** Bytes that the sandbox sent to the egress proxy. */
  sent: number;
}

/** Counts what goes through the sockets of an egress proxy, on top of what a folder has counted before. One writer at a time. */
export class TrafficMeter {
  private readonly open = new Set<Socket>();
  private readonly ended: Traffic;
  private written = '';
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly folder: string) {
    this.ended = readTraffic(folder);
    this.timer = setInterval(() => this.write(), WRITE_MS).unref();
  }

  watch(socket: Socket): void {
    this.open.add(socket);
    socket.once('close', () => {
      this.open.delete(socket);
      this.ended.received += socket.bytesWritten;
      this.ended.sent += socket.bytesRead;
    });
  }

  private total(): Traffic {
    const total = { ...this.ended };
    for (const socket of this.open) {
      total.received += socket.bytesWritten;
      total.sent += socket.bytesRead;
    }
    return total;
  }

  write(): void {
    const text = JSON.stringify(this.total());
    if (text === this.written) return;
    const path = join(this.folder, FILE);
    writeFileSync(`${path}.tmp`, text, { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
    this.written = text;
  }

  /** Call it once the sockets are closed. */
  close(): void {
    clearInterval(this.timer);
    this.write();
  }
}

export function readTraffic(folder: string): Traffic {
  try {
    const fd = openSync(join(folder, FILE), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { received, sent } = JSON.parse(readFileSync(fd, 'utf8')) as Traffic;
      return { received: Number(received), sent: Number(sent) };
    } finally {
      closeSync(fd);
    }
  } catch {
    return { received: 0, sent: 0 }; // nothing was counted yet
  }
}
