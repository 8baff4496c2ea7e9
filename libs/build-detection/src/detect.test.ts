import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { detect, type DetectOptions } from './detect';
import { listingOf } from './listing';
import { NODE_SHAPES } from './testing/node-shapes';
import { OTHER_SHAPES } from './testing/other-shapes';
import { VITE, at, json, manifest, type Files } from './testing/shape';

describe('detect', () => {
  test.each([...NODE_SHAPES, ...OTHER_SHAPES])('$name', async ({ files, options, plan }) => {
    const found = await detect(listingOf(files), options);
    expect(found).toMatchObject(plan);
    expect(found.reasons.length).toBeGreaterThan(0);
    expect(found.reasons.every((reason) => reason.endsWith('.'))).toBe(true);
  });

  test.each<[string, Files, DetectOptions | undefined, string, RegExp]>([
    ['only words', { 'README.md': '# x' }, undefined, 'nothing_to_run', /--start/],
    ['nothing at all', {}, undefined, 'nothing_to_run', /--start/],
    ['a package.json that is no JSON', { 'package.json': '{' }, undefined, 'nothing_to_run', /--start/],
    ['a desktop app', manifest({ scripts: { start: 'electron .' } }), undefined, 'nothing_to_run', /--start/],
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
      'an unknown key of showrunner.yaml',
      { ...manifest(VITE), 'showrunner.yaml': 'network: all' },
      undefined,
      'repository_config_invalid',
      /nothing else/,
    ],
    [
      'a showrunner.yaml that is no YAML',
      { ...manifest(VITE), 'showrunner.yaml': 'a: [' },
      undefined,
      'repository_config_invalid',
      /showrunner.yaml/,
    ],
  ])('refuses %s', async (_name, files, options, code, remedy) => {
    await expect(detect(listingOf(files), options)).rejects.toMatchObject({
      code,
      status: 400,
      remedy: expect.stringMatching(remedy),
    });
  });

  test('names files that are not used', async () => {
    const plan = await detect(listingOf({ ...manifest(VITE), Dockerfile: '', 'docker-compose.yml': '' }));
    expect(plan.reasons).toEqual(
      expect.arrayContaining([
        'The Dockerfile is not used.',
        'docker-compose.yml names services that are not started.',
      ]),
    );
  });

  test('never reaches beyond the public registries, whatever the files say', async () => {
    const path = fc.constantFrom(
      'package.json',
      'package-lock.json',
      'pnpm-lock.yaml',
      'requirements.txt',
      'pyproject.toml',
      'app.py',
      'index.html',
      'Procfile',
      'pnpm-workspace.yaml',
      'Pipfile',
      'showrunner.yaml',
      'Dockerfile',
      'a/package.json',
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom(
        json(VITE),
        'Flask==3',
        'app = Flask(__name__)',
        '<h1>x</h1>',
        '[project]\ndependencies = ["flask"]',
        'packages: [a]',
        '&a [*a]',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.dictionary(path, text), async (files) => {
        const plan = await detect(listingOf(files)).catch((error: { code?: string }) => {
          // Whatever is thrown is ours, with a code.
          expect(typeof error.code).toBe('string');
          return undefined;
        });
        for (const host of plan?.installHosts ?? [])
          expect([
            'registry.npmjs.org',
            'registry.yarnpkg.com',
            'pypi.org',
            'files.pythonhosted.org',
          ]).toContain(host);
      }),
      { numRuns: 300 },
    );
  });
});
