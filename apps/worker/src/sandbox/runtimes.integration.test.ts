import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxTestBench } from './sandbox-test-bench';
import { sharedRuntimes } from './shared-runtimes';

let bench: SandboxTestBench;
let folder: string;
beforeAll(async () => {
  [bench, folder] = await Promise.all([SandboxTestBench.start(), mkdtemp(join(tmpdir(), 'node-18-'))]);
}, 120_000);
afterAll(async () => {
  await bench.stop();
  await rm(folder, { recursive: true, force: true });
});

const SERVER = `require('http').createServer((_, answer) => {
  answer.setHeader('content-type', 'text/html');
  answer.end('<title>x</title><h1>Node ' + process.version + ' npm ' + process.env.npm_config_user_agent + '</h1>');
}).listen(process.env.PORT || 3000);`;

test('an app whose .nvmrc names another Node runs on that, which no sandbox can change', async () => {
  await writeFile(join(folder, 'server.js'), SERVER);
  await writeFile(join(folder, '.nvmrc'), 'lts/hydrogen\n');
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'x', scripts: { start: 'node server.js' } }),
  );
  const runtimes = sharedRuntimes(bench.provider, { NPM_REGISTRY_URL: 'https://registry.npmjs.org' });
  const activities = bench.activities({}, [], { runtimes });
  const build = await bench.create();
  const { ref, buildId, projectId, sandbox } = build;
  await activities.fetchSource({ ...ref, projectId, source: await bench.uploadFolder(folder, 'node-18') });
  const buildSpec = await activities.detectBuild({ ...ref, buildId, overrides: {} });
  expect(buildSpec.toolchain).toMatchObject({
    name: 'node',
    version: expect.stringMatching(/^18\.\d+\.\d+$/),
    from: 'npm',
  });
  await activities.installApp({ ...ref, buildId, buildSpec });
  const app = await activities.startApp({ ...ref, buildId, projectId, buildSpec });
  const page = await bench.get(build, app, '/');
  expect(page.body).toContain(`Node v${buildSpec.toolchain?.version ?? ''}`);
  expect(page.body).toContain('npm/10.8.2');
  const written = await sandbox.exec(
    'touch /showrunner/runtimes/x /showrunner/x; rm -rf /showrunner/runtimes/*; ls /showrunner/runtimes',
  );
  expect(written.stderr).toMatch(/Read-only file system/);
  expect(written.stdout).toContain('node-18');
}, 240_000);
