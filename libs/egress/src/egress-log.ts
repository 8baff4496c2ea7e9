import { closeSync, constants, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { EgressDecision } from '@showrunner/sandbox';

const CURRENT = 'egress.jsonl';
const OLDER = 'egress.older.jsonl';
/** At this size the current file becomes the older one; so the last thousands of decisions are kept, whatever an app does. */
const PART_BYTES = 512 * 1024;

/** Decisions in a folder, one JSON object a line. One writer at a time. */
export class EgressLog {
  private fd?: number;
  private bytes = 0;

  constructor(private readonly folder: string) {}

  append(decision: EgressDecision): void {
    const line = Buffer.from(`${JSON.stringify(decision)}\n`);
    if (this.bytes + line.length > PART_BYTES) this.turn();
    this.fd ??= this.open();
    writeSync(this.fd, line);
    this.bytes += line.length;
  }

  private open(): number {
    const path = join(this.folder, CURRENT);
    const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
    const fd = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW | O_WRONLY, 0o600);
    this.bytes = readFileSync(path).length;
    return fd;
  }

  private turn(): void {
    this.close();
    renameSync(join(this.folder, CURRENT), join(this.folder, OLDER));
    this.bytes = 0;
  }

  close(): void {
    if (this.fd !== undefined) closeSync(this.fd);
    this.fd = undefined;
  }
}

/** What is kept in a folder, oldest first; a line cut short by a killed writer is left out. */
export function readEgressLog(folder: string): EgressDecision[] {
  return [OLDER, CURRENT].flatMap((name) => linesOf(join(folder, name)));
}

function linesOf(path: string): EgressDecision[] {
  let fd: number;
  try {
    // The gate owns its folder; a link in it must not make a reader with more rights read elsewhere.
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return []; // nothing was decided yet
  }
  try {
    const lines = readFileSync(fd, 'utf8').split('\n').slice(0, -1);
    return lines.flatMap((line) => decisionOf(line) ?? []);
  } finally {
    closeSync(fd);
  }
}

function decisionOf(line: string): EgressDecision | undefined {
  try {
    return JSON.parse(line) as EgressDecision;
  } catch {
    return undefined; // cut short
  }
}
