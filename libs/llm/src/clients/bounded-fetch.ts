/** More than any answer that is asked for, and little enough for the worker's memory. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * `fetch` as models are asked by it: a redirect is not followed, since the key would go along, and an answer that does not end is broken off.
 * @param mostBytes of the body, as it is after decompression
 */
export const boundedFetch =
  (mostBytes = MOST_BYTES): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'manual' });
    if (response.body === null) return response;
    let bytes = 0;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          bytes += chunk.byteLength;
          if (bytes > mostBytes) controller.error(new TypeError('The answer is too large.'));
          else controller.enqueue(chunk);
        },
      }),
    );
    const { status, statusText, headers } = response;
    return new Response(counted, { status, statusText, headers });
  };
