import type { CatalogueEntry } from './entry';

const LATER = 'Try again later, or name another model as LLM_FALLBACK; without one the rules go on.';
const SETTINGS = 'Look at the settings of models in .env (key, base URL, model); docs/models.md tells them.';

/** Language models: a run does not fail for them, it goes on by rules and says so in its notes. */
export const MODEL_ERRORS = {
  model_answer_cut: {
    message: '<model> was cut off before its answer was whole.',
    remedy: LATER,
    status: 502,
  },
  model_answer_invalid: {
    message: '<model> gave no answer of the form that was asked for.',
    remedy: LATER,
    status: 502,
  },
  model_not_set_up: {
    message: 'There is no model that could write an app.',
    remedy:
      'Set OPENAI_API_KEY or ANTHROPIC_API_KEY (or the base URL of a server of your own) and start again, see docs/models.md; or begin with an app of the gallery, which needs none: showrunner templates, GET /api/templates.',
    status: 422,
  },
  model_overloaded: {
    message: '<model> is overloaded (<status>).',
    remedy: LATER,
    status: 503,
    retryable: true,
  },
  model_rate_limited: {
    message: '<model> has had too many requests (429).',
    remedy: LATER,
    status: 503,
    retryable: true,
  },
  model_refused: { message: '<model> would not answer.', remedy: LATER, status: 502 },
  model_rejected: { message: '<model> refused the request (<status>).', remedy: SETTINGS, status: 502 },
  model_spend_limit: {
    message: 'The run may spend no more on models: <limit>.',
    remedy: 'Raise the limit in the settings, or name a cheaper model.',
    status: 402,
  },
  model_timeout: {
    message: '<model> did not answer within <seconds> s.',
    remedy: LATER,
    status: 504,
    retryable: true,
  },
  model_unavailable: {
    message: '<model> could not be reached, or its answer broke off.',
    remedy: LATER,
    status: 503,
    retryable: true,
  },
  model_unusable: { message: 'No model answered. <reasons>', remedy: SETTINGS, status: 502 },
} as const satisfies Record<string, CatalogueEntry>;
