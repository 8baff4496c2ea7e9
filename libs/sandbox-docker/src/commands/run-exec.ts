import { randomInt } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { assignments, SANDBOX_USER } from '../container/container-config';
import { Demultiplexer } from '../engine/demux';
import type { EngineClient } from '../engine/engine-client';
import type { ExecConfig, ExecState } from '../engine/engine.types';

const EXIT_MS = 10_000;

export interface RawExec {
  argv: readonly string[];
  env?: Record<string, string>;
  stdin?: boolean;
}

export interface AttachedExec {
  execId: string;
  socket: Duplex;
}

/** A number no other tree of this sandbox has. */
export function newMark(): string {
  return String(randomInt(2 ** 40, 2 ** 48 - 1));
}

/** Starts an exec and attaches to it: standard input goes in raw, both outputs come multiplexed. @throws EngineRefusal, AppError */
export async function startExec(
  client: EngineClient,
  container: string,
  { argv, env = {}, stdin = false }: RawExec,
  signal?: AbortSignal,
): Promise<AttachedExec> {
  const config: ExecConfig = {
    AttachStdin: stdin,
    AttachStdout: true,
    AttachStderr: true,
    Tty: false,
    Cmd: [...argv],
    Env: assignments(env),
    WorkingDir: '/',
    User: SANDBOX_USER,
    Privileged: false,
  };
  const { Id } = await client.call<{ Id: string }>('POST', `/containers/${container}/exec`, {
    body: config,
    signal,
  });
  const socket = await client.hijack(`/exec/${Id}/start`, { Detach: false, Tty: false }, signal);
  return { execId: Id, socket };
}

/** Feeds standard input; a command need not read it. */
export function feed(socket: Duplex, stdin: Uint8Array | NodeJS.ReadableStream | undefined): void {
  if (stdin === undefined) return;
  if (stdin instanceof Uint8Array) socket.end(stdin);
  else {
    // Input that fails is input that ends: the output still comes.
    stdin.once('error', () => socket.end());
    stdin.pipe(socket);
  }
}

/**
 * Reads the output to its end.
 * @returns false when the stream was cut in the middle of a frame
 */
export function drain(
  socket: Duplex,
  onPayload: (stream: 'stdout' | 'stderr', payload: Buffer) => void,
): Promise<boolean> {
  const demux = new Demultiplexer(onPayload);
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      try {
        demux.push(chunk);
      } catch (error) {
        socket.destroy();
        reject(error as Error);
      }
    });
    socket.once('end', () => resolve(demux.atBoundary));
    socket.once('close', () => resolve(demux.atBoundary && socket.readableEnded));
  });
}

/**
 * The exit code, once the engine knows it: it may report an exec as running for a moment after its streams have ended.
 * @returns undefined when it runs on
 */
export async function exitCodeOf(client: EngineClient, execId: string): Promise<number | undefined> {
  for (let wait = 5, until = Date.now() + EXIT_MS; ; wait = Math.min(wait * 2, 200)) {
    const state = await client.call<ExecState>('GET', `/exec/${execId}/json`);
    if (!state.Running && state.ExitCode !== null) return state.ExitCode;
    if (Date.now() > until) return undefined;
    await delay(wait);
  }
}
