import { AppError } from '@showrunner/contracts';
import type { BuildSpec } from '@showrunner/contracts';
import type { SandboxDependencies } from './dependencies';

/** Shorter values hide nothing: they stand in every log by chance. */
const MIN_HIDDEN = 6;
const HIDDEN = '[secret]';

/** A text without secret values. */
export type Mask = (text: string) => string;

/** Takes these values out of a text, also in base64 and as a part of an address. */
export function maskOf(values: readonly string[]): Mask {
  const forms = values
    .filter((value) => value.length >= MIN_HIDDEN)
    .flatMap((value) => [value, encodeURIComponent(value), Buffer.from(value).toString('base64')])
    .sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((masked, value) => masked.replaceAll(value, HIDDEN), text);
}

/**
 * Works on an app with the variables that its owner gave. Their values are read here, where they are needed, and stand in no input or
 * answer of an activity; what goes wrong is told without them, whatever the app said.
 */
export async function withOwnEnvironment<Input extends { buildId: string; buildSpec: BuildSpec }, T>(
  { database }: Pick<SandboxDependencies, 'database'>,
  input: Input,
  work: (input: Input, mask: Mask) => Promise<T>,
): Promise<T> {
  const own = await database.builds.openEnvironment(input.buildId);
  const { buildSpec } = input;
  return withoutSecrets(Object.values(own), (mask) =>
    work({ ...input, buildSpec: withVariables(buildSpec, own) }, mask),
  );
}

/** Each process of the app gets them. */
const withVariables = (buildSpec: BuildSpec, own: Record<string, string>): BuildSpec => ({
  ...buildSpec,
  env: { ...buildSpec.env, ...own },
  ...(buildSpec.processes === undefined
    ? {}
    : { processes: buildSpec.processes.map((one) => ({ ...one, env: { ...one.env, ...own } })) }),
});

/** What goes wrong in this work is told without these values. */
export async function withoutSecrets<T>(
  values: readonly string[],
  work: (mask: Mask) => Promise<T>,
): Promise<T> {
  const mask = maskOf(values);
  try {
    return await work(mask);
  } catch (error) {
    throw error instanceof AppError ? masked(error, mask) : error;
  }
}

function masked(error: AppError, mask: Mask): AppError {
  const { code, message, remedy, status, retryable, retryAfterMs, details } = error;
  if (mask(message) === message && mask(JSON.stringify(details ?? {})) === JSON.stringify(details ?? {}))
    return error;
  return new AppError(code, mask(message), {
    remedy,
    status,
    retryable,
    retryAfterMs,
    ...(details === undefined
      ? {}
      : { details: JSON.parse(mask(JSON.stringify(details))) as typeof details }),
  });
}
