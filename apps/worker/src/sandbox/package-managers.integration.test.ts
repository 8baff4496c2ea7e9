import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SandboxTestBench } from './sandbox-test-bench';

let bench: SandboxTestBench;
beforeAll(async () => {
  bench = await SandboxTestBench.start();
}, 90_000);
afterAll(() => bench.stop());

const SERVER = `
const isNumber = require('is-number');
require('node:http').createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end('<h1>' + isNumber(7) + ' ' + process.version + '</h1>');
}).listen(process.env.PORT);
`;

describe('package managers, fetched from the registry at the version that the source asks for', () => {
  test.each<[string, Record<string, unknown>, Record<string, string>, RegExp]>([
    ['pnpm 9', { packageManager: 'pnpm@9.11.0' }, {}, /<h1>true v20/],
    ['pnpm 10', { packageManager: 'pnpm@10.20.0' }, {}, /<h1>true v20/],
    [
      'pnpm, run by itself',
      { packageManager: 'pnpm@10.20.0', devEngines: { packageManager: { name: 'pnpm' } } },
      {},
      /<h1>true v20/,
    ],
    ['yarn 1', {}, { 'yarn.lock': '# yarn lockfile v1\n' }, /<h1>true v20/],
    ['yarn 4', { packageManager: 'yarn@4.9.4' }, {}, /<h1>true v20/],
    ['bun', { packageManager: 'bun@1.2.23' }, {}, /<h1>true v20/],
    ['another Node', { engines: { node: '22.x' } }, {}, /<h1>true v22/],
    [
      'a lock file that does not match',
      {},
      {
        'package-lock.json': '{"name":"x","lockfileVersion":3,"requires":true,"packages":{"":{"name":"x"}}}',
      },
      /<h1>true v20/,
    ],
  ])(
    '%s',
    async (_name, fields, files, expected) => {
      const build = await bench.create();
      const manifest = {
        name: 'x',
        scripts: { start: 'node server.js' },
        dependencies: { 'is-number': '7.0.0' },
        ...fields,
      };
      for (const [path, text] of Object.entries({
        'package.json': JSON.stringify(manifest),
        'server.js': SERVER,
        ...files,
      })) {
        await build.sandbox.writeFile(`/app/${path}`, text);
      }
      const buildSpec = await bench
        .activities()
        .detectBuild({ ...build.ref, buildId: build.buildId, overrides: {} });
      const app = await bench.startApp({ ...build, buildSpec });
      expect((await bench.get(build, app, '/')).body).toMatch(expected);
      await bench.provider.destroy(build.ref.sandboxId);
    },
    120_000,
  );
});
