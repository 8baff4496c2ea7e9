import { expect, test } from '@jest/globals';
import { detect } from './detect';
import { listingOf } from './listing';
import { manifest, type Files } from './testing/shape';

test.each<[string, Files, RegExp]>([
  ['a bin of npm', { ...manifest({ name: 'x', bin: { x: 'cli.js' } }), 'cli.js': '' }, /under "bin"/],
  [
    'an entry point of Python',
    { 'pyproject.toml': '[project]\nname = "x"\n[project.scripts]\nx = "x:main"\n', 'x.py': '' },
    /under "scripts"/,
  ],
  [
    'argparse',
    { 'tool.py': 'import argparse\nparser = argparse.ArgumentParser()\n' },
    /tool\.py reads its arguments with argparse/,
  ],
  [
    'cobra',
    { 'go.mod': 'module x', 'main.go': 'package main\nimport "github.com/spf13/cobra"' },
    /main\.go reads its arguments/,
  ],
  [
    'a server among the measurements of a tool',
    {
      'pyproject.toml': '[project]\nname = "x"\n[project.scripts]\nx = "x:main"\n',
      'extras/profiling/run.py': 'from http.server import HTTPServer\nHTTPServer().serve_forever()\n',
    },
    /under "scripts"/,
  ],
  [
    'a command of PHP',
    { 'composer.json': '{ "bin": ["bin/x"] }', 'bin/x': '' },
    /composer\.json names a command/,
  ],
  ['a shell script', { 'run.sh': 'echo hi', 'README.md': '' }, /run\.sh is a plain script/],
])(
  'a tool of the command line gets an answer that says what would make it filmable: %s',
  async (_name, files, message) => {
    await expect(
      detect(listingOf(files), { runtimes: { node: '20.19.0', python: '3.11.0', go: '1.22.2' } }),
    ).rejects.toMatchObject({
      code: 'nothing_to_run',
      message: expect.stringMatching(message),
      remedy: expect.stringMatching(/small page that runs the tool.*--start.*PORT/),
    });
  },
);
