import { ExportOutputSchema, InvalidInputError } from '@showrunner/contracts';
import type { ExportOutputInput } from '@showrunner/contracts';

/** Options of `export` as commander hands them over. */
export interface OutputOptions {
  format?: string;
  aspect?: string;
  theme?: string;
  /** True: the best there is. */
  voice?: string | true;
  height?: string;
  fps?: string;
  maxBytes?: string;
}

const NAMES: Readonly<Record<string, string>> = { maxBytes: 'max-bytes' };

/** @throws InvalidInputError `bad_output` */
export function readOutput(options: OutputOptions): ExportOutputInput {
  const { format, aspect, theme, height, fps, maxBytes } = options;
  const voice = options.voice === true ? 'auto' : options.voice;
  const number = (text: string | undefined): number | undefined =>
    text === undefined ? undefined : Number(text);
  const numbers = { height: number(height), fps: number(fps), maxBytes: number(maxBytes) };
  const asked = { format, aspect, theme, voice, ...numbers };
  const told = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  const read = ExportOutputSchema.safeParse(told);
  if (read.success) return told as ExportOutputInput;
  const [issue] = read.error.issues;
  const field = String(issue?.path[0] ?? 'format');
  const given = { format, aspect, theme, voice, height, fps, maxBytes }[field] ?? '';
  throw new InvalidInputError(
    'bad_output',
    `"--${NAMES[field] ?? field} ${given}" cannot be exported: ${issue?.message ?? 'unknown'}.`,
    { remedy: 'See "showrunner export --help".' },
  );
}
