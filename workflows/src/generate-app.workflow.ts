import {
  CancellationScope,
  defineSignal,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  setHandler,
} from '@temporalio/workflow';
import { SIGNALS, workflowIds, WORKFLOW_QUEUES } from '@showrunner/contracts';
import type { AppAttempt, GenerateAppInput, GenerateAppResult, RunFailure } from '@showrunner/contracts';
import { writing } from './activity-options';
import { buildProject } from './build-project.workflow';
import { failureOf, failWorkflow } from './failure';
import { attributesOf, showState } from './search-attributes';

/** As asked for, again with what was wrong, and the simplest that can be meant. */
const ATTEMPTS = 3;

/** Failures of a build that other files would not have: another attempt is worth its money. Those of the platform end the generation. */
const OF_THE_APP = new Set([
  ...[
    'app_error_page',
    'app_error_status',
    'app_exited',
    'app_no_page',
    'app_not_answering',
    'app_not_listening',
  ],
  ...['build_failed', 'install_failed', 'setup_failed', 'setup_timeout', 'install_timeout', 'nothing_to_run'],
  ...['out_of_memory', 'disk_full', 'process_limit', 'redirect_loop', 'redirect_away', 'runtime_pin_refused'],
  ...['runtime_unavailable', 'several_apps', 'stack_unsupported', 'blank_page', 'place_not_writable'],
]);

/** A prompt to a running app: written by a model, read by the scan, built and seen to answer; tried again with what was wrong. */
export async function generateApp(input: GenerateAppInput): Promise<GenerateAppResult> {
  const { projectId, provider } = input;
  const scope = new CancellationScope();
  for (const name of [SIGNALS.cancel, SIGNALS.kill]) setHandler(defineSignal(name), () => scope.cancel());
  try {
    return await scope.run(() => attempts(projectId, provider));
  } catch (error) {
    const failure = isCancellation(error)
      ? { code: 'cancelled', message: 'The writing of the app was cancelled.', stage: 'writing' }
      : failureOf(error, 'writing');
    await CancellationScope.nonCancellable(() =>
      writing.setGenerationState({ projectId, state: 'failed', message: failure.message, failure }),
    );
    showState('failed', failure.message);
    return failWorkflow(failure);
  }
}

async function attempts(
  projectId: string,
  provider: GenerateAppInput['provider'],
): Promise<GenerateAppResult> {
  let problem: string | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    showState('building', `Writing the app, attempt ${attempt}`);
    const isLast = attempt === ATTEMPTS;
    const asked: AppAttempt = {
      projectId,
      attempt,
      isLast,
      provider,
      ...(problem === undefined ? {} : { problem }),
    };
    const written = await writing.writeApp.executeWithOptions(
      { summary: `write the app · ${attempt} of ${ATTEMPTS}` },
      [asked],
    );
    if ('problem' in written) {
      problem = written.problem;
      continue;
    }
    const { buildId, source } = written.build;
    try {
      const { app } = await executeChild(buildProject, {
        workflowId: workflowIds.build(buildId),
        taskQueue: WORKFLOW_QUEUES.buildProject,
        parentClosePolicy: ParentClosePolicy.REQUEST_CANCEL,
        typedSearchAttributes: attributesOf({ projectId, provider }),
        staticSummary: `build attempt ${attempt}`,
        args: [{ buildId, projectId, source, overrides: {}, provider }],
      });
      await writing.setGenerationState({ projectId, state: 'running', message: app.previewUrl });
      showState('running', app.previewUrl);
      return { buildId, previewUrl: app.previewUrl };
    } catch (error) {
      if (isCancellation(error)) throw error;
      const failure = failureOf(error, 'starting');
      if (!OF_THE_APP.has(failure.code)) throw error;
      problem = failure.message;
      const note = `Attempt ${attempt} did not run: ${failure.message.slice(0, 500)}`;
      await writing.setGenerationState({ projectId, state: 'writing', message: 'It did not run', note });
    }
  }
  return failWorkflow(notGenerated(problem));
}

const notGenerated = (problem: string | undefined): RunFailure => ({
  code: 'app_not_generated',
  message: `No app could be made of the prompt: ${(problem ?? 'no attempt brought one').slice(0, 1000)}`,
  stage: 'writing',
  remedy: 'Say it in other words or ask for less, or begin with an app of the gallery: showrunner templates.',
});
