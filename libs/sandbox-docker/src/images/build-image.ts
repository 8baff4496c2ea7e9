import { AppError, InvalidInputError } from '@showrunner/contracts';
import { BoundedOutput } from '@showrunner/sandbox/provider';
import type { EngineClient } from '../engine/engine-client';
import { EngineRefusal, refusalToAppError } from '../engine/engine-error';
import type { ProgressLine } from '../engine/engine.types';

const KEPT_BYTES = 64 * 1024;
const LAST_LINES = 20;
/** A step of a build may be silent for long. */
const SILENT_MS = 15 * 60_000;

export interface BuildOptions {
  tag: string;
  context: NodeJS.ReadableStream;
  dockerfile?: string;
  labels: Record<string, string>;
  /** Network of the engine that the steps run in. */
  network?: string;
  buildArguments?: Record<string, string>;
  limits?: { memoryBytes: number; cpus: number };
  onOutput?: (text: string) => void;
  signal?: AbortSignal;
}

/** A step of a build failed; `output` is the tail of what the build said. */
export class BuildFailed extends Error {
  override readonly name = 'BuildFailed';
  constructor(
    readonly reason: string,
    readonly output: string,
  ) {
    super(reason);
  }
}

/** @throws BuildFailed, AppError */
export async function buildImage(client: EngineClient, options: BuildOptions): Promise<void> {
  const { limits } = options;
  const period = 100_000;
  const output = new BoundedOutput(KEPT_BYTES);
  const query = {
    t: options.tag,
    dockerfile: options.dockerfile ?? 'Dockerfile',
    // The builder that keeps to limits and to the network it is given.
    version: '1',
    rm: true,
    forcerm: true,
    labels: JSON.stringify(options.labels),
    networkmode: options.network,
    buildargs: options.buildArguments === undefined ? undefined : JSON.stringify(options.buildArguments),
    memory: limits?.memoryBytes,
    memswap: limits?.memoryBytes,
    cpuperiod: limits === undefined ? undefined : period,
    cpuquota: limits === undefined ? undefined : Math.round(limits.cpus * period),
  };
  try {
    const { context, signal } = options;
    for await (const line of client.progress('POST', '/build', {
      query,
      tar: context,
      signal,
      timeoutMs: SILENT_MS,
    })) {
      if (line.stream !== undefined) {
        output.push(Buffer.from(line.stream));
        options.onOutput?.(line.stream);
      }
      const failure = failureOf(line);
      if (failure !== undefined) throw new BuildFailed(failure, `${output.text()}${failure}\n`);
    }
  } catch (error) {
    if (error instanceof EngineRefusal && error.status < 500 && error.status !== 403)
      throw new BuildFailed(error.message, output.text());
    if (error instanceof EngineRefusal) {
      // Older engines answer 500 to what a Dockerfile does wrong.
      throw /dockerfile|failed to/i.test(error.message)
        ? new BuildFailed(error.message, output.text())
        : refusalToAppError(error, 'The image could not be built');
    }
    throw error;
  }
}

/** The stream answers with status 200 and tells of failures in its lines. */
export function failureOf(line: ProgressLine): string | undefined {
  return line.errorDetail?.message ?? line.error;
}

/** What a person is told whose Dockerfile did not build. */
export function buildFailed(failure: BuildFailed): AppError {
  const last = failure.output.trimEnd().split('\n').slice(-LAST_LINES).join('\n');
  if (/no space left on device/i.test(failure.output))
    return new AppError(
      'sandbox_quota',
      `The image could not be built, the engine's disk is full:\n${last}`,
      {
        remedy: 'Free space on the disk of the engine (`docker system prune`).',
        status: 507,
      },
    );
  return new InvalidInputError(
    'image_build_failed',
    `The Dockerfile did not build: ${failure.reason}\n${last}`,
    {
      remedy: 'Mend the step that failed; steps reach only the hosts that the operator allows for builds.',
      details: { output: failure.output },
    },
  );
}
