import { describe, expect, it } from '@jest/globals';
import { readSourceArgument } from './source-argument';

const codeOf = (argument: string): string => {
  try {
    readSourceArgument(argument);
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('readSourceArgument', () => {
  it('knows Git URLs and folders', () => {
    expect(readSourceArgument('https://example.test/app.git')).toEqual({
      kind: 'git',
      url: 'https://example.test/app.git',
    });
    expect(readSourceArgument(import.meta.dirname)).toEqual({ kind: 'folder', folder: import.meta.dirname });
  });

  it('takes SSH addresses with a key alone', () => {
    for (const url of ['git@example.test:team/app.git', 'ssh://git@example.test:2222/app.git'])
      expect(readSourceArgument(url, 'id_ed25519')).toEqual({ kind: 'git', url });
    expect(() => readSourceArgument('git@example.test:a b', 'id_ed25519')).toThrow();
  });

  it.each([
    ['-upload-pack=touch /tmp/x', 'unsafe_source'],
    ['', 'unsafe_source'],
    ['ext::sh -c id', 'unsupported_scheme'],
    ['file:///etc', 'unsupported_scheme'],
    ['ssh://host/x', 'unsupported_scheme'],
    ['git@host:x.git', 'unsupported_scheme'],
    ['./nowhere-to-be-found', 'source_missing'],
    [import.meta.filename, 'unknown_archive'],
  ])('refuses %s with %s', (argument, code) => {
    expect(codeOf(argument)).toBe(code);
  });
});
