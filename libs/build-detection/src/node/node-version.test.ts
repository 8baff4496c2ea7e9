import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import type { Runtimes } from '../draft';
import { listingOf } from '../listing';
import { VITE, manifest, type Files } from '../testing/shape';

const RELEASES = [
  '16.20.2',
  '18.17.0',
  '18.20.8',
  '20.20.2',
  '22.1.0',
  '22.23.5',
  '24.22.3',
  '25.9.0',
  '26.12.1',
];
const RUNTIMES: Runtimes = {
  node: '20.20.2',
  python: '3.11.2',
  go: null,
  nodeReleases: RELEASES,
  shared: true,
};

const detected = (files: Files, runtime?: string) =>
  detect(listingOf({ ...manifest(VITE), ...files }), {
    runtimes: RUNTIMES,
    overrides: runtime === undefined ? {} : { runtime },
  });

describe('the Node that a source pins is what runs it', () => {
  test.each<[string, Files, string]>([
    ['.nvmrc of a line', { '.nvmrc': '18\n' }, '18.20.8'],
    ['.nvmrc with a comment', { '.nvmrc': '# what CI has\nv22.1.0 # no newer\n' }, '22.1.0'],
    ['.nvmrc by name', { '.nvmrc': 'lts/hydrogen' }, '18.20.8'],
    ['.nvmrc of any long support', { '.nvmrc': 'lts/*' }, '24.22.3'],
    ['.node-version', { '.node-version': 'v24' }, '24.22.3'],
    ['.tool-versions', { '.tool-versions': 'ruby 3.3.0\nnodejs 16.20.2 18.17.0\n' }, '16.20.2'],
    ['mise.toml', { 'mise.toml': '[tools]\nnode = "22"\n' }, '22.23.5'],
    ['mise.toml with a list', { '.mise.toml': '[tools]\nnode = ["18.17", "20"]\n' }, '18.17.0'],
    ['mise.toml with a table', { 'mise.toml': '[tools]\nnode = { version = "25" }\n' }, '25.9.0'],
    ['volta', manifest({ ...VITE, volta: { node: '22.1.0' } }), '22.1.0'],
    [
      'devEngines',
      manifest({ ...VITE, devEngines: { runtime: { name: 'node', version: '^18' } } }),
      '18.20.8',
    ],
    ['engines with an upper bound', manifest({ ...VITE, engines: { node: '>=16 <19' } }), '18.20.8'],
    ['engines with a lower bound', manifest({ ...VITE, engines: { node: '>=21' } }), '22.23.5'],
    ['engines of one line', manifest({ ...VITE, engines: { node: '24.x' } }), '24.22.3'],
    ['pin and engines', { ...manifest({ ...VITE, engines: { node: '<18.18' } }), '.nvmrc': '18' }, '18.17.0'],
    [
      'pin against engines',
      { ...manifest({ ...VITE, engines: { node: '>=20' } }), '.nvmrc': '18' },
      '18.20.8',
    ],
  ])('%s', async (_name, files, version) => {
    const found = await detected(files);
    expect(found.toolchain).toEqual({ name: 'node', version, from: 'npm' });
    expect(found.env['PATH']).toMatch(`/showrunner/runtimes/node-${version}/bin:`);
    expect(found.install).not.toMatch('node-linux');
    expect(found.reasons).toContainEqual({
      what: 'version',
      because: expect.stringContaining(`Node ${version}`),
    });
  });

  test.each<[string, Files, RegExp]>([
    ['nothing', {}, /Nothing names a version of Node; Node 20\.20\.2/],
    ['a loose pin', { '.nvmrc': 'node' }, /\.nvmrc says "node", which names no version/],
    ['its own line', { '.nvmrc': '20' }, /\.nvmrc asks for Node 20; Node 20\.20\.2 of the sandbox is that/],
    [
      'engines that it satisfies',
      manifest({ ...VITE, engines: { node: '>=18' } }),
      /package\.json wants Node >=18; Node 20\.20\.2/,
    ],
    [
      'engines that are no range',
      manifest({ ...VITE, engines: { node: 'the newest' } }),
      /engines\.node is no range/,
    ],
  ])('the sandbox has what is asked for: %s', async (_name, files, reason) => {
    const found = await detected(files);
    expect(found.toolchain).toEqual({ name: 'node', version: '20.20.2', from: 'sandbox' });
    expect(found.reasons.map((one) => one.because).join(' ')).toMatch(reason);
  });

  test('--runtime goes before every pin, showrunner.yaml before the files', async () => {
    expect((await detected({ '.nvmrc': '18' }, 'node@24')).toolchain?.version).toBe('24.22.3');
    expect(
      (await detected({ '.nvmrc': '18', 'showrunner.yaml': 'runtime: node@22.1.0' })).toolchain?.version,
    ).toBe('22.1.0');
  });

  test('a runtime of another language is told, not obeyed in silence', async () => {
    const found = await detected({}, 'python@3.13');
    expect(found.reasons).toContainEqual({
      what: 'ignored',
      because: expect.stringContaining('python 3.13'),
    });
  });

  test.each<[string, Files, string | undefined, RegExp, RegExp]>([
    [
      'a version that never was',
      { '.nvmrc': '18.99.0' },
      undefined,
      /\.nvmrc asks for Node 18\.99\.0/,
      /18\.20\.8, 18\.17\.0/,
    ],
    ['a line that is not there', { '.nvmrc': '99' }, undefined, /Node 99/, /node@20\.20\.2/],
    [
      'engines that nothing satisfies',
      manifest({ ...VITE, engines: { node: '99.x' } }),
      undefined,
      /package\.json asks for Node 99\.x/,
      /22\.23\.5/,
    ],
    ['asked for and not there', {}, 'node@77', /--runtime asks for Node 77/, /--runtime node@/],
  ])(
    'a version that cannot be had ends it, and what can is named: %s',
    async (_name, files, runtime, message, remedy) => {
      await expect(detected(files, runtime)).rejects.toMatchObject({
        code: 'runtime_unavailable',
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(remedy),
      });
    },
  );

  test.each([
    '../../bin/node',
    '/usr/bin/node',
    'https://example.org/node.tgz',
    'ref:main',
    'path:/tmp/node',
    'user@host',
  ])('a pin that is a place is refused: %s', async (text) => {
    const pins: Files[] = [
      { '.nvmrc': text },
      { '.tool-versions': `nodejs ${text}` },
      { 'mise.toml': `[tools]\nnode = "${text}"` },
    ];
    for (const files of pins)
      await expect(detected(files)).rejects.toMatchObject({ code: 'runtime_pin_refused' });
  });

  test('a folder that cannot run stops no other', async () => {
    const found = await detect(
      listingOf({
        ...Object.fromEntries(Object.entries(manifest(VITE)).map(([k, v]) => [`web/${k}`, v])),
        'old/.nvmrc': '99',
        'old/package.json': JSON.stringify({ scripts: { start: 'node a.js' } }),
      }),
      { runtimes: RUNTIMES, subdir: 'web' },
    );
    expect(found.dir).toBe('web');
  });
});
