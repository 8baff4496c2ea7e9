import { describe, expect, it } from '@jest/globals';
import { parseListing } from './listing';

const line = (name: string, mode = '81a4'): string =>
  `${mode}|5|9|1700000000|2023-11-14 22:13:20.250000000 +0000|2023-11-14 22:13:20.0 +0000|${name}\n`;

describe('parseListing', () => {
  it('reads batches, targets of links, and times to the millisecond', () => {
    const output = `${line('/a')}${line('/l', 'a1ff')}\0/a\0\0/l\0there\0\0${line('/b\n', '41ed')}\0/b\n\0\0\0`;
    expect(parseListing(Buffer.from(output))).toMatchObject([
      { path: '/a', kind: 'file', bytes: 5, mode: 0o644, modifiedAt: '2023-11-14T22:13:20.250Z' },
      { path: '/l', kind: 'link', target: 'there' },
      { path: '/b\n', kind: 'directory', mode: 0o755 },
    ]);
  });

  it('leaves out what vanished between its name and its facts, and a batch that was cut off', () => {
    const output = `${line('/a')}${line('/c')}\0/a\0\0/gone\0\0/c\0\0\0${line('/d')}\0/d`;
    expect(parseListing(Buffer.from(output)).map(({ path }) => path)).toEqual(['/a', '/c']);
  });

  it('is not misled by names that look like facts', () => {
    const name = `/x\n${line('/y').trim()}`;
    expect(parseListing(Buffer.from(`${line(name)}\0${name}\0\0\0`))).toMatchObject([{ path: name }]);
  });
});
