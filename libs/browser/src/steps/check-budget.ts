import { AppError } from '@showrunner/contracts';

/** Throws AppError when the session has used up its steps or its time. */
export const checkBudget = (
  used: { steps: number; ms: number },
  limits: { maxSteps: number; maxMs: number },
): void => {
  if (used.steps >= limits.maxSteps) {
    throw new AppError('step_limit', `The session reached its limit of ${limits.maxSteps} steps.`, {
      remedy: 'Plan fewer features or raise the limit.',
    });
  }
  if (used.ms >= limits.maxMs) {
    throw new AppError(
      'time_limit',
      `The session reached its limit of ${Math.round(limits.maxMs / 1000)} s of browser time.`,
      {
        remedy: 'Plan fewer features or raise the limit.',
      },
    );
  }
};
