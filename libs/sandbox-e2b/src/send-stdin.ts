import { byTag, type ProcessRpc } from './process-rpc';

/** JSON carries bytes as base64; larger messages would be held whole by every proxy on the way. */
const CHUNK_BYTES = 256 * 1024;

/** Sends all of it, one message after the other, and closes the input; ends early, with an error, when nobody reads any more. */
export async function sendStdin(
  rpc: ProcessRpc,
  tag: string,
  input: Uint8Array | NodeJS.ReadableStream,
  signal: AbortSignal,
): Promise<void> {
  const process = byTag(tag);
  try {
    for await (const piece of input instanceof Uint8Array ? [input] : input) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
        const value = bytes.subarray(start, start + CHUNK_BYTES);
        await rpc.sendInput(
          { process, input: { input: { case: 'stdin', value } } },
          { signal, timeoutMs: 0 },
        );
      }
    }
  } finally {
    await rpc.closeStdin({ process }, { signal, timeoutMs: 0 });
  }
}
