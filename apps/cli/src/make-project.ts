import { openAsBlob, readFileSync } from 'node:fs';
import path from 'node:path';
import { InvalidInputError, SourceSshKeySchema, SourceTokenSchema } from '@showrunner/contracts';
import type { CreateProject } from '@showrunner/contracts';
import { answerOf, type ApiClient } from '@showrunner/api-client';
import type { GitOptions } from './film-options';
import { packFolder } from './pack-folder';
import type { SourceArgument } from './source-argument';
import { whyUnreadable } from './why-unreadable';

/** A local source, packed and ready to be sent. */
export interface Archive {
  name: string;
  fileName: string;
  content: Blob;
}

/** What has to be uploaded of a source; undefined for a repository, which the sandbox fetches itself. */
export async function archiveOf(source: SourceArgument): Promise<Archive | undefined> {
  if (source.kind === 'git') return undefined;
  if (source.kind === 'archive') {
    const name = path.basename(source.file);
    return { name, fileName: name, content: await openAsBlob(source.file) };
  }
  const name = path.basename(source.folder) || 'app';
  const packed = await packFolder(source.folder);
  return { name, fileName: `${name}.tar.gz`, content: new Blob([new Uint8Array(packed)]) };
}

/**
 * A token from the first line of a file, or of standard input (`-`): an argument would be seen by every process of the machine.
 * @throws {InvalidInputError} `token_file_unreadable`
 */
export function readTokenFile(file: string): string {
  const refused = (why: string, cause?: unknown): InvalidInputError =>
    new InvalidInputError('token_file_unreadable', `${sourceOf(file)} holds no token: ${why}`, {
      remedy: 'Name a file whose first line is the token, or give it on standard input with --token-file -.',
      cause,
    });
  const text = readGiven(file, refused);
  const token = SourceTokenSchema.safeParse((text.split('\n')[0] ?? '').trim());
  if (!token.success) throw refused('its first line is no token.');
  return token.data;
}

const sourceOf = (file: string): string => (file === '-' ? 'Standard input' : file);

function readGiven(file: string, refused: (why: string, cause: unknown) => InvalidInputError): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw refused(`it cannot be read: ${whyUnreadable(error)}`, error);
  }
}

/**
 * A private key from a file, or of standard input (`-`).
 * @throws {InvalidInputError} `key_file_unreadable`
 */
export function readSshKeyFile(file: string): string {
  const refused = (why: string, cause?: unknown): InvalidInputError =>
    new InvalidInputError('key_file_unreadable', `${sourceOf(file)} holds no private key: ${why}`, {
      remedy:
        'Name the file without .pub that ssh-keygen wrote, or give it on standard input with --ssh-key-file -.',
      cause,
    });
  const text = readGiven(file, refused);
  const key = SourceSshKeySchema.safeParse(text.trim());
  if (key.success) return key.data;
  throw refused(
    /^(?:ssh|ecdsa)-/.test(text) ? 'it is the public half.' : 'it is none in PEM or OpenSSH form.',
  );
}

/** Makes a project of a source on the platform. */
export async function createProject(
  api: ApiClient,
  source: SourceArgument,
  { branch, subdir, tokenFile, sshKeyFile, hostKey: hostKeys = [] }: GitOptions,
  archive: Archive | undefined,
): Promise<{ id: string }> {
  const inSubdir = subdir ? { subdir } : {};
  if (source.kind === 'git') {
    const git = { kind: 'git' as const, url: source.url, ...(branch ? { branch } : {}), ...inSubdir };
    const token = tokenFile === undefined ? {} : { token: readTokenFile(tokenFile) };
    const sshKey = sshKeyFile === undefined ? {} : { sshKey: readSshKeyFile(sshKeyFile) };
    const known = hostKeys.length === 0 ? {} : { hostKeys };
    const body: CreateProject = { source: { ...git, ...token, ...sshKey, ...known } };
    return answerOf(api.POST('/projects', { body }));
  }
  const form = new FormData();
  form.append('project', JSON.stringify({ name: archive?.name, ...inSubdir }));
  if (archive) form.append('archive', archive.content, archive.fileName);
  // With an archive it goes as multipart, which the document types as JSON.
  return answerOf(api.POST('/projects', { body: form as never, bodySerializer: () => form }));
}
