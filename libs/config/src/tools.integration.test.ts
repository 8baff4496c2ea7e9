import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findTool, isFound, requireTool, toolCatalogue, toolVersion } from './tools';
import type { FoundTool, ToolSearch } from './tools';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'showrunner-tools-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a program; by itself one that prints a version. */
function program(name: string, script = 'echo "tool 1.2.3"'): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
const search = (change: Partial<ToolSearch>): ToolSearch => ({
  env: { PATH: '' },
  cacheFolders: [],
  packagePath: () => undefined,
  ...change,
});

describe('findTool', () => {
  test('takes the own setting before the package, the package before PATH, PATH before the cache', () => {
    const own = program('own/ffmpeg');
    const packaged = program('package/ffmpeg');
    const onPath = program('path/ffmpeg');
    const everything: ToolSearch = {
      env: { PATH: join(folder, 'path'), FFMPEG_PATH: own },
      packagePath: () => packaged,
    };
    expect(findTool('ffmpeg', everything)).toMatchObject({ path: own, origin: 'setting' });
    const env = { PATH: join(folder, 'path') };
    expect(findTool('ffmpeg', { ...everything, env })).toMatchObject({ path: packaged, origin: 'package' });
    expect(findTool('ffmpeg', search({ env }))).toMatchObject({ path: onPath, origin: 'path' });
    const cached = program('cache/temporal');
    expect(findTool('temporal', search({ cacheFolders: [join(folder, 'cache')] }))).toMatchObject({
      path: cached,
      origin: 'cache',
    });
  });

  test('does not fall back when a setting is wrong', () => {
    program('path/bwrap');
    writeFileSync(join(folder, 'not-executable'), '');
    const env = { PATH: join(folder, 'path'), BWRAP_PATH: join(folder, 'not-executable') };
    expect(findTool('bwrap', search({ env }))).toEqual({
      name: 'bwrap',
      reason: `BWRAP_PATH is set to "${env.BWRAP_PATH}", which is not an executable file.`,
      remedy: 'Set BWRAP_PATH to the path of bwrap, or unset it.',
    });
  });

  test('skips a package whose program was never downloaded, and folders of PATH that are relative', () => {
    const onPath = program('path/ffmpeg');
    const env = { PATH: `relative:${join(folder, 'path')}` };
    const packagePath = () => join(folder, 'nothing-here');
    expect(findTool('ffmpeg', search({ env, packagePath }))).toMatchObject({ path: onPath });
  });

  test('what runs inside a sandbox counts only where a sandbox sees it', () => {
    const elsewhere = program('path/python3');
    const found = findTool('python3', search({ env: { PATH: join(folder, 'path') } }));
    expect(isFound(found) && found.path).not.toBe(elsewhere);
  });

  test.each(toolCatalogue.map(({ name }) => name))('says how to mend a missing %s', (name) => {
    const result = findTool(name, search({}));
    // Some folders of the system are always searched, so some are found wherever the tests run.
    if (isFound(result)) expect(result.path).toMatch(/^\/(usr\/)?(local\/)?s?bin\//);
    else expect(result.remedy).toMatch(/apt-get install -y \S+|npm run setup/);
  });
});

test('requireTool throws an error that names tool, purpose and command', () => {
  expect(() => requireTool('bwrap', search({}))).toThrow(
    expect.objectContaining({
      code: 'tool_missing',
      message: 'bwrap is not installed; it is needed to isolate the sandboxes.',
      remedy: expect.stringContaining('apt-get install -y bubblewrap'),
    }),
  );
});

test('toolVersion gives the first line with a number, and nothing for a program that fails', async () => {
  const tool = (path: string): FoundTool => ({ name: 'git', path, origin: 'path' });
  expect(await toolVersion(tool(program('git')))).toBe('tool 1.2.3');
  expect(await toolVersion(tool(program('broken', 'exit 1')))).toBeUndefined();
  expect(await toolVersion(tool(join(folder, 'gone')))).toBeUndefined();
});
