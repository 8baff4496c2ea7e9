import {
  DEFAULT_REVIEW_MINUTES,
  CreateRunSchema,
  FILM_ASPECTS,
  FILM_THEMES,
  GivenSecretsSchema,
  InvalidInputError,
  PACES,
  RuntimeSchema,
  SANDBOX_PROVIDERS,
  VoiceNameSchema,
} from '@showrunner/contracts';
import type {
  BuildOverrides,
  CreateDetection,
  CreateRun,
  FrameSize,
  GivenSecrets,
} from '@showrunner/contracts';
import { readPlanFile, readTestFile } from './plan-file';

/** Options of `film` as commander hands them over. */
export interface FilmOptions {
  intent?: string;
  /** An app of the gallery instead of a source. */
  template?: string;
  /** What an app shall do that a model writes, instead of a source. */
  prompt?: string;
  /** Of that app. */
  kind?: string;
  branch?: string;
  /** Branch, tag or commit that what is filmed is compared with. */
  base?: string;
  /** With it: what is filmed. */
  head?: string;
  /** File with the token of a private repository; `-`: standard input. */
  tokenFile?: string;
  sshKeyFile?: string;
  hostKey?: string[];
  subdir?: string;
  install?: string;
  start?: string;
  dockerfile?: string;
  port?: string;
  runtime?: string;
  env: string[];
  secret?: string[];
  provider?: string;
  size: string;
  pace: string;
  aspect?: string;
  theme?: string;
  /** True: the best there is. */
  voice?: string | true;
  planId?: string;
  /** File with a plan by hand. */
  plan?: string;
  /** File with Playwright tests, to be filmed as a plan. */
  from?: string;
  out: string;
  json?: boolean;
  keep?: boolean;
  /** Somebody looks at the plan before it is fixed. */
  review?: boolean;
  reviewMinutes?: number;
  force?: boolean;
}

/** `1280x720` → numbers. @throws InvalidInputError `bad_size` */
export function readSize(text: string): FrameSize {
  const match = /^(\d{2,5})x(\d{2,5})$/.exec(text);
  const size = CreateRunSchema.shape.size.safeParse(
    match ? { width: Number(match[1]), height: Number(match[2]) } : text,
  );
  if (size.success) return size.data;
  throw new InvalidInputError('bad_size', `"${text}" is not a size that can be filmed.`, {
    remedy: 'Give width x height in even pixels between 320x240 and 3840x2160, for example 1280x720.',
  });
}

/** @throws InvalidInputError `unknown_pace` */
function readPace(text: string): CreateRun['pace'] {
  const pace = PACES.find((name) => name === text);
  if (pace) return pace;
  throw new InvalidInputError('unknown_pace', `"${text}" is not a pace.`, {
    remedy: `Choose one of: ${PACES.join(', ')}.`,
  });
}

/** @throws InvalidInputError `bad_output` */
function readLook({
  aspect,
  theme,
  voice,
}: Pick<FilmOptions, 'aspect' | 'theme' | 'voice'>): Pick<CreateRun, 'aspect' | 'theme' | 'voice'> {
  const one = <Name extends string>(option: string, text: string | undefined, names: readonly Name[]) => {
    const found = names.find((name) => name === text);
    if (found !== undefined || text === undefined) return found;
    throw new InvalidInputError('bad_output', `"--${option} ${text}" cannot be filmed.`, {
      remedy: `Choose one of: ${names.join(', ')}.`,
    });
  };
  const [ratio, look] = [one('aspect', aspect, FILM_ASPECTS), one('theme', theme, FILM_THEMES)];
  const speaker = VoiceNameSchema.optional().safeParse(voice === true ? 'auto' : voice);
  if (!speaker.success)
    throw new InvalidInputError('bad_output', `"--voice ${String(voice)}" cannot speak.`, {
      remedy: 'Choose auto, heart, espeak, openai or openai:<voice>.',
    });
  return {
    ...{ ...(ratio && { aspect: ratio }), ...(look && { theme: look }) },
    ...(speaker.data !== undefined && { voice: speaker.data }),
  };
}

/** `KEY=value` pairs → a record. @throws InvalidInputError `bad_env` */
export function readEnv(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      const name = pair.slice(0, Math.max(at, 0));
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
        throw new InvalidInputError('bad_env', `"${pair}" is not an environment variable.`, {
          remedy: 'Write --env NAME=value.',
        });
      }
      return [name, pair.slice(at + 1)];
    }),
  );
}

/** `NAME=value` pairs → a record. @throws InvalidInputError `bad_secret`, which does not repeat what may be one */
export function readSecrets(pairs: readonly string[]): GivenSecrets {
  const read = GivenSecretsSchema.safeParse(
    Object.fromEntries(
      pairs.map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, Math.max(at, 0)), pair.slice(at + 1)];
      }),
    ),
  );
  if (read.success) return read.data;
  throw new InvalidInputError('bad_secret', 'A --secret is not a name and its value.', {
    remedy: 'Write --secret NAME=value: a name of letters, digits, - and _, and at most 1000 characters.',
  });
}

/** @throws InvalidInputError `bad_port` */
function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port;
  throw new InvalidInputError('bad_port', `"${text}" is not a port.`, {
    remedy: 'Give a number between 1 and 65535.',
  });
}

/** @throws InvalidInputError `bad_runtime` */
function readRuntime(text: string): string {
  const runtime = RuntimeSchema.safeParse(text);
  if (runtime.success) return runtime.data;
  throw new InvalidInputError('bad_runtime', `"${text}" is not a language and a version of it.`, {
    remedy: 'Write for example --runtime node@18 or --runtime python@3.13.',
  });
}

/** Where and how the app is built, as far as it was said. @throws InvalidInputError `unknown_provider` and those of its parts */
export function buildRequest(
  options: Pick<FilmOptions, 'provider' | 'install' | 'start' | 'dockerfile' | 'port' | 'runtime' | 'env'>,
): CreateDetection {
  const provider = SANDBOX_PROVIDERS.find((name) => name === options.provider);
  if (options.provider !== undefined && !provider) {
    throw new InvalidInputError('unknown_provider', `There is no sandbox provider "${options.provider}".`, {
      remedy: `Choose one of: ${SANDBOX_PROVIDERS.join(', ')}.`,
    });
  }
  const overrides: BuildOverrides = {
    ...(options.install === undefined ? {} : { install: options.install }),
    ...(options.start === undefined ? {} : { start: options.start }),
    ...(options.dockerfile === undefined ? {} : { dockerfile: options.dockerfile }),
    ...(options.port === undefined ? {} : { port: readPort(options.port) }),
    ...(options.runtime === undefined ? {} : { runtime: readRuntime(options.runtime) }),
    ...(options.env.length === 0 ? {} : { env: readEnv(options.env) }),
  };
  return { ...(provider === undefined ? {} : { provider }), overrides };
}

/** @throws InvalidInputError `plan_ambiguous` and those of the file */
function planRequest({
  plan,
  planId,
  from,
}: Pick<FilmOptions, 'plan' | 'planId' | 'from'>): Pick<CreateRun, 'plan' | 'test'> {
  if ([plan, planId, from].filter((one) => one !== undefined).length > 1) {
    throw new InvalidInputError('plan_ambiguous', 'More than one of --plan, --plan-id and --from is given.', {
      remedy: 'Leave all but one of them out.',
    });
  }
  if (from !== undefined) return { test: readTestFile(from) };
  return plan === undefined ? {} : { plan: readPlanFile(plan) };
}

/** The body of `POST /api/runs`. @throws InvalidInputError `unknown_provider`, `unknown_pace`, `bad_output` and those of its parts */
export function runRequest(projectId: string, options: FilmOptions): CreateRun {
  return {
    projectId,
    intent: options.intent ?? '',
    ...buildRequest(options),
    size: readSize(options.size),
    pace: readPace(options.pace),
    ...readLook(options),
    ...(options.planId === undefined ? {} : { planId: options.planId }),
    ...planRequest(options),
    keepSandbox: options.keep ?? false,
    review: options.review ?? false,
    reviewMinutes: options.reviewMinutes ?? DEFAULT_REVIEW_MINUTES,
    ...(options.secret === undefined || options.secret.length === 0
      ? {}
      : { secrets: readSecrets(options.secret) }),
  };
}

const NO_CONTROL = /^[^\p{C}]+$/u;

/** Which state of a source is meant, and what opens it. */
export type GitOptions = Pick<FilmOptions, 'branch' | 'subdir' | 'tokenFile' | 'sshKeyFile' | 'hostKey'>;

/**
 * Branch and folder of the app within the source, and what opens its repository.
 * @throws InvalidInputError `bad_branch`, `bad_subdir`, `token_file_unreadable`, `key_file_unreadable`
 */
export function readGitOptions(
  { branch, subdir, tokenFile, sshKeyFile, hostKey }: GitOptions,
  kind: 'git' | 'folder' | 'archive',
): GitOptions {
  if (tokenFile !== undefined && kind !== 'git') {
    throw new InvalidInputError('token_file_unreadable', 'Only a Git repository is opened with a token.', {
      remedy: 'Leave --token-file out, or give the https:// URL of the repository.',
    });
  }
  if ((sshKeyFile !== undefined || (hostKey ?? []).length > 0) && kind !== 'git') {
    throw new InvalidInputError('key_file_unreadable', 'Only a Git repository is opened with a key.', {
      remedy: 'Leave --ssh-key-file and --host-key out, or give the SSH address of the repository.',
    });
  }
  if (branch !== undefined) {
    if (kind !== 'git') {
      throw new InvalidInputError('bad_branch', 'Only a Git repository has branches.', {
        remedy: 'Leave --branch out, or give the URL of the repository.',
      });
    }
    if (
      branch.startsWith('-') ||
      branch.includes('..') ||
      !NO_CONTROL.test(branch) ||
      /[\s~^:?*[\\]/.test(branch)
    ) {
      throw new InvalidInputError('bad_branch', `"${branch}" cannot be the name of a branch.`, {
        remedy: 'Give the name as "git branch" lists it.',
      });
    }
  }
  if (subdir !== undefined) {
    const parts = subdir.split('/');
    if (
      subdir.startsWith('/') ||
      parts.includes('..') ||
      !NO_CONTROL.test(subdir) ||
      subdir.startsWith('-')
    ) {
      throw new InvalidInputError('bad_subdir', `"${subdir}" is not a folder within the source.`, {
        remedy: 'Give a path relative to the root of the source, such as packages/web.',
      });
    }
  }
  return { branch, subdir, tokenFile, sshKeyFile, hostKey };
}
