import type { InvalidInputError } from '@showrunner/contracts';
import { ByteReader } from './byte-reader';
import { EntryRules, refused, type ArchiveBounds } from './entry-rules';
import { paxRecords } from './pax-records';
import { BLOCK, decodeHeader, encodeHeader, END_OF_ARCHIVE, padding, type TarHeader } from './tar-header';

/** Extended headers hold names; more than this is an attack on memory. */
const MAX_META_BYTES = 1024 ** 2;
/** Modes that the sandbox's user needs to move and remove what it unpacked. */
const FLOOR_MODE = { file: 0o600, folder: 0o700 };

/**
 * The same files as a plain archive that any `tar` unpacks alike: relative names without `..`, files, folders and links alone, nothing below a
 * link, hard links to files of the archive, no owners, no set-id bits. Every entry is judged before anything of it goes on.
 * @throws InvalidInputError `archive_unsafe_path`, `archive_link`, `archive_special_file`, `archive_too_large`, `archive_unreadable`
 */
export async function* cleanTar(
  source: AsyncIterable<Uint8Array>,
  bounds: ArchiveBounds,
): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  const rules = new EntryRules(bounds);
  try {
    for (;;) {
      const header = await readHeader(reader);
      if (header === undefined) break;
      const name = rules.admit(header);
      if (name === undefined) continue; // the root itself
      const isFile = header.type === '0' || header.type === '7';
      const size = isFile ? header.size : 0;
      const floor = header.type === '5' ? FLOOR_MODE.folder : FLOOR_MODE.file;
      yield encodeHeader({
        ...header,
        name: header.type === '5' ? `${name}/` : name,
        type: isFile ? '0' : header.type,
        mode: (header.mode & 0o777) | floor,
        linkName: header.type === '1' ? rules.original(header) : header.linkName,
        size,
      });
      if (size === 0) continue;
      yield* exactly(reader, size);
      await skip(reader, padding(size).length);
      yield padding(size);
    }
    yield END_OF_ARCHIVE;
    for await (const _rest of reader.stream(bounds.maxBytes)); // to the end of the stream, for whoever sends it
  } finally {
    await reader.close();
  }
}

/** The next header with its long names in place; undefined at the end of the archive. */
async function readHeader(reader: ByteReader): Promise<TarHeader | undefined> {
  const change: Partial<TarHeader> = {};
  for (;;) {
    const block = await reader.take(BLOCK);
    // An archive ends with zeros: without them the rest of it was lost on the way.
    if (block.length < BLOCK) throw cutOff();
    const header = readable(() => decodeHeader(block));
    if (header === undefined) return undefined;
    if (!['x', 'g', 'L', 'K', 'V'].includes(header.type)) return { ...header, ...change };
    if (header.size > MAX_META_BYTES) throw unreadable('an extended header is too long');
    const content = await reader.take(header.size);
    if (content.length < header.size) throw cutOff();
    await skip(reader, padding(header.size).length);
    const name = content.toString('latin1').replace(/\0[^]*$/, '');
    if (header.type === 'L') change.name = name;
    if (header.type === 'K') change.linkName = name;
    if (header.type === 'x')
      Object.assign(
        change,
        readable(() => paxChange(paxRecords(content))),
      );
  }
}

function paxChange(records: Map<string, string>): Partial<TarHeader> {
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse.')))
    throw new RangeError('it holds a sparse file');
  const [name, linkName, size, mtime] = ['path', 'linkpath', 'size', 'mtime'].map((key) => records.get(key));
  if (size !== undefined && !/^\d{1,15}$/.test(size)) throw new RangeError('a size is not a number');
  return {
    ...(name === undefined ? {} : { name }),
    ...(linkName === undefined ? {} : { linkName }),
    ...(size === undefined ? {} : { size: Number(size) }),
    ...(mtime === undefined || !/^\d{1,12}(\.\d*)?$/.test(mtime) ? {} : { mtime: Number(mtime) }),
  };
}

async function* exactly(reader: ByteReader, size: number): AsyncGenerator<Buffer> {
  let missing = size;
  for await (const part of reader.stream(size)) {
    missing -= part.length;
    yield part;
  }
  if (missing > 0) throw cutOff();
}

async function skip(reader: ByteReader, count: number): Promise<void> {
  if ((await reader.take(count)).length < count) throw cutOff();
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw unreadable(error.message);
    throw error;
  }
}

const unreadable = (why: string): InvalidInputError =>
  refused('archive_unreadable', `The archive cannot be read: ${why}.`);
const cutOff = (): InvalidInputError => unreadable('it ends in the middle');
