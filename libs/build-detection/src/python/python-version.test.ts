import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import type { Runtimes } from '../draft';
import { listingOf } from '../listing';
import type { Files } from '../testing/shape';
import { pythonSatisfies } from './python-version';

const APP: Files = {
  'app.py': 'from flask import Flask\napp = Flask(__name__)\n',
  'requirements.txt': 'flask\n',
};
const project = (requires: string): Files => ({
  'app.py': APP['app.py'] ?? '',
  'pyproject.toml': `[project]\nname = "x"\nversion = "1"\nrequires-python = "${requires}"\ndependencies = ["flask"]\n`,
});
const SANDBOX: Runtimes = { node: '20.20.2', python: '3.11.2', go: null };

const detected = (files: Files, runtime?: string, systems = true) =>
  detect(listingOf(files), {
    runtimes: { ...SANDBOX, systems },
    overrides: runtime === undefined ? {} : { runtime },
  });

describe('the Python that a source pins is what runs it', () => {
  test.each<[string, Files, string | undefined, string, string]>([
    ['requires-python', project('>=3.12'), undefined, '3.13', 'trixie'],
    ['requires-python of one line', project('==3.13.*'), undefined, '3.13', 'trixie'],
    ['an old one', project('>=3.8,<3.11'), undefined, '3.9', 'bullseye'],
    ['the newest', project('>=3.14'), undefined, '3.14', 'forky'],
    ['.python-version', { ...APP, '.python-version': '3.13\n' }, undefined, '3.13', 'trixie'],
    ['runtime.txt', { ...APP, 'runtime.txt': 'python-3.9.18' }, undefined, '3.9', 'bullseye'],
    ['.tool-versions', { ...APP, '.tool-versions': 'python 3.13.1' }, undefined, '3.13', 'trixie'],
    ['mise.toml', { ...APP, 'mise.toml': '[tools]\npython = "3.14"' }, undefined, '3.14', 'forky'],
    [
      'Pipfile',
      {
        'app.py': APP['app.py'] ?? '',
        Pipfile: '[packages]\nflask = "*"\n[requires]\npython_version = "3.13"',
      },
      undefined,
      '3.13',
      'trixie',
    ],
    [
      'setup.cfg',
      { ...APP, 'setup.cfg': '[options]\npython_requires = >=3.12\n' },
      undefined,
      '3.13',
      'trixie',
    ],
    ['--runtime', { ...APP, '.python-version': '3.9' }, 'python@3.13', '3.13', 'trixie'],
    [
      'a pin that is not there, where its project allows more',
      { ...project('>=3.12'), '.python-version': '3.12' },
      undefined,
      '3.13',
      'trixie',
    ],
  ])('%s', async (_name, files, runtime, version, suite) => {
    const found = await detected(files, runtime);
    expect(found.toolchain).toEqual({ name: 'python', version, from: 'debian' });
    expect(found.system).toMatchObject({
      suite,
      packages: expect.arrayContaining(['python3', 'python3-venv']),
    });
    expect(found.install).not.toMatch('ignore-requires-python');
    expect(found.reasons).toContainEqual({
      what: 'version',
      because: expect.stringContaining(`Debian ${suite}`),
    });
  });

  test.each<[string, Files]>([
    ['nothing', APP],
    ['a range that it satisfies', project('>=3.9')],
    ['its own line', { ...APP, '.python-version': '3.11.9' }],
    ['only the major', { ...APP, '.python-version': '3' }],
    ['no version', { ...APP, '.python-version': 'system' }],
  ])('the sandbox has what is asked for: %s', async (_name, files) => {
    const found = await detected(files);
    expect(found.toolchain).toEqual({ name: 'python', version: '3.11.2', from: 'sandbox' });
    expect(found.system).toBeUndefined();
  });

  test.each<[string, Files, string | undefined, boolean, RegExp, RegExp]>([
    [
      'a line that Debian never had',
      { ...APP, '.python-version': '3.12' },
      undefined,
      true,
      /\.python-version asks for Python 3\.12/,
      /python@3\.13/,
    ],
    [
      'one that is no CPython',
      { ...APP, '.python-version': 'pypy3.10-7.3.16' },
      undefined,
      true,
      /pypy3\.10/,
      /3\.13/,
    ],
    [
      'a range that nothing satisfies',
      project('>=4'),
      undefined,
      true,
      /The project asks for Python >=4/,
      /3\.13, 3\.11, 3\.9, 3\.14/,
    ],
    ['asked for and not there', APP, 'python@3.5', true, /--runtime asks for Python 3\.5/, /3\.13/],
    [
      'no Debian beneath the sandbox',
      project('>=3.13'),
      undefined,
      false,
      />=3\.13/,
      /Python 3\.11 can be had/,
    ],
  ])(
    'a version that cannot be had ends it, and what can is named: %s',
    async (_name, files, runtime, systems, message, remedy) => {
      await expect(detected(files, runtime, systems)).rejects.toMatchObject({
        code: 'runtime_unavailable',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(remedy),
      });
    },
  );

  test.each(['/usr/bin/python3', 'https://example.org/python.tgz', '../venv', 'ref:main'])(
    'a pin that is a place is refused: %s',
    async (text) => {
      for (const name of ['.python-version', 'runtime.txt'])
        await expect(detected({ ...APP, [name]: text })).rejects.toMatchObject({
          code: 'runtime_pin_refused',
        });
    },
  );

  test.each([
    ['3.11.2', '==3.11.*', true],
    ['3.1.0', '==3.11.*', false],
    ['3.13.5', '>=3.13.1', true],
    ['3.11.2', '~=3.11.0', true],
    ['3.13.5', '<3.13', false],
  ])('%s for %s: %s', (version, range, fits) => {
    expect(pythonSatisfies(version, range)).toBe(fits);
  });
});
