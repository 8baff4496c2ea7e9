import { InvalidInputError, RuntimeSchema } from '@showrunner/contracts';
import { z } from 'zod';
import { firstOf, type FileListing } from './listing';
import { plainYaml } from './plain-yaml';

const Command = z.string().max(4096);
/**
 * `showrunner.yaml` in the root of a source: the folder, commands, Dockerfile and port of its app. It says nothing about limits, network,
 * environment or secrets, and any other key is refused, so that nobody believes it had an effect.
 */
const RepositoryConfigSchema = z.strictObject({
  dir: z.string().max(1024).optional(),
  install: Command.optional(),
  setup: z.array(Command.min(1)).max(20).optional(),
  start: Command.min(1).optional(),
  /** Built from it, where the provider builds images; relative to `dir`. */
  dockerfile: z.string().min(1).max(256).optional(),
  port: z.number().int().min(1).max(65_535).optional(),
  /** Instead of what the source pins: `node@18`. */
  runtime: RuntimeSchema.optional(),
});
export type RepositoryConfig = z.infer<typeof RepositoryConfigSchema>;

const KEYS = Object.keys(RepositoryConfigSchema.shape);
const MAX_CHARACTERS = 16 * 1024;
/** What people try, and who decides it. */
const ELSEWHERE: readonly { keys: RegExp; why: string }[] = [
  {
    keys: /^(limits?|cpus?|memory|disk|resources|timeouts?)$/i,
    why: 'limits are set by who asks for the build',
  },
  {
    keys: /^(network|hosts?|allow(ed)?_?hosts?|egress|proxy|internet)$/i,
    why: 'the network is set by the operator',
  },
  { keys: /^(env|environment|secrets?|tokens?|credentials)$/i, why: 'the environment is given with --env' },
];

/**
 * The override file of a source; empty when there is none.
 * @throws InvalidInputError `repository_config_invalid`, naming the key, when the file is there and wrong
 */
export function readRepositoryConfig(listing: FileListing): RepositoryConfig {
  const file = firstOf(listing, ['showrunner.yaml', 'showrunner.yml']);
  const text = file === undefined ? undefined : listing.read(file);
  if (file === undefined || text === undefined) return {};
  if (text.length > MAX_CHARACTERS) throw invalid(file, `it is larger than ${MAX_CHARACTERS / 1024} KiB`);
  const { value, problem } = plainYaml(text);
  if (problem !== undefined) throw invalid(file, problem);
  const parsed = RepositoryConfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  if (issue?.code === 'unrecognized_keys') throw unknownKey(file, issue.keys[0] ?? '');
  throw invalid(file, `${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'invalid'}`);
}

function unknownKey(file: string, key: string): InvalidInputError {
  const elsewhere = ELSEWHERE.find(({ keys }) => keys.test(key));
  const name = key.slice(0, 60);
  return invalid(
    file,
    elsewhere === undefined
      ? `the key "${name}" is not known`
      : `the key "${name}" is not allowed, because ${elsewhere.why}`,
  );
}

const invalid = (file: string, why: string): InvalidInputError =>
  new InvalidInputError('repository_config_invalid', `${file} cannot be used: ${why.replace(/[.:]$/, '')}.`, {
    remedy: `Mend ${file}; it knows ${KEYS.slice(0, -1).join(', ')} and ${KEYS.at(-1)}, and nothing else.`,
  });
