/**
 * What the wizard knows of the settings: the choices, and what each asks for. Everything else has a default (`.env.example`).
 * @typedef {object} Asked
 * @property {string} name of the setting
 * @property {string} question
 * @property {boolean} secret
 */

export const CHOICES = /** @type {const} */ ({
  provider: ['local', 'docker', 'daytona', 'e2b'],
  models: ['rules', 'openai', 'anthropic'],
  storage: ['files', 's3'],
});

/** @typedef {{ [Name in keyof typeof CHOICES]: typeof CHOICES[Name][number] }} Choices */

/** @type {Record<string, Asked[]>} by choice */
const ASKED = {
  daytona: [{ name: 'SANDBOX_API_KEY', question: 'Key of Daytona', secret: true }],
  e2b: [{ name: 'SANDBOX_API_KEY', question: 'Key of E2B', secret: true }],
  openai: [{ name: 'OPENAI_API_KEY', question: 'Key of OpenAI', secret: true }],
  anthropic: [{ name: 'ANTHROPIC_API_KEY', question: 'Key of Anthropic', secret: true }],
  s3: [
    { name: 'S3_ENDPOINT', question: 'Address of the object store (https://…)', secret: false },
    { name: 'S3_ACCESS_KEY_ID', question: 'Access key of the object store', secret: true },
    { name: 'S3_SECRET_ACCESS_KEY', question: 'Secret key of the object store', secret: true },
  ],
};

/** A server of one's own often takes no key. @type {Record<string, string>} */
const INSTEAD_OF_KEY = { OPENAI_API_KEY: 'OPENAI_BASE_URL', ANTHROPIC_API_KEY: 'ANTHROPIC_BASE_URL' };

/**
 * What the settings say already; undefined where they leave it open.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Partial<Choices>}
 */
export function choicesOf(env) {
  const models = CHOICES.models.find((name) => name === env.LLM_PROVIDER);
  return {
    provider: CHOICES.provider.find((name) => name === env.SANDBOX_PROVIDER),
    models: models ?? (env.OPENAI_API_KEY ? 'openai' : env.ANTHROPIC_API_KEY ? 'anthropic' : undefined),
    storage: env.S3_ENDPOINT ? 's3' : undefined,
  };
}

/**
 * The settings that the choices need and nobody has given.
 * @param {Choices} choices
 * @param {NodeJS.ProcessEnv} env
 */
export const missingFor = (choices, env) =>
  Object.values(choices)
    .flatMap((choice) => ASKED[choice] ?? [])
    .filter(({ name }) => !env[name] && !env[INSTEAD_OF_KEY[name] ?? '']);

/** Names that hold secrets: taken from the environment or asked for, never from the command line, which others on the machine can read. */
export const isSecret = (/** @type {string} */ name) => /(_KEY|_KEY_ID|_TOKEN|_SECRET|PASSWORD)$/.test(name);

/**
 * The settings that the file is to hold.
 * @param {Choices} choices
 * @param {NodeJS.ProcessEnv} env with everything that was answered
 * @returns {Record<string, string>}
 */
export function settingsOf(choices, env) {
  const names = Object.values(choices).flatMap((choice) => (ASKED[choice] ?? []).map(({ name }) => name));
  /** @type {Record<string, string>} */
  const settings = { SANDBOX_PROVIDER: choices.provider, LLM_PROVIDER: choices.models };
  for (const name of names) if (env[name]) settings[name] = env[name];
  return settings;
}
