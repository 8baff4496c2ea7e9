import { isCancel, password, select, text } from '@clack/prompts';

const QUESTIONS = {
  provider: 'Where do apps run?',
  models: 'Who plans films?',
  storage: 'Where are films kept?',
};
/** @type {Record<string, string>} */
const HINTS = {
  local: 'sandboxes on this machine, no account',
  docker: 'containers of a Docker Engine',
  daytona: 'sandboxes of Daytona, needs a key',
  e2b: 'sandboxes of E2B, needs a key',
  rules: 'no model, no key, no cost',
  openai: 'a model of OpenAI, or of a server that speaks like it',
  anthropic: 'a model of Anthropic',
  files: 'a folder of this machine',
  s3: 'an S3-compatible object store',
};

/**
 * @param {string} name of the choice
 * @param {readonly string[]} possible
 * @returns {Promise<string | undefined>} undefined when the person went away
 */
export async function choose(name, possible) {
  const message = QUESTIONS[/** @type {keyof typeof QUESTIONS} */ (name)];
  const answer = await select({
    message,
    options: possible.map((value) => ({ value, label: value, hint: HINTS[value] })),
  });
  return isCancel(answer) ? undefined : answer;
}

/**
 * @param {import('./settings.mjs').Asked} asked
 * @returns {Promise<string | undefined>} undefined when the person went away
 */
export async function askFor({ question, secret }) {
  const validate = (/** @type {string | undefined} */ value) =>
    value?.trim() ? undefined : 'Please give one.';
  const answer = await (secret
    ? password({ message: question, validate })
    : text({ message: question, validate }));
  return isCancel(answer) ? undefined : answer.trim();
}
