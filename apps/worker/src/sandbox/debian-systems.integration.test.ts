import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { access, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { DebianSystems } from '@showrunner/runtimes';
import type { BuildSpec, RunningApp } from '@showrunner/contracts';
import { SandboxTestBench, type BenchBuild } from './sandbox-test-bench';
import { sharedRuntimes } from './shared-runtimes';

/**
 * Making a system takes a minute or two and half a gigabyte, so these tests run where somebody made the folder for them, which keeps them, and are
 * skipped, with a line that says so, elsewhere.
 */
const KEPT = resolve(import.meta.dirname, '../../../../.showrunner/debian-systems');
const isKept = await access(KEPT).then(
  () => true,
  () => false,
);
if (!isKept)
  process.stderr.write(`skipped: tests on Debian systems; mkdir ${KEPT} to have them made once and kept\n`);

interface Started extends BenchBuild {
  buildSpec: BuildSpec;
  app: RunningApp;
}

(isKept ? describe : describe.skip)('apps on a Debian system', () => {
  let bench: SandboxTestBench;
  let folder: string;
  let systems: DebianSystems;
  beforeAll(async () => {
    [bench, folder] = await Promise.all([SandboxTestBench.start(), mkdtemp(join(tmpdir(), 'on-debian-'))]);
    const place = bench.provider.systems?.folder ?? '';
    await mkdir(dirname(place), { recursive: true });
    await symlink(KEPT, place);
    systems = new DebianSystems({ folder: place, mirrorUrl: 'http://deb.debian.org/debian' });
  }, 120_000);
  afterAll(async () => {
    await bench.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function started(name: string, files: Record<string, string>): Promise<Started> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name, path)), { recursive: true });
      await writeFile(join(folder, name, path), text);
    }
    const runtimes = sharedRuntimes(bench.provider, { NPM_REGISTRY_URL: 'https://registry.npmjs.org' });
    const activities = bench.activities({}, [], { runtimes, systems });
    const build = await bench.create({ cpus: 2, memoryBytes: 3 * 1024 ** 3, diskBytes: 3 * 1024 ** 3 });
    const { ref, buildId, projectId } = build;
    const source = await bench.uploadFolder(join(folder, name), name);
    await activities.fetchSource({ ...ref, projectId, source });
    const buildSpec = await activities.detectBuild({ ...ref, buildId, overrides: {} });
    await activities.installApp({ ...ref, buildId, buildSpec });
    const app = await activities.startApp({ ...ref, buildId, projectId, buildSpec });
    return { ...build, buildSpec, app };
  }
  const page = async (one: Started, path = '/'): Promise<string> =>
    (await bench.get(one, one.app, path)).body;

  test('a project that requires Python 3.13 runs on that, and reaches neither network nor the system beneath it', async () => {
    const one = await started('python-3-13', {
      '.python-version': '3.13\n',
      'requirements.txt': 'flask\n',
      'app.py':
        'import sys\nfrom flask import Flask\napp = Flask(__name__)\n@app.route("/")\ndef home():\n    return "<title>x</title><h1>Python " + sys.version + "</h1>"\n',
    });
    expect(one.buildSpec.toolchain).toEqual({ name: 'python', version: '3.13', from: 'debian' });
    expect(await page(one)).toContain('Python 3.13.');
    const tried = await one.sandbox.exec(
      'touch /usr/x /etc/x; id -u; cat /etc/shadow; ls /var /root /work; curl -sm 5 http://deb.debian.org/ || echo no way out',
    );
    expect(tried.stdout).toMatch(/^1000$/m);
    expect(tried.stdout).toContain('no way out');
    expect(tried.stderr).toMatch(/\/usr\/x.*Read-only/);
    expect(tried.stderr).toMatch(/\/etc\/shadow.*No such file/);
    for (const dir of ['/var', '/root', '/work'])
      expect(tried.stderr).toMatch(new RegExp(`'${dir}': No such file`));
  }, 300_000);
});
