import type { Schemas } from '../api/client';

/** Everything that may be said about a film, as the fields of the form hold it. */
export interface FilmOptions {
  intent: string;
  pace: Schemas['RunReport']['pace'];
  size: string;
  aspect: Schemas['Timeline']['aspect'];
  theme: Schemas['Timeline']['theme'];
  /** `none`: nobody speaks. */
  voice: string;
  install: string;
  start: string;
  port: string;
  env: string;
  keepSandbox: boolean;
  /** Look at the plan before it is filmed. */
  review: boolean;
}

export const DEFAULT_OPTIONS: FilmOptions = {
  ...{
    intent: '',
    pace: 'normal',
    size: '1280x720',
    aspect: 'source',
    theme: 'plain',
    voice: 'none',
    install: '',
    start: '',
    port: '',
    env: '',
    keepSandbox: false,
    review: false,
  },
};
export const SIZES: readonly { value: string; label: string }[] = [
  { value: '1280x720', label: 'HD, 1280 × 720' },
  { value: '1920x1080', label: 'Full HD, 1920 × 1080' },
  { value: '1080x1350', label: 'Portrait, 1080 × 1350' },
  { value: '390x844', label: 'Phone, 390 × 844' },
];

/** `NAME=value` lines. @returns undefined when a line is none */
export function readEnv(text: string): Record<string, string> | undefined {
  const env: Record<string, string> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, name, value] = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    env[name] = value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return env;
}

/** The request for a film of a project; what was left empty is detected. */
export function runOf(projectId: string, options: FilmOptions) {
  const [width = 1280, height = 720] = options.size.split('x').map(Number);
  const { intent, pace, keepSandbox, review } = options;
  const env = readEnv(options.env) ?? {};
  const given = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
  return {
    ...{ projectId, intent: intent.trim(), pace, keepSandbox, size: { width, height } },
    ...(review ? { review } : {}),
    ...(options.aspect === 'source' ? {} : { aspect: options.aspect }),
    ...(options.theme === 'plain' ? {} : { theme: options.theme }),
    ...(options.voice === 'none' ? {} : { voice: options.voice }),
    overrides: {
      ...{ install: given(options.install), start: given(options.start) },
      ...{ port: given(options.port) === undefined ? undefined : Number(options.port) },
      ...(Object.keys(env).length === 0 ? {} : { env }),
    },
  };
}
