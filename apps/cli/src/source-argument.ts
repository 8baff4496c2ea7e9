import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { InvalidInputError, MAX_ARCHIVE_BYTES } from '@showrunner/contracts';

export type SourceArgument =
  { kind: 'git'; url: string } | { kind: 'folder'; folder: string } | { kind: 'archive'; file: string };

const ARCHIVE = /\.(zip|tar|tgz|tar\.gz|tar\.zst|tzst)$/i;
const GIT_SCHEMES = ['https:', 'http:'];

/**
 * What `film` was pointed at, decided without touching the network.
 * @throws InvalidInputError `unsafe_source`, `unsupported_scheme`, `source_missing`, `archive_empty`, `archive_too_large`, `unknown_archive`
 */
export function readSourceArgument(argument: string): SourceArgument {
  if (argument === '' || argument.startsWith('-')) {
    throw new InvalidInputError('unsafe_source', `"${argument}" is not a source.`, {
      remedy: 'Name a Git URL (https://…), a folder or an archive.',
    });
  }
  if (existsSync(argument)) return localSource(path.resolve(argument));
  if (/^[a-z][a-z0-9+.-]*::/i.test(argument)) return refuseScheme(argument.split('::')[0] ?? argument);
  const scheme = /^([a-z][a-z0-9+.-]*:)\/\//i.exec(argument)?.[1]?.toLowerCase();
  if (scheme)
    return GIT_SCHEMES.includes(scheme) ? { kind: 'git', url: argument } : refuseScheme(scheme.slice(0, -1));
  if (/^[^/]+@[^/]+:/.test(argument)) return refuseScheme('ssh');
  throw new InvalidInputError('source_missing', `There is no file or folder "${argument}".`, {
    remedy: 'Check the path, or give a Git URL that begins with https://.',
  });
}

function refuseScheme(scheme: string): never {
  throw new InvalidInputError('unsupported_scheme', `Sources of the kind "${scheme}" are not fetched.`, {
    remedy: 'Use the https:// address of the repository, or film a local folder or archive.',
  });
}

function localSource(file: string): SourceArgument {
  const stats = statSync(file);
  if (stats.isDirectory()) return { kind: 'folder', folder: file };
  if (!stats.isFile() || !ARCHIVE.test(file)) {
    throw new InvalidInputError('unknown_archive', `"${file}" is neither a folder nor an archive.`, {
      remedy: 'Archives are .zip, .tar, .tar.gz (.tgz) or .tar.zst.',
    });
  }
  if (stats.size === 0)
    throw new InvalidInputError('archive_empty', `"${file}" is empty.`, {
      remedy: 'Make the archive again.',
    });
  if (stats.size > MAX_ARCHIVE_BYTES) throw archiveTooLarge(file, stats.size);
  return { kind: 'archive', file };
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
