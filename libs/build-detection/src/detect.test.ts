import { describe, expect, test } from '@jest/globals';
import { BuildSpecSchema } from '@showrunner/contracts';
import { detect, type DetectOptions } from './detect';
import { listingOf } from './listing';
import { FRAMEWORK_SHAPES } from './testing/framework-shapes';
import { NODE_SHAPES } from './testing/node-shapes';
import { OTHER_SHAPES } from './testing/other-shapes';
import { PUBLIC_SHAPES } from './testing/public-shapes';
import { PYTHON_SHAPES } from './testing/python-shapes';
import { VITE, at, manifest, type Files } from './testing/shape';
import { SITE_SHAPES } from './testing/site-shapes';
import { STRANGER_SHAPES } from './testing/stranger-shapes';
import { WORKSPACE_SHAPES } from './testing/workspace-shapes';

const SHAPES = [
  ...NODE_SHAPES,
  ...FRAMEWORK_SHAPES,
  ...WORKSPACE_SHAPES,
  ...PYTHON_SHAPES,
  ...OTHER_SHAPES,
  ...STRANGER_SHAPES,
  ...PUBLIC_SHAPES,
  ...SITE_SHAPES,
];

describe('detect', () => {
  test.each(SHAPES)('$name', async ({ files, options, buildSpec, told }) => {
    const found = await detect(listingOf(files), options);
    expect(found).toMatchObject(buildSpec);
    expect(BuildSpecSchema.parse(found)).toEqual(found);
    for (const [what, sentence] of Object.entries(told ?? {})) {
      const said = found.reasons.filter((reason) => reason.what === what).map((reason) => reason.because);
      expect(said.join(' ')).toMatch(sentence);
    }
    // Whatever was decided has a reason, and each reason is a sentence.
    const subjects = new Set(found.reasons.map(({ what }) => what));
    for (const what of ['framework', 'start'] as const) expect(subjects).toContain(what);
    if (found.port !== null) expect(subjects).toContain('port');
    if (found.install !== null) expect([...subjects].some((one) => /manager|install/.test(one))).toBe(true);
    if (found.setup.length > 0) expect([...subjects].some((one) => /setup|environment/.test(one))).toBe(true);
    expect(found.reasons.every(({ because }) => /^\S.*\.$/s.test(because))).toBe(true);
  });

  test('the table is as long as promised, and no shape is in it twice', () => {
    expect(new Set(SHAPES.map(({ name }) => name)).size).toBe(SHAPES.length);
    expect(SHAPES.length).toBeGreaterThanOrEqual(60);
  });

  test.each<[string, Files, DetectOptions | undefined, string, RegExp]>([
    ['only words', { 'README.md': '# x' }, undefined, 'nothing_to_run', /--start/],
    ['nothing at all', {}, undefined, 'nothing_to_run', /--start/],
    ['a package.json that is no JSON', { 'package.json': '{' }, undefined, 'nothing_to_run', /--start/],
    ['a desktop app', manifest({ scripts: { start: 'electron .' } }), undefined, 'nothing_to_run', /--start/],
    [
      'a site of Hugo without its theme',
      {
        'hugo.toml': 'theme = "far"',
        'content/a.md': '',
        '.gitmodules': '[submodule "far"]\n\tpath = themes/far\n',
      },
      undefined,
      'stack_unsupported',
      /git submodule update --init/,
    ],
    [
      'a theme of Hugo without a site',
      { 'theme.toml': 'name = "X"', 'layouts/index.html': '', 'go.mod': 'module x' },
      undefined,
      'stack_unsupported',
      /--subdir/,
    ],
    [
      'a site of Jekyll whose theme lies elsewhere',
      { '_config.yml': 'remote_theme: a/b', '_posts/x.md': '' },
      { runtimes: { node: '20.19.0', python: '3.11.0', go: null, systems: true } },
      'stack_unsupported',
      /Copy the theme/,
    ],
    [
      'a library with examples',
      {
        ...manifest({ main: 'x.js' }),
        ...at('examples/a', manifest(VITE)),
        ...at('examples/b', manifest(VITE)),
      },
      undefined,
      'several_apps',
      /examples\/a, examples\/b/,
    ],
    [
      'only a Dockerfile',
      { Dockerfile: 'FROM php\nEXPOSE 8080\nCMD ["php", "-S", "0.0.0.0:8080"]' },
      undefined,
      'dockerfile_unsupported',
      /--start "php -S 0.0.0.0:8080" --port 8080/,
    ],
    ['only a compose file', { 'docker-compose.yml': '' }, undefined, 'compose_unsupported', /--subdir/],
    ['another language', { 'go.mod': '', 'main.go': '' }, undefined, 'stack_unsupported', /--start/],
    [
      'a folder that is not there',
      manifest(VITE),
      { subdir: 'nope' },
      'subdir_not_found',
      /Leave --subdir out/,
    ],
    [
      'a folder outside',
      { ...manifest(VITE), 'a/b': '' },
      { subdir: '../etc' },
      'subdir_not_found',
      /for example a/,
    ],
    [
      'a Dockerfile that is asked for and not there',
      manifest(VITE),
      { buildsDockerfiles: true, overrides: { dockerfile: '../Dockerfile' } },
      'dockerfile_not_found',
      /relative to the folder of the app/,
    ],
    [
      'a Dockerfile that is asked for, of a provider that builds none',
      { ...manifest(VITE), Dockerfile: 'FROM x' },
      { overrides: { dockerfile: 'Dockerfile' } },
      'dockerfile_unsupported',
      /provider docker/,
    ],
    [
      'a Dockerfile and a command',
      { ...manifest(VITE), 'showrunner.yaml': 'dockerfile: Dockerfile\nstart: make', Dockerfile: 'FROM x' },
      { buildsDockerfiles: true },
      'dockerfile_or_start',
      /one of the two/,
    ],
    [
      'Go where there is none',
      { 'go.mod': '', 'main.go': 'package main' },
      undefined,
      'stack_unsupported',
      /--start/,
    ],
  ])('refuses %s', async (_name, files, options, code, remedy) => {
    await expect(detect(listingOf(files), options)).rejects.toMatchObject({
      code,
      status: 400,
      remedy: expect.stringMatching(remedy),
    });
  });

  test('names files that are not used', async () => {
    const buildSpec = await detect(
      listingOf({ ...manifest(VITE), Dockerfile: '', 'docker-compose.yml': '' }),
    );
    expect(buildSpec.reasons).toEqual(
      expect.arrayContaining([
        { what: 'ignored', because: 'The Dockerfile is not used: the app starts without it.' },
        { what: 'unmet', because: 'docker-compose.yml names services; only the app itself is started.' },
      ]),
    );
  });
});
