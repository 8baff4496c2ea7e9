import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanTar } from './clean-tar';
import { BLOCK, decodeHeader, encodeHeader, END_OF_ARCHIVE, padding } from './tar-header';

const BOUNDS = { maxEntries: 100, maxBytes: 10_000 };
const header = (name: string, type = '0', size = 0, linkName = '') =>
  encodeHeader({ name, type, mode: 0o6777, size, mtime: 1, linkName });
const file = (name: string, content: string) =>
  Buffer.concat([header(name, '0', content.length), Buffer.from(content), padding(content.length)]);
const pax = (...records: string[]) => {
  const content = records
    .map((record) => {
      const length = Buffer.byteLength(record) + 2;
      const digits = String(length + String(length).length).length;
      return `${length + digits} ${record}\n`;
    })
    .join('');
  return Buffer.concat([
    header('pax', 'x', Buffer.byteLength(content)),
    Buffer.from(content),
    padding(Buffer.byteLength(content)),
  ]);
};

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function clean(parts: Buffer[], size = 1000, bounds = BOUNDS): Promise<Buffer> {
  const out: Buffer[] = [];
  for await (const part of cleanTar(chunksOf(Buffer.concat(parts), size), bounds)) out.push(part);
  return Buffer.concat(out);
}
const refusal = (parts: Buffer[], bounds = BOUNDS) =>
  clean(parts, 1000, bounds).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  );

describe('cleanTar', () => {
  it('gives the same archive again, however it comes in pieces', async () => {
    const parts = [file('a', 'hello'), header('d/', '5'), file(`d/${'n'.repeat(150)}`, 'x'), END_OF_ARCHIVE];
    const whole = await clean(parts, 1_000_000);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (size) =>
        expect((await clean(parts, size)).equals(whole)).toBe(true),
      ),
      { numRuns: 20 },
    );
    expect(decodeHeader(whole.subarray(0, BLOCK))).toMatchObject({ name: 'a', mode: 0o777, size: 5 });
    expect((await clean([whole])).equals(whole)).toBe(true);
  });

  it('knows names of extended headers, of POSIX and of GNU', async () => {
    const out = await clean([
      pax('path=ünï', 'size=2'),
      header('short', '0', 9),
      Buffer.from('ok'),
      padding(2),
      END_OF_ARCHIVE,
    ]);
    const { name, size } = decodeHeader(out.subarray(0, BLOCK)) ?? {};
    expect([Buffer.from(name ?? '', 'latin1').toString(), size]).toEqual(['ünï', 2]);
  });

  it.each<[string, Buffer[], string]>([
    ['a name upwards in an extended header', [pax('path=../x'), file('fine', 'x')], 'archive_unsafe_path'],
    [
      'a link upwards for a hard link',
      [pax('linkpath=../x'), header('fine', '1', 0, 'a')],
      'archive_unsafe_path',
    ],
    ['a sparse file', [pax('GNU.sparse.major=1'), file('fine', 'x')], 'archive_unreadable'],
    ['an old sparse file', [header('fine', 'S')], 'archive_unreadable'],
    [
      'a malformed extended header',
      [pax('path=x').fill(0x39, BLOCK, BLOCK + 3), file('a', 'x')],
      'archive_unreadable',
    ],
    ['an endless name', [header('././@LongLink', 'L', 2 ** 40)], 'archive_unreadable'],
    ['a size beyond the bound', [header('a', '0', 2 ** 40)], 'archive_too_large'],
    ['a wrong checksum', [file('a', 'x').fill(0x41, 0, 1)], 'archive_unreadable'],
    ['a root that is no folder', [header('.', '2', 0, '/')], 'archive_unsafe_path'],
    ['a folder over a link', [header('a', '2', 0, '/'), header('a/', '5')], 'archive_link'],
    ['a link to nothing', [header('a', '2')], 'archive_link'],
    ['no end', [file('a', 'x').subarray(0, 2 * BLOCK)], 'archive_unreadable'],
  ])('refuses %s', async (_title, parts, code) =>
    expect(
      await refusal(code === 'archive_unreadable' && parts.length === 1 ? parts : [...parts, END_OF_ARCHIVE]),
    ).toBe(code),
  );

  it('bounds entries and bytes', async () => {
    const many = Array.from({ length: 101 }, (_, at) => header(`f${at}`));
    expect(await refusal([...many, END_OF_ARCHIVE])).toBe('archive_too_large');
    const large = [file('a', 'x'.repeat(6000)), file('b', 'x'.repeat(6000)), END_OF_ARCHIVE];
    expect(await refusal(large)).toBe('archive_too_large');
    expect(await refusal(large, { ...BOUNDS, maxBytes: 12_000 })).toBe('accepted');
  });

  it('never lets a random archive lead out', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.array(fc.constantFrom('..', '.', 'a', 'b', '', '/'), { maxLength: 4 }),
            fc.constantFrom('0', '1', '2', '5'),
            fc.constantFrom('a', '../a', '/etc', 'a/b'),
          ),
          { maxLength: 8 },
        ),
        async (entries) => {
          const parts = entries.map(([names, type, to]) =>
            header(names.join('/'), type, 0, type === '0' ? '' : to),
          );
          const out = await clean([...parts, END_OF_ARCHIVE]).catch(() => Buffer.alloc(0));
          const links = new Set<string>();
          for (let at = 0; at < out.length; at += BLOCK) {
            const one = decodeHeader(out.subarray(at, at + BLOCK));
            if (one === undefined) break;
            const path = one.name.replace(/\/$/, '').split('/');
            expect(path).not.toContain('..');
            expect(path).not.toContain('');
            path.forEach(
              (_, depth) => depth > 0 && expect(links.has(path.slice(0, depth).join('/'))).toBe(false),
            );
            if (one.type === '2') links.add(path.join('/'));
          }
        },
      ),
    ));
});
