import { InvalidInputError } from '@showrunner/contracts';
import type { TarHeader } from './tar-header';

export interface ArchiveBounds {
  maxEntries: number;
  /** Bytes of all files together. */
  maxBytes: number;
}

const MAX_PATH_BYTES = 4000;
const MAX_NAME_BYTES = 255;

const REMEDIES = {
  archive_unsafe_path: 'Pack the folder again with paths relative to it.',
  archive_link:
    'Pack the folder again; nothing may stand behind a link, and hard links need their file in the archive.',
  archive_special_file: 'Pack the folder again without devices, sockets and pipes.',
  archive_too_large: 'Leave out what can be made anew, or allow more bytes.',
  archive_unreadable: 'Send a whole tar archive, plain or with gzip.',
} as const;

export const refused = (code: keyof typeof REMEDIES, message: string): InvalidInputError =>
  new InvalidInputError(code, message, { remedy: REMEDIES[code] });

/** What may be in an archive, judged entry by entry in their order. */
export class EntryRules {
  private entries = 0;
  private bytes = 0;
  private readonly files = new Set<string>();
  private readonly links = new Set<string>();

  constructor(private readonly bounds: ArchiveBounds) {}

  /** The entry's name below the root; undefined for the root itself. @throws InvalidInputError when it may not be unpacked */
  admit(header: TarHeader): string | undefined {
    if (++this.entries > this.bounds.maxEntries)
      throw refused('archive_too_large', `The archive has more than ${this.bounds.maxEntries} entries.`);
    if (!['0', '1', '2', '5', '7'].includes(header.type))
      throw ['3', '4', '6'].includes(header.type)
        ? refused(
            'archive_special_file',
            `The archive contains ${shown(header.name)}, which is a device or a pipe.`,
          )
        : refused('archive_unreadable', `The archive contains ${shown(header.name)} of an unknown kind.`);
    const name = relative(header.name);
    if (name === '') {
      if (header.type === '5') return undefined;
      throw unsafePath(header.name);
    }
    this.refuseBehindLink(name, header);
    if (header.type === '0' || header.type === '7') this.countFile(name, header.size);
    if (header.type === '1') {
      this.original(header);
      this.files.add(name);
    }
    if (header.type === '2') this.addLink(name, header);
    return name;
  }

  /** The file of the archive that a hard link repeats. */
  original(header: TarHeader): string {
    const of = relative(header.linkName);
    if (this.files.has(of)) return of;
    throw linkRefused(header, 'which is not a file of the archive');
  }

  private refuseBehindLink(name: string, header: TarHeader): void {
    for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1))
      if (this.links.has(name.slice(0, at))) throw linkRefused(header, 'which stands behind a link');
    if (this.links.has(name) && header.type !== '2') throw linkRefused(header, 'which is a link already');
  }

  private countFile(name: string, size: number): void {
    this.bytes += size;
    if (this.bytes > this.bounds.maxBytes)
      throw refused('archive_too_large', `The archive unpacks to more than ${this.bounds.maxBytes} bytes.`);
    this.files.add(name);
  }

  private addLink(name: string, header: TarHeader): void {
    if (header.linkName === '' || header.linkName.length > MAX_PATH_BYTES || header.linkName.includes('\0'))
      throw linkRefused(header, 'which leads nowhere');
    this.files.delete(name);
    this.links.add(name);
  }
}

function relative(name: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const tooLong = name.length > MAX_PATH_BYTES || parts.some((part) => part.length > MAX_NAME_BYTES);
  if (name.startsWith('/') || parts.includes('..') || name.includes('\0') || tooLong) throw unsafePath(name);
  return parts.join('/');
}

const shown = (name: string): string => JSON.stringify(Buffer.from(name.slice(0, 120), 'latin1').toString());
const unsafePath = (name: string): InvalidInputError =>
  refused(
    'archive_unsafe_path',
    `The archive contains the path ${shown(name)}, which leads out of it or is too long.`,
  );
const linkRefused = (header: TarHeader, why: string): InvalidInputError =>
  refused('archive_link', `The archive contains ${shown(header.name)}, ${why}.`);
