import { setTimeout as delay } from 'node:timers/promises';
import { answerOf, type ApiClient, type components } from '@showrunner/api-client';
import {
  AppError,
  CreatePromptProjectSchema,
  InvalidInputError,
  sandboxIdOf,
  toldCode,
} from '@showrunner/contracts';
import type { CreatePromptProject } from '@showrunner/contracts';
import type { Interrupts } from './interrupts';

type Generation = components['schemas']['Generation'];

const POLL_MS = 500;

/** The body of `POST /api/projects` for a prompt. @throws InvalidInputError `bad_prompt` */
export function promptRequest(prompt: string, kind: string | undefined): CreatePromptProject {
  const request = CreatePromptProjectSchema.safeParse({ prompt, kind, wait: false });
  if (request.success) return request.data;
  throw new InvalidInputError('bad_prompt', 'That is not a prompt of which an app can be made.', {
    remedy:
      'Give --prompt up to 4000 characters that say what the app shall do, and --kind webapp, api or script.',
  });
}

/**
 * Has an app written and waits until it was seen to run, telling how far it is on standard error. The sandbox that it ran in goes: the film has
 * one of its own.
 * @throws AppError why there is no app
 */
export async function createByPrompt(
  api: ApiClient,
  body: CreatePromptProject,
  interrupts: Interrupts,
): Promise<{ id: string }> {
  const { id } = await answerOf(api.POST('/projects', { body }));
  const params = { path: { id } };
  let told = '';
  for (;;) {
    const { generation } = await answerOf(api.GET('/projects/{id}', { params }));
    if (generation === null || interrupts.interruption !== 'none') return { id };
    const line =
      generation.state === 'running'
        ? runs(generation)
        : `${generation.message} (attempt ${generation.attempt})`;
    if (line !== told && generation.attempt > 0) process.stderr.write(`${line}\n`);
    told = line;
    if (generation.state === 'failed') throw failed(generation);
    if (generation.state === 'running') {
      await letGo(api, generation);
      return { id };
    }
    await delay(POLL_MS);
  }
}

const runs = ({ usage, model, notes }: Generation): string =>
  [
    ...notes,
    `The app runs. Written by ${model ?? 'nobody anew'}, ${usage.calls} calls, ${
      usage.costUsd === null ? 'price not known' : `$${usage.costUsd.toFixed(4)}`
    }`,
  ].join('\n');

function failed({ failure, message, notes }: Generation): AppError {
  for (const note of notes) process.stderr.write(`${note}\n`);
  return new AppError(toldCode(failure?.code ?? 'app_not_generated'), failure?.message ?? message, {
    remedy: failure?.remedy,
  });
}

async function letGo(api: ApiClient, { buildId }: Generation): Promise<void> {
  if (buildId === null) return;
  try {
    await answerOf(api.DELETE('/sandboxes/{id}', { params: { path: { id: sandboxIdOf(buildId) } } }));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`The sandbox of the first start stays for a while: ${error.message}\n`);
  }
}
