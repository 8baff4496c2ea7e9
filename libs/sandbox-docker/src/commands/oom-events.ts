import type { EngineClient } from '../engine/engine-client';
import { setTimeout as delay } from 'node:timers/promises';

const KILLED = 137;
/** The engine learns of it from the kernel a moment after the process is gone. */
const LATE_MS = 400;

/**
 * Whether the engine has told since then that a process of the container was ended for lack of memory.
 * @param code exit code of the command: only one ended by SIGKILL is worth waiting for late news
 */
export async function oomKilledSince(
  client: EngineClient,
  container: string,
  sinceMs: number,
  code: number,
): Promise<boolean> {
  for (let until = Date.now() + (code === KILLED ? LATE_MS : 0); ; await delay(50)) {
    if (await told(client, container, sinceMs)) return true;
    if (Date.now() >= until) return false;
  }
}

async function told(client: EngineClient, container: string, sinceMs: number): Promise<boolean> {
  const offset = await client.clockOffsetMs();
  const seconds = (ms: number) => ((ms + offset) / 1000).toFixed(3);
  const filters = JSON.stringify({ type: ['container'], event: ['oom'], container: [container] });
  const query = { since: seconds(sinceMs), until: seconds(Date.now()), filters };
  for await (const _event of client.progress('GET', '/events', { query })) return true;
  return false;
}
