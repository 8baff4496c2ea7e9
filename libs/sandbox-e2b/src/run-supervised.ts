import { setTimeout as delay } from 'node:timers/promises';
import {
  DEFAULT_OUTPUT_BYTES,
  execAborted,
  type FinishedCommand,
  BoundedOutput,
} from '@showrunner/sandbox/provider';
import type { ExecOptions } from '@showrunner/sandbox';
import {
  byTag,
  exitOf,
  RPC,
  rpcCode,
  SIGTERM,
  type ProcessEnd,
  type ProcessRpc,
  type StartRequest,
} from './process-rpc';
import { patience } from './patience';
import { watchPulse } from './pulse';
import { sendStdin } from './send-stdin';

/** From asking a tree to end until it is given up. */
const END_MS = 5000;
const LAST_WORD_MS = 1000;

export interface RunParts {
  rpc: ProcessRpc;
  /** Of every call: the account inside. */
  headers: Record<string, string>;
  heartbeatSeconds: number;
  /** Ends by its mark what the supervisor did not; called when it is gone. */
  sweep: (mark: string) => Promise<void>;
}

type RunOptions = Pick<ExecOptions, 'stdin' | 'timeoutMs' | 'signal' | 'maxOutputBytes' | 'onOutput'>;

/** The stream broke, or said nothing for too long, while the command ran; whether the box lives is for the caller to find out. */
export class StreamLost extends Error {
  override readonly name = 'StreamLost';
}

/**
 * Runs a supervised command to its end and drains its output within bounds.
 * @throws AppError `exec_aborted` after the tree has ended, when `signal` fires; StreamLost; errors of the RPC
 */
export async function runSupervised(
  parts: RunParts,
  request: StartRequest,
  options: RunOptions,
): Promise<FinishedCommand> {
  const started = performance.now();
  if (options.signal?.aborted) throw execAborted(options.signal.reason);
  const limit = options.maxOutputBytes ?? DEFAULT_OUTPUT_BYTES;
  const output = { stdout: new BoundedOutput(limit), stderr: new BoundedOutput(limit) };
  const connection = new AbortController();
  const pulse = watchPulse(parts.heartbeatSeconds * 3000, () =>
    connection.abort(new StreamLost('no sign of life')),
  );
  let timedOut = false;
  let end: ProcessEnd | undefined;
  let begun = false;
  let over = false;
  const listener = patience(() => pulse.beat(), parts.heartbeatSeconds * 1000);

  /** Again and again: in the moment of its start the daemon does not know it yet. */
  const endTree = async () => {
    listener.giveUp();
    for (const deadline = Date.now() + END_MS; !over && Date.now() < deadline; await delay(50))
      try {
        await parts.rpc.sendSignal(sigterm(request), { headers: parts.headers, timeoutMs: END_MS });
      } catch (error) {
        if (rpcCode(error) === RPC.notFound && begun) break; // its supervisor is gone
        if (rpcCode(error) !== RPC.notFound) break;
      }
    if (over) return;
    await parts.sweep(request.tag).catch(() => undefined); // the box is gone, or its stream will tell
    await delay(200);
    connection.abort(new StreamLost('its tree was ended'));
  };
  const timer =
    options.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          void endTree();
        }, options.timeoutMs);
  const onAbort = () => void endTree();
  options.signal?.addEventListener('abort', onAbort, { once: true });

  try {
    const stream = parts.rpc.start(request, {
      headers: { ...parts.headers, 'Keepalive-Ping-Interval': String(parts.heartbeatSeconds) },
      signal: connection.signal,
      timeoutMs: 0,
    });
    for await (const { event } of stream) {
      pulse.beat();
      const happened = event?.event;
      if (happened?.case === 'start') {
        begun = true;
        if (options.stdin !== undefined)
          // A command need not read its input.
          void sendStdin(parts.rpc, request.tag, options.stdin, connection.signal).catch(() => undefined);
      } else if (happened?.case === 'data') {
        const { case: name, value } = happened.value.output;
        if (value === undefined || (name !== 'stdout' && name !== 'stderr')) continue;
        const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
        output[name].push(chunk);
        const answer = options.onOutput?.(name, chunk);
        if (answer instanceof Promise) await listener.wait(answer);
      } else if (happened?.case === 'end') end = happened.value;
    }
    if (end === undefined) throw new StreamLost('the stream ended before the command');
  } catch (error) {
    const gaveUp = timedOut || options.signal?.aborted === true;
    if (end === undefined && !gaveUp) {
      // Where only the stream broke, the command would go on with nobody listening.
      if (begun)
        await parts.rpc
          .sendSignal(sigterm(request), { headers: parts.headers, timeoutMs: LAST_WORD_MS })
          .catch(() => undefined);
      throw connection.signal.reason instanceof StreamLost ? connection.signal.reason : error;
    }
    end ??= { exitCode: -1, exited: false, status: 'signal: killed' };
  } finally {
    over = true;
    listener.giveUp();
    pulse.stop();
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
    connection.abort();
  }
  if (options.signal?.aborted) throw execAborted(options.signal.reason);
  return { ...exitOf(end), ...output, timedOut, durationMs: Math.round(performance.now() - started) };
}

const sigterm = ({ tag }: StartRequest) => ({ process: byTag(tag), signal: SIGTERM });
