import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { InvalidInputError, MAX_ARCHIVE_BYTES } from '@showrunner/contracts';

export type SourceArgument =
  { kind: 'git'; url: string } | { kind: 'folder'; folder: string } | { kind: 'archive'; file: string };

const ARCHIVE = /\.(zip|tar|tgz|tar\.gz)$/i;
const TAR_MAGIC_AT = 257;
const GIT_SCHEMES = ['https:', 'http:'];

/**
 * What `film` was pointed at, decided without touching the network.
 * @param sshKeyFile file with the key that an SSH address is opened with; without one it is refused
 * @throws InvalidInputError `unsafe_source`, `unsupported_scheme`, `source_missing`, `archive_empty`, `archive_too_large`, `unknown_archive`
 */
export function readSourceArgument(argument: string, sshKeyFile?: string): SourceArgument {
  if (argument === '' || argument.startsWith('-')) {
    throw new InvalidInputError('unsafe_source', `"${argument}" is not a source.`, {
      remedy: 'Name a Git URL (https://…), a folder or an archive.',
    });
  }
  if (existsSync(argument)) return localSource(path.resolve(argument));
  const isSsh = /^ssh:\/\//i.test(argument) || /^[^/]+@[^/]+:/.test(argument);
  // What is within such an address is read by the platform.
  if (isSsh && sshKeyFile !== undefined && !/[\p{C}\s]/u.test(argument))
    return { kind: 'git', url: argument };
  if (/^[a-z][a-z0-9+.-]*::/i.test(argument)) return refuseScheme(argument.split('::')[0] ?? argument);
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(argument)?.[1]?.toLowerCase();
  if (scheme) return GIT_SCHEMES.includes(scheme) ? gitSource(argument) : refuseScheme(scheme.slice(0, -1));
  if (isSsh) return refuseScheme('ssh');
  throw new InvalidInputError('source_missing', `There is no file or folder "${argument}".`, {
    remedy: 'Check the path, or give a Git URL that begins with https://.',
  });
}

function gitSource(url: string): SourceArgument {
  // What no URL holds could be read as something else on its way to Git.
  if (URL.canParse(url) && !/[\p{C}\s]/u.test(url) && !new URL(url).hostname.startsWith('-'))
    return { kind: 'git', url };
  throw new InvalidInputError('unsafe_source', 'That is not the URL of a repository.', {
    remedy: 'Give it as the browser shows it, such as https://example.org/team/app.',
  });
}

function refuseScheme(scheme: string): never {
  throw new InvalidInputError('unsupported_scheme', `Sources of the kind "${scheme}" are not fetched.`, {
    remedy:
      scheme === 'ssh'
        ? 'Use the https:// address of the repository (with --token-file if it is private), or give a key that may read it: --ssh-key-file.'
        : 'Use the https:// address of the repository, or film a local folder or archive.',
  });
}

function localSource(file: string): SourceArgument {
  const stats = statSync(file);
  if (stats.isDirectory()) return { kind: 'folder', folder: file };
  if (!stats.isFile() || !ARCHIVE.test(file)) {
    throw new InvalidInputError('unknown_archive', `"${file}" is neither a folder nor an archive.`, {
      remedy: 'Archives are .zip, .tar and .tar.gz (.tgz).',
    });
  }
  if (stats.size === 0)
    throw new InvalidInputError('archive_empty', `"${file}" is empty.`, {
      remedy: 'Make the archive again.',
    });
  if (stats.size > MAX_ARCHIVE_BYTES) throw archiveTooLarge(file, stats.size);
  if (!looksLikeArchive(file)) {
    throw new InvalidInputError('unknown_archive', `"${file}" cannot be read as an archive.`, {
      remedy: 'Check that you may read it and that it opens; archives are .zip, .tar and .tar.gz (.tgz).',
    });
  }
  return { kind: 'archive', file };
}

/** Whether the first bytes are those of the type that the name says. */
function looksLikeArchive(file: string): boolean {
  const head = Buffer.alloc(TAR_MAGIC_AT + 5);
  try {
    const descriptor = openSync(file, 'r');
    readSync(descriptor, head, 0, head.length, 0);
    closeSync(descriptor);
  } catch {
    // Not readable for us: the caller says so.
    return false;
  }
  const isTar = head.subarray(TAR_MAGIC_AT).toString('latin1') === 'ustar' || isOldTar(head);
  if (/\.zip$/i.test(file)) return head.readUInt32BE(0) === 0x504b0304;
  if (/\.(tgz|gz)$/i.test(file)) return head.readUInt16BE(0) === 0x1f8b;
  return isTar;
}

/** Tar of before 1988 has no magic; its first name is followed by octal numbers. */
function isOldTar(head: Buffer): boolean {
  return head[0] !== 0 && /^[0-7 ]+[\0 ]/.test(head.subarray(100, 108).toString('latin1'));
}

export function archiveTooLarge(what: string, bytes: number): InvalidInputError {
  const megabytes = (value: number): string => `${Math.ceil(value / 1024 / 1024)} MB`;
  return new InvalidInputError(
    'archive_too_large',
    `"${what}" has ${megabytes(bytes)}; ${megabytes(MAX_ARCHIVE_BYTES)} are the most.`,
    {
      status: 413,
      remedy: 'Leave out what the app does not need to run (build results, media), or film its Git URL.',
    },
  );
}
