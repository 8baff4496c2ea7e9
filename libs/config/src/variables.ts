import { SANDBOX_PROVIDERS, SIGN_UP_MODES } from '@showrunner/contracts';
import { z } from 'zod';

/** A TCP port. */
const port = (fallback: number, description: string) =>
  z.coerce.number().int().min(1).max(65_535).default(fallback).describe(description);
const count = (fallback: number, description: string) =>
  z.coerce.number().int().positive().default(fallback).describe(description);
const dollars = (description: string) => z.coerce.number().positive().optional().describe(description);
const toolPath = (what: string) => z.string().optional().describe(`Path of ${what}. Default: found on PATH.`);
const secret = (schema: z.ZodString, description: string) =>
  schema.describe(description).meta({ secret: true });
const list = (description: string) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .describe(description);

/** Undefined when it is no list of prices. */
function readPrices(text: string): Map<string, { input: number; output: number }> | undefined {
  const prices = new Map<string, { input: number; output: number }>();
  for (const item of text.split(',').map((one) => one.trim())) {
    if (item === '') continue;
    const [, model = '', input, output] = /^(\S{1,100})=(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)$/.exec(item) ?? [];
    if (model === '') return undefined;
    prices.set(model, { input: Number(input), output: Number(output) });
  }
  return prices;
}

const NOT_A_BASE =
  'must be http:// or https:// with the name of a domain and perhaps a port, such as https://apps.example.com';

/** Every variable of the product, by concern. Apps pick the groups that they need. */
export const variables = {
  process: {
    SHOWRUNNER_HOME: z
      .string()
      .default('.showrunner')
      .describe('Data folder of the platform; everything it writes lies below.'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
      .default('info')
      .describe('Least severe log line that is written.'),
    BIND_HOST: z.string().default('127.0.0.1').describe('Address on which the process listens.'),
  },
  database: {
    DATABASE_URL: secret(
      z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://'),
      'PostgreSQL, with user and password. The embedded platform sets it.',
    ).default('postgresql://showrunner@127.0.0.1:54329/showrunner'),
    DATABASE_POOL_SIZE: count(8, 'Most connections to PostgreSQL that one process holds.'),
  },
  redis: {
    REDIS_URL: secret(
      z.string().regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://'),
      'Redis, with password. The embedded platform sets it.',
    ).default('redis://127.0.0.1:63790'),
  },
  temporal: {
    TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233').describe('host:port of the Temporal server.'),
    TEMPORAL_NAMESPACE: z.string().default('default').describe('Temporal namespace of the workflows.'),
    TEMPORAL_UI_URL: z
      .url()
      .default('http://127.0.0.1:8233')
      .describe('Temporal Web UI, for links shown to operators.'),
  },
  internal: {
    INTERNAL_TOKEN: secret(
      z.string().min(16, 'must have at least 16 characters'),
      'What the inner services ask of each other. The embedded platform makes it at the first start.',
    ),
  },
  secrets: {
    SECRETS_KEY: secret(
      z.string().regex(/^[^,]{32,}$/, 'must have at least 32 characters, without a comma'),
      'Key that seals secrets at rest, the same for all processes. Default: one that is derived of INTERNAL_TOKEN.',
    ).optional(),
    SECRETS_KEY_PREVIOUS: secret(
      z.string().regex(/^[^,]{32,}(,[^,]{32,})*$/, 'must be keys of at least 32 characters'),
      'Comma list of the keys before, after a rotation: they open what they sealed until the services have sealed that anew.',
    ).optional(),
  },
  storage: {
    S3_ENDPOINT: z
      .url()
      .optional()
      .describe('S3-compatible object store. Default: files below SHOWRUNNER_HOME/objects.'),
    S3_BUCKET: z.string().default('showrunner').describe('Bucket of the object store.'),
    S3_REGION: z.string().default('us-east-1').describe('Region of the object store.'),
    S3_ACCESS_KEY_ID: secret(
      z.string(),
      'Access key of the object store; needed with S3_ENDPOINT.',
    ).optional(),
    S3_SECRET_ACCESS_KEY: secret(
      z.string(),
      'Secret key of the object store; needed with S3_ENDPOINT.',
    ).optional(),
  },
  retention: {
    RUNS_KEPT_DAYS: count(
      90,
      'Days after its end for which a run is kept, with its film, takes and history; the newest film of a project stays.',
    ),
    RUNS_KEPT_BYTES: count(
      20 * 1024 ** 3,
      'Most bytes of all runs that have ended; the oldest go first, newest films of their projects last.',
    ),
    GUESTS_KEPT_DAYS: count(
      30,
      'Days without a visit after which a guest goes whom nobody has claimed, with everything that he made.',
    ),
    DISK_FREE_FLOOR_BYTES: z.coerce
      .number()
      .int()
      .nonnegative()
      .default(2 * 1024 ** 3)
      .describe(
        'Bytes that stay free on the disk of the data folder: with less, new films, builds, uploads and sandboxes are refused and what goes on is finished. 0: no floor.',
      ),
  },
  gateway: {
    GATEWAY_PORT: port(4400, 'Port of the REST API.'),
    PREVIEW_PORT: port(4401, 'Port on which running apps are shown, one host name a sandbox.'),
    PREVIEW_BASE_URL: z
      .url({ protocol: /^https?$/, hostname: z.regexes.domain, error: NOT_A_BASE })
      .refine((url) => /^https?:\/\/[^/?#@]+\/?$/.test(url), { error: NOT_A_BASE })
      .optional()
      .describe(
        'Below which address browsers see running apps, each under a host name of its own, e.g. https://apps.example.com behind a proxy with a certificate for *.apps.example.com that keeps the Host header. Default: http://preview.localhost:PREVIEW_PORT.',
      ),
    PREVIEW_ACCESS: z
      .enum(['open', 'private'])
      .optional()
      .describe(
        'Who sees a running app: whoever reaches its preview (open), or holders of a signed link alone (private). Default: open while BIND_HOST is of this machine alone, private otherwise.',
      ),
    WEBRTC_HOST: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Address at which players reach the gateway by UDP for live video, where it is another than its own (behind NAT, in a container). Default: the addresses of the machine, or loopback alone while BIND_HOST is.',
      ),
    WEBRTC_PORTS: z
      .string()
      .regex(/^\d{1,5}-\d{1,5}$/, 'must be two ports, e.g. 40000-40100')
      .transform((text): [number, number] => {
        const [first = 0, last = 0] = text.split('-').map(Number);
        return [first, last];
      })
      .refine(([first, last]) => first >= 1 && first <= last && last <= 65_535, {
        error: 'must be two ports, the lower first, e.g. 40000-40100',
      })
      .optional()
      .describe('UDP ports for live video by WebRTC, one a player, e.g. 40000-40100. Default: any.'),
  },
  door: {
    CORS_ORIGINS: list(
      'Comma list of the origins whose pages may ask the API with a key of theirs, e.g. https://dashboard.example.com. Default: none. Cookies of the studio never count there.',
    ),
    TRUSTED_PROXIES: z.coerce
      .number()
      .int()
      .min(0)
      .max(10)
      .default(0)
      .describe(
        'How many proxies of yours stand in front of the gateway: so many entries of X-Forwarded-For are believed when it is asked who calls.',
      ),
    REQUESTS_PER_MINUTE: count(
      60_000,
      'Most requests that one API key may make in a minute, at one gateway.',
    ),
    SIGN_INS_PER_MINUTE: count(
      120,
      'Most requests that one address may make in a minute to sign in, sign up or refresh a sign-in.',
    ),
    FAILED_SIGN_INS_PER_MINUTE: count(
      120,
      'Most requests with a wrong key, cookie or token that one address may make in a minute; then it is refused for the rest of it.',
    ),
  },
  accounts: {
    AUTH_SIGN_UP: z
      .enum(SIGN_UP_MODES)
      .default('invited')
      .describe(
        'Who may make an account with mail and password or by OpenID Connect: nobody (off), who has an invitation of an owner (invited), or everybody who reaches the gateway, each with a tenant of his own (open). API keys work in any case.',
      ),
    AUTH_GUESTS: z
      .enum(['on', 'off'])
      .default('off')
      .describe(
        'on: whoever reaches the gateway may try it as a guest, and claim what he made by signing up later.',
      ),
    PUBLIC_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        'Address under which browsers reach the gateway, e.g. https://showrunner.example.com; OpenID Connect issuers send them back there. Default: http://127.0.0.1:GATEWAY_PORT.',
      ),
    OIDC_ISSUER: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        'OpenID Connect issuer by which people may sign in, e.g. https://accounts.google.com; http:// on loopback alone. Its clients send people back to PUBLIC_URL/api/auth/oidc/callback.',
      ),
    OIDC_CLIENT_ID: z.string().optional().describe('What the issuer calls this installation.'),
    OIDC_CLIENT_SECRET: secret(
      z.string(),
      'Secret of that client; without one it is a public client, by PKCE alone.',
    ).optional(),
    OIDC_NAME: z.string().default('Single sign-on').describe('Words on the button of that sign-in.'),
  },
  project: { PROJECT_PORT: port(4410, 'Port of the project service.') },
  sandbox: { SANDBOX_PORT: port(4413, 'Port of the sandbox service.') },
  intent: { INTENT_PORT: port(4411, 'Port of the intent service.') },
  editor: { EDITOR_PORT: port(4412, 'Port of the editor service.') },
  serviceUrls: {
    PROJECT_URL: z.url().optional().describe('Project service. Default: http://127.0.0.1:PROJECT_PORT.'),
    SANDBOX_URL: z.url().optional().describe('Sandbox service. Default: http://127.0.0.1:SANDBOX_PORT.'),
    INTENT_URL: z.url().optional().describe('Intent service. Default: http://127.0.0.1:INTENT_PORT.'),
    EDITOR_URL: z.url().optional().describe('Editor service. Default: http://127.0.0.1:EDITOR_PORT.'),
  },
  apiKey: {
    SHOWRUNNER_API_KEY: secret(
      z.string().min(16, 'must have at least 16 characters'),
      'API key that the gateway accepts and the command line sends. Default: made at the first start, in SHOWRUNNER_HOME/secrets.json.',
    ).optional(),
  },
  worker: {
    WORKER_PORT: port(
      4420,
      'Port of the worker: answers whether it is healthy, and hands the frames of its browsers to recording workers.',
    ),
    WORKER_ADVERTISED_HOST: z
      .string()
      .optional()
      .describe(
        'Host under which recording workers reach this worker. Default: BIND_HOST, or where that is every address, the first address of the machine that is not loopback.',
      ),
    EXPLORE_MAX_PAGES: count(8, 'Most pages visited while exploring an app.'),
    EXPLORE_MAX_MS: count(
      90_000,
      'Longest time spent exploring an app that hardly answers; what bounds it otherwise are pages and clicks.',
    ),
    EXPLORE_FIRST_RENDER_MS: count(
      90_000,
      'Longest wait for the first page to show something; dev servers compile on the first request.',
    ),
    SESSION_MAX_STEPS: count(120, 'Most steps that one browser session performs.'),
    SESSION_MAX_MS: count(900_000, 'Longest life of one browser session.'),
  },
  places: {
    SANDBOX_PLACES: z
      .string()
      .regex(/^([a-z0-9]+=\d+)(,[a-z0-9]+=\d+)*$/, 'must look like local=100,e2b=20')
      .default('local=100,docker=100,daytona=20,e2b=20')
      .transform((text): Record<string, number> =>
        Object.fromEntries(
          text
            .split(',')
            .map((pair) => pair.split('='))
            .map(([name, n]) => [name, Number(n)]),
        ),
      )
      .describe('Sandboxes that each provider runs for us at a time; further requests wait in a queue.'),
    FILMS_AT_ONCE: z
      .union([z.literal('auto'), z.coerce.number().int().positive()])
      .default('auto')
      .describe(
        'Films that are built and filmed at a time on this machine (providers local and docker), and as many builds of their own; further ones wait and are told their place. auto: by processors, memory and free disk of the machine.',
      ),
    TENANT_MAX_SANDBOXES: count(20, 'Most sandboxes of one tenant at a time; further requests wait.'),
    TENANT_MAX_QUEUED: count(
      1000,
      'Most requests of one tenant that wait for a place; further ones are refused.',
    ),
    TENANT_CREATIONS_PER_MINUTE: count(60, 'Most sandboxes that one tenant may ask for in a minute.'),
    TENANT_MAX_RUNS: count(1000, 'Most runs of one tenant that have not ended; further ones are refused.'),
    TENANT_RUNS_PER_MINUTE: count(600, 'Most runs that one tenant may ask for in a minute.'),
  },
  budgets: {
    TENANT_BUDGET_USD: dollars(
      'Most that the sandboxes of one tenant may cost in a calendar month, US dollars; they are stopped then, and further runs refused. Default: no bound.',
    ),
    RUN_BUDGET_USD: dollars(
      'Most that the sandbox of one run may cost, US dollars; the run fails then. Default: no bound.',
    ),
  },
  models: {
    LLM_PROVIDER: z
      .enum(['auto', 'openai', 'anthropic', 'rules'])
      .default('auto')
      .describe(
        'Who plans films and finds steps whose target is gone: a language model of openai or anthropic, or rules alone. auto: the first of both that has a key or a base URL, else rules.',
      ),
    OPENAI_API_KEY: secret(z.string(), 'Key of OpenAI, or of the server at OPENAI_BASE_URL.').optional(),
    OPENAI_BASE_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe(
        "Any server that speaks OpenAI's chat completions, a local one too, e.g. http://127.0.0.1:11434/v1. Default: OpenAI's own.",
      ),
    OPENAI_MODEL: z.string().default('gpt-6.1-terra').describe('Model of OpenAI, or of OPENAI_BASE_URL.'),
    OPENAI_SPEECH_MODEL: z
      .string()
      .default('gpt-4o-mini-tts')
      .describe('Model that speaks, for the voice openai of a film.'),
    ANTHROPIC_API_KEY: secret(
      z.string(),
      'Key of Anthropic, or of the server at ANTHROPIC_BASE_URL.',
    ).optional(),
    ANTHROPIC_BASE_URL: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Any server that speaks Anthropic's messages. Default: Anthropic's own."),
    ANTHROPIC_MODEL: z
      .string()
      .default('claude-sonnet-5-5')
      .describe('Model of Anthropic, or of ANTHROPIC_BASE_URL.'),
    LLM_FALLBACK: z
      .string()
      .regex(/^(openai|anthropic)\/\S{1,100}$|^none$/, 'must look like openai/gpt-5-mini, or be none')
      .optional()
      .describe(
        'Asked when the first model does not answer, e.g. openai/gpt-5-mini. none: the rules go on. Default: the model of the other provider where that has a key.',
      ),
    LLM_STREAMING: z
      .enum(['on', 'off'])
      .default('on')
      .describe('on: answers come in pieces, so that one that was cancelled ends at once.'),
    LLM_PICTURES: z
      .enum(['on', 'off'])
      .default('on')
      .describe('on: a picture of the page goes along where the page has no words for what is asked about.'),
    LLM_TIMEOUT_MS: count(
      60_000,
      'Longest wait for one answer of a model; for a step while filming 15 s at most.',
    ),
    LLM_MAX_WAIT_MS: count(
      120_000,
      'Longest rest that a busy model is granted while planning (Retry-After); who asks for more is not waited for.',
    ),
    LLM_RUN_BUDGET_USD: z.coerce
      .number()
      .nonnegative()
      .default(1)
      .describe(
        'Most that one run may spend on models, US dollars. A request that could pass it is not made; the rules go on.',
      ),
    LLM_APP_BUDGET_USD: z.coerce
      .number()
      .nonnegative()
      .default(0.1)
      .describe(
        'Most that models may cost for one app that is written for a prompt, all attempts together, US dollars.',
      ),
    LLM_RUN_MAX_TOKENS: count(
      300_000,
      'Most tokens, in and out, that one run may use; holds also where the price of a model is not known.',
    ),
    LLM_PRICES: z
      .string()
      .default('')
      .refine((text) => readPrices(text) !== undefined, 'must look like my-model=0.5/1.5,other=0/0')
      .transform((text) => readPrices(text) ?? new Map<string, { input: number; output: number }>())
      .describe(
        'Comma list of model=input/output, US dollars for a million tokens, e.g. my-model=0.5/1.5. Counts more than the list prices of the vendors, and alone at a base URL.',
      ),
  },
  network: {
    SOURCE_ALLOWED_HOSTS: list(
      'Comma list of host[:port] of Git servers that may have a private address. Default: none; private addresses are refused.',
    ),
    INSTALL_ALLOWED_HOSTS: list(
      'Comma list of further hosts that an install may reach, besides the public registries.',
    ),
    DOCKERFILE_ALLOWED_HOSTS: list(
      'Comma list of further hosts that the steps of a Dockerfile may reach, besides those of an install, e.g. deb.debian.org; none: no host at all.',
    ),
  },
  cdn: {
    CDN_MIRROR: z
      .enum(['on', 'off'])
      .default('on')
      .describe(
        'Whether files that an app asks of public CDNs (styles, scripts, fonts) are fetched from the npm registry before the app is looked at.',
      ),
    NPM_REGISTRY_URL: z
      .url()
      .default('https://registry.npmjs.org')
      .describe('The npm registry that these files, and other versions of Node.js, come from.'),
  },
  systems: {
    DEBIAN_MIRROR_URL: z
      .url()
      .default('http://deb.debian.org/debian')
      .describe(
        "Where Debian's packages come from, for apps that ask for another Python, for Java, PHP, Ruby or a database. What it sends counts only with Debian's signature.",
      ),
  },
  installs: {
    INSTALL_CACHE: z
      .enum(['on', 'off'])
      .default('on')
      .describe('on: what an install made is kept and brought back for the same manifests and lock files.'),
    INSTALL_CACHE_BYTES: count(
      10 * 1024 ** 3,
      'Most bytes of kept installs in the object store; the longest unused go first.',
    ),
  },
  sandboxes: {
    SANDBOX_PROVIDER: z
      .enum(SANDBOX_PROVIDERS)
      .default('local')
      .describe(
        'Where apps run when a request names no provider: local, docker, daytona or e2b. Runs, builds, detections, sandboxes and the command line follow it.',
      ),
    SANDBOX_API_KEY: secret(z.string(), 'Key of a cloud provider: daytona or e2b.').optional(),
    SANDBOX_SERVER_URL: z
      .string()
      .optional()
      .describe("Control API of the provider, or address of the Docker Engine. Default: the provider's own."),
    SANDBOX_SERVER_CERTS: z
      .string()
      .optional()
      .describe(
        'Folder with ca.pem, and cert.pem and key.pem if it asks for them, for a Docker Engine behind tcp:// with TLS; as DOCKER_CERT_PATH has it. Default: no TLS.',
      ),
    SANDBOX_TARGET: z
      .string()
      .optional()
      .describe("Region (daytona), template (e2b) or image (docker). Default: the provider's own."),
    SANDBOX_INSTALLATION: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,40}$/, 'must be letters, digits and "-", at most 40')
      .optional()
      .describe(
        "Tells this platform's sandboxes from others of the same account; hosts of one platform share it. Default: made once for the data folder.",
      ),
    SANDBOX_ON_LOST: z
      .enum(['fail', 'reacquire'])
      .default('reacquire')
      .describe(
        'What a run does when its sandbox dies, also with the platform: build the app again in another one and film the same plan, or fail.',
      ),
  },
  tools: {
    CHROMIUM_PATH: toolPath('Chromium'),
    FFMPEG_PATH: toolPath('ffmpeg'),
    FFPROBE_PATH: toolPath('ffprobe'),
    HIBARI_PATH: toolPath('hibari, the voice of English films'),
    ESPEAK_PATH: toolPath('espeak-ng, the voice of films in other languages'),
    BWRAP_PATH: toolPath('bubblewrap'),
    REDIS_SERVER_PATH: toolPath('redis-server, for the embedded platform'),
    TEMPORAL_CLI_PATH: toolPath('the Temporal command line, for the embedded platform'),
  },
  embedded: {
    TEMPORAL_PORT: port(7233, 'Port of the embedded Temporal server.'),
    TEMPORAL_UI_PORT: port(8233, 'Port of the embedded Temporal Web UI.'),
    POSTGRES_PORT: port(54_329, 'Port of the embedded PostgreSQL.'),
    REDIS_PORT: port(63_790, 'Port of the embedded Redis.'),
  },
  commandLine: {
    SHOWRUNNER_ENV_FILE: z
      .string()
      .optional()
      .describe(
        'File with settings that the environment does not have. Default: .env of the data folder, then .env of the repository.',
      ),
    SHOWRUNNER_API_URL: z
      .url()
      .optional()
      .describe(
        'REST API that the command line talks to, e.g. https://host/api. Default: the platform of SHOWRUNNER_HOME.',
      ),
  },
} as const;
