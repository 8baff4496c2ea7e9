import { InvalidInputError } from '@showrunner/contracts';
import { parse as parseYaml, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { FileListing } from './listing';

/**
 * `showrunner.yaml` in the root of a source: how the app is built and started. It says nothing about limits, network or secrets, and
 * any other key is refused, so that nobody believes it had an effect.
 */
const RepositoryConfigSchema = z.strictObject({
  dir: z.string().max(1024).optional(),
  install: z.string().max(4096).optional(),
  setup: z.array(z.string().max(4096)).max(20).optional(),
  start: z.string().max(4096).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(32_768)).optional(),
});
export type RepositoryConfig = z.infer<typeof RepositoryConfigSchema>;

/** Throws InvalidInputError `repository_config_invalid` when the file is there and wrong. */
export function readRepositoryConfig(listing: FileListing): RepositoryConfig {
  const file = ['showrunner.yaml', 'showrunner.yml'].find((name) => listing.read(name) !== undefined);
  if (file === undefined) return {};
  let raw: unknown;
  try {
    raw = parseYaml(listing.read(file) ?? '', { maxAliasCount: 10 }) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLParseError) && !(error instanceof ReferenceError)) throw error;
    throw invalid(file, error.message.split('\n', 1)[0] ?? '');
  }
  const parsed = RepositoryConfigSchema.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw invalid(file, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'invalid'}`);
  }
  return parsed.data;
}

const invalid = (file: string, why: string): InvalidInputError =>
  new InvalidInputError('repository_config_invalid', `${file} cannot be used: ${why}.`, {
    remedy: `Mend ${file}; it knows dir, install, setup, start, port and env, and nothing else.`,
  });
