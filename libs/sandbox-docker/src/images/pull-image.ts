import { AppError, InvalidInputError } from '@showrunner/contracts';
import type { EngineClient } from '../engine/engine-client';
import { isRefusal, EngineRefusal, refusalToAppError } from '../engine/engine-error';
import type { ImageDetails } from '../engine/engine.types';
import { failureOf } from './build-image';

const REFERENCE =
  /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
const SILENT_MS = 5 * 60_000;

/** @throws InvalidInputError `image_reference_invalid` */
export function requireReference(reference: string): void {
  if (!REFERENCE.test(reference) || reference.length > 300)
    throw new InvalidInputError('image_reference_invalid', `"${reference.slice(0, 100)}" names no image.`, {
      remedy: 'Write it as `name:tag`, `registry/name:tag` or `name@sha256:digest`.',
    });
}

export async function inspectImage(
  client: EngineClient,
  reference: string,
): Promise<ImageDetails | undefined> {
  try {
    return await client.call<ImageDetails>('GET', `/images/${encodePath(reference)}/json`);
  } catch (error) {
    if (isRefusal(error, 404)) return undefined;
    throw error;
  }
}

/** Slashes stay: the engine matches the rest of the path as the name. */
function encodePath(reference: string): string {
  return reference.split('/').map(encodeURIComponent).join('/');
}

/** Makes an image of a registry present, pulling it when it is not. @throws AppError `image_not_found`, `sandbox_auth`, `sandbox_rate_limited` */
export async function requireImage(
  client: EngineClient,
  reference: string,
  signal?: AbortSignal,
): Promise<ImageDetails> {
  requireReference(reference);
  const present = await inspectImage(client, reference);
  if (present !== undefined) return present;
  const query = { fromImage: withTag(reference) };
  let failure: string | undefined;
  try {
    for await (const line of client.progress('POST', '/images/create', {
      query,
      signal,
      timeoutMs: SILENT_MS,
    }))
      failure ??= failureOf(line);
  } catch (error) {
    if (!(error instanceof EngineRefusal)) throw error;
    throw pullFailed(reference, error);
  }
  if (failure !== undefined) throw pullFailed(reference, new EngineRefusal(500, failure));
  const pulled = await inspectImage(client, reference);
  if (pulled === undefined) throw pullFailed(reference, new EngineRefusal(404, 'nothing came'));
  return pulled;
}

/** Without a tag the engine would pull every tag there is. */
function withTag(reference: string): string {
  const last = reference.slice(reference.lastIndexOf('/') + 1);
  return last.includes(':') || last.includes('@') ? reference : `${reference}:latest`;
}

function pullFailed(reference: string, refusal: EngineRefusal): AppError {
  if (refusal.status === 404 || /not found|does not exist|manifest unknown|denied/i.test(refusal.message))
    return new InvalidInputError(
      'image_not_found',
      `The image ${reference} could not be pulled: ${refusal.message.slice(0, 500)}`,
      {
        status: 404,
        remedy: 'Check its name; for a private registry sign the engine in with `docker login`.',
        cause: refusal,
      },
    );
  if (/no such host|timeout|refused|unreachable|TLS/i.test(refusal.message))
    return new AppError(
      'image_not_reachable',
      `The registry of ${reference} cannot be reached: ${refusal.message.slice(0, 500)}`,
      {
        status: 502,
        retryable: true,
        remedy: 'Give the engine a way to the registry, or load the image into it with `docker load`.',
        cause: refusal,
      },
    );
  return refusalToAppError(refusal, `The image ${reference} could not be pulled`);
}
