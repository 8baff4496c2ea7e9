/**
 * @typedef {import('../doctor/checks.mjs').Check} Check
 * @typedef {object} Connection a server that a setting names, and a request that shows whether it takes the key
 * @property {string} name
 * @property {string} url
 * @property {Record<string, string>} headers
 * @property {string} key setting that holds the key
 */

const TIMEOUT_MS = 10_000;
/** @param {string} url */
const trimmed = (url) => url.replace(/\/+$/, '');

/**
 * The servers that these settings ask for, each with the cheapest request that needs the key. Sources: the vendors' API references.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Connection[]}
 */
export function connectionsOf(env) {
  /** @type {Connection[]} */
  const connections = [];
  const server = env.SANDBOX_SERVER_URL;
  if (env.SANDBOX_PROVIDER === 'e2b')
    connections.push({
      name: 'e2b',
      url: `${trimmed(server || 'https://api.e2b.app')}/v2/sandboxes?limit=1`,
      headers: { 'X-API-Key': env.SANDBOX_API_KEY ?? '' },
      key: 'SANDBOX_API_KEY',
    });
  if (env.SANDBOX_PROVIDER === 'daytona')
    connections.push({
      name: 'daytona',
      url: `${trimmed(server || 'https://app.daytona.io/api')}/api-keys/current`,
      headers: { Authorization: `Bearer ${env.SANDBOX_API_KEY ?? ''}` },
      key: 'SANDBOX_API_KEY',
    });
  if (env.LLM_PROVIDER !== 'rules') {
    if (env.OPENAI_API_KEY || env.OPENAI_BASE_URL)
      connections.push({
        name: 'openai',
        url: `${trimmed(env.OPENAI_BASE_URL || 'https://api.openai.com/v1')}/models`,
        headers: env.OPENAI_API_KEY ? { Authorization: `Bearer ${env.OPENAI_API_KEY}` } : {},
        key: 'OPENAI_API_KEY',
      });
    if (env.ANTHROPIC_API_KEY || env.ANTHROPIC_BASE_URL)
      connections.push({
        name: 'anthropic',
        url: `${trimmed(env.ANTHROPIC_BASE_URL || 'https://api.anthropic.com')}/v1/models?limit=1`,
        headers: { 'x-api-key': env.ANTHROPIC_API_KEY ?? '', 'anthropic-version': '2023-06-01' },
        key: 'ANTHROPIC_API_KEY',
      });
  }
  if (env.S3_ENDPOINT)
    // Requests of S3 are signed by the program that makes them: here it is only asked whether somebody answers.
    connections.push({ name: 'object store', url: env.S3_ENDPOINT, headers: {}, key: '' });
  return connections;
}

/**
 * Asks every server that the settings name whether it takes its key. A refused key is a failure; a server that does not answer is told, since
 * it may be reached later or only from elsewhere.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Check[]>}
 */
export async function checkConnections(env) {
  return Promise.all(connectionsOf(env).map(checkConnection));
}

/**
 * @param {Connection} connection
 * @returns {Promise<Check>}
 */
async function checkConnection({ name, url, headers, key }) {
  const origin = URL.canParse(url) ? new URL(url).origin : url;
  /** @type {Response} */
  let response;
  try {
    response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
  } catch {
    return {
      name,
      required: false,
      ok: false,
      problem: `${origin} does not answer`,
      remedy: 'Check the address and the network, then `showrunner doctor`',
    };
  }
  if (key !== '' && [401, 403].includes(response.status))
    return {
      name,
      required: true,
      ok: false,
      problem: `${origin} refuses the key in ${key} (${response.status})`,
      remedy: `Set ${key} anew: \`showrunner init\``,
    };
  return key === '' || response.status < 400
    ? { name, required: false, ok: true, where: origin }
    : {
        name,
        required: false,
        ok: false,
        problem: `${origin} answers ${response.status}`,
        remedy: 'Check the address',
      };
}
