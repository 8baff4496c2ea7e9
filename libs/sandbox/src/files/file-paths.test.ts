import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodePath, encodePath, pathCommand, requirePath } from './file-paths';

describe('paths of a sandbox', () => {
  it('stand for the same bytes both ways, whatever these are', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) =>
        expect(encodePath(decodePath(Buffer.from(bytes)))).toEqual(Buffer.from(bytes)),
      ),
    ));

  it('lose slashes at their end alone', () => {
    expect(requirePath('/app///')).toBe('/app');
    expect(requirePath('/')).toBe('/');
    expect(requirePath('///')).toBe('/');
  });

  it.each(['app', '', '/a\0b', `/${'x'.repeat(4096)}`, '/\uD800'])('refuses %j', (path) =>
    expect(() => requirePath(path)).toThrow(expect.objectContaining({ code: 'file_path_invalid' })),
  );

  it('go into a command as they are, or escaped when an argv cannot hold them', () => {
    expect(pathCommand('true', '/a b😀', '1').slice(2)).toEqual(['true', 'files', '/a b😀', '1']);
    expect(pathCommand('true', '/\uDCE9', '1').slice(3)).toEqual(['files', '\\057\\0351', '1']);
  });
});
