import { z } from 'zod';
import { AppKindSchema } from './templates';

/** 100 MB, the largest archive that is taken (requirement 1.1). */
export const MAX_ARCHIVE_BYTES = 100 * 1024 * 1024;

const EnvSchema = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), z.string().max(32_768));

/** A Git repository, fetched inside the sandbox. */
export const GitSourceSchema = z.object({
  kind: z.literal('git'),
  url: z.string().min(1).max(2048),
  branch: z.string().max(255).optional(),
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,64}$/)
    .optional(),
  subdir: z.string().max(1024).optional(),
  hostKeys: z
    .array(z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be a fingerprint, SHA256:…'))
    .max(10)
    .optional()
    .meta({
      description:
        'Fingerprints by which the host of an SSH address is known (`ssh-keygen -lf`), instead of those that GitHub, GitLab, Bitbucket and Codeberg publish.',
    }),
});
/** What opens a private repository: a token, or `user:password`. No blanks or line ends, which have no place in a header. */
export const SourceTokenSchema = z
  .string()
  .max(1024)
  .regex(/^[!-~]+$/, 'must be printable ASCII without blanks')
  .meta({
    writeOnly: true,
    description:
      'Token of a private repository (GitHub, GitLab, Gitea and others), or user:password. Sealed, seen by the fetch alone, told by no answer.',
  });
const SSH_KEY = /^-----BEGIN [A-Z ]*PRIVATE KEY-----\r?\n[!-~\s]+\n-----END [A-Z ]*PRIVATE KEY-----\s*$/;
/** The other thing that opens a private repository: a private key, for an SSH address. */
export const SourceSshKeySchema = z
  .string()
  .max(16_384)
  .regex(SSH_KEY, 'must be a private key as ssh-keygen writes it')
  .meta({
    writeOnly: true,
    description:
      'Private key without passphrase that may read the repository of an SSH address (a deploy key). Sealed, seen by the fetch alone, told by no answer.',
  });
/** What opens a private repository. */
export type SourceAccess = { token?: string; sshKey?: string };

/** Of what is sealed with a project: a key begins as no token can, which has no blanks. */
export function sourceAccess(opened: string | null): SourceAccess {
  if (opened === null) return {};
  return opened.startsWith('-----BEGIN ') ? { sshKey: opened } : { token: opened };
}
/** An uploaded tar.gz, tar, or zip; `storageKey` is where the upload lies in the object store. */
export const ArchiveSourceSchema = z.object({
  kind: z.literal('archive'),
  storageKey: z.string().min(1),
  fileName: z.string().min(1).max(255),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
  subdir: z.string().max(1024).optional(),
});
/** An app that a model is to write; its files take the place of this once they are there. */
export const PromptSourceSchema = z.object({
  kind: z.literal('prompt'),
  prompt: z.string(),
  app: AppKindSchema,
  subdir: z.undefined().optional(),
});
export const SourceSchema = z.discriminatedUnion('kind', [
  GitSourceSchema,
  ArchiveSourceSchema,
  PromptSourceSchema,
]);
export type GitSource = z.infer<typeof GitSourceSchema>;
export type ArchiveSource = z.infer<typeof ArchiveSourceSchema>;
export type Source = z.infer<typeof SourceSchema>;

/** Another state of a repository: a commit by its name, otherwise a branch or a tag. */
export function gitSourceAt(
  { branch: _branch, commit: _commit, ...repository }: GitSource,
  ref: string,
): GitSource {
  return { ...repository, ...(/^[0-9a-f]{7,64}$/.test(ref) ? { commit: ref } : { branch: ref }) };
}

/** A language and a version or range of it; never a path or an address. */
export const RuntimeSchema = z
  .string()
  .max(60)
  .regex(
    /^(node|python|go|java|php|ruby|rust)@[0-9vxX*][0-9A-Za-z.*-]{0,40}$/,
    'must be a language and a version, for example node@18 or python@3.13',
  );

/** What the user may say about how the app is built and started; everything else is detected. */
export const BuildOverridesSchema = z.object({
  install: z.string().max(4096).optional(),
  start: z.string().max(4096).optional(),
  /** Build the app from this file, relative to its folder, whatever else is there; for providers that build images. */
  dockerfile: z.string().min(1).max(256).optional(),
  port: z.number().int().min(1).max(65535).optional(),
  /** Instead of the version that the source pins: `node@18`, `python@3.13`. */
  runtime: RuntimeSchema.optional(),
  env: EnvSchema.optional(),
});
export type BuildOverrides = z.infer<typeof BuildOverridesSchema>;

/** The same as it is kept and shown: values of variables are secrets, of which only the names are told. */
export const StoredOverridesSchema = BuildOverridesSchema.omit({ env: true }).extend({
  envNames: z.array(z.string()).optional(),
});
export type StoredOverrides = z.infer<typeof StoredOverridesSchema>;
