import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SandboxTestBench } from './sandbox-test-bench';

let bench: SandboxTestBench;
beforeAll(async () => {
  bench = await SandboxTestBench.start();
}, 90_000);
afterAll(() => bench.stop());

const SERVER = `
import os
from http.server import BaseHTTPRequestHandler, HTTPServer
import itsdangerous
class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header('content-type', 'text/html')
        self.end_headers()
        self.wfile.write(('<h1>' + itsdangerous.Signer('k').sign('x').decode() + '</h1>').encode())
HTTPServer(('127.0.0.1', int(os.environ['PORT'])), Page).serve_forever()
`;
const PROJECT =
  '[project]\nname = "site"\nversion = "0.1.0"\nrequires-python = ">=3.9"\ndependencies = ["itsdangerous==2.2.0"]\n';
const WHEEL = 'c6242fc49e35958c8b15141343aa660db5fc54d4f13a1db01a3f5891b98700ef';
const SDIST = 'e0050c0b7da1eea53ffaf149c0cfbb5c6e2e2b69c4bef22c81fa6eb73e5f6173';
const UV_LOCK = `version = 1
revision = 3
requires-python = ">=3.9"

[[package]]
name = "itsdangerous"
version = "2.2.0"
source = { registry = "https://pypi.org/simple" }
wheels = [
    { url = "https://files.pythonhosted.org/packages/04/96/92447566d16df59b2a776c0fb82dbc4d9e07cd95062562af01e408583fc4/itsdangerous-2.2.0-py3-none-any.whl", hash = "sha256:${WHEEL}" },
]

[[package]]
name = "site"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "itsdangerous" }]

[package.metadata]
requires-dist = [{ name = "itsdangerous", specifier = "==2.2.0" }]
`;
const PIPFILE =
  '[[source]]\nurl = "https://pypi.org/simple"\nverify_ssl = true\nname = "pypi"\n[packages]\nitsdangerous = "==2.2.0"\n';
const PIPFILE_LOCK = JSON.stringify({
  _meta: {
    hash: { sha256: '' },
    'pipfile-spec': 6,
    requires: {},
    sources: [{ name: 'pypi', url: 'https://pypi.org/simple', verify_ssl: true }],
  },
  default: {
    itsdangerous: { hashes: [`sha256:${WHEEL}`, `sha256:${SDIST}`], index: 'pypi', version: '==2.2.0' },
  },
  develop: {},
});
const POETRY_LOCK = `[[package]]
name = "itsdangerous"
version = "2.2.0"
description = ""
optional = false
python-versions = ">=3.8"
groups = ["main"]
files = [
    {file = "itsdangerous-2.2.0-py3-none-any.whl", hash = "sha256:${WHEEL}"},
    {file = "itsdangerous-2.2.0.tar.gz", hash = "sha256:${SDIST}"},
]

[metadata]
lock-version = "2.1"
python-versions = ">=3.9"
content-hash = ""
`;
const PDM_LOCK = `[metadata]
groups = ["default"]
strategy = ["inherit_metadata"]
lock_version = "4.5.0"
content_hash = ""

[[metadata.targets]]
requires_python = ">=3.9"

[[package]]
name = "itsdangerous"
version = "2.2.0"
requires_python = ">=3.8"
summary = ""
groups = ["default"]
files = [
    {file = "itsdangerous-2.2.0-py3-none-any.whl", hash = "sha256:${WHEEL}"},
    {file = "itsdangerous-2.2.0.tar.gz", hash = "sha256:${SDIST}"},
]
`;

/** A sandbox has the Go of its machine, if there is one. */
const HAS_GO = ['/usr/local/go/bin/go', '/usr/bin/go', '/usr/local/bin/go'].some((file) => existsSync(file));
if (!HAS_GO) process.stderr.write('Go is not installed: the test of Go is skipped.\n');

describe('Python with the managers of its lock files, and Go', () => {
  test.each<[string, string, Record<string, string>, RegExp]>([
    ['uv', 'uv', { 'pyproject.toml': PROJECT, 'uv.lock': UV_LOCK, 'serve.py': SERVER }, /<h1>x\./],
    ['pipenv', 'pipenv', { Pipfile: PIPFILE, 'Pipfile.lock': PIPFILE_LOCK, 'serve.py': SERVER }, /<h1>x\./],
    [
      'poetry',
      'poetry',
      {
        'pyproject.toml': `${PROJECT}[tool.poetry]\npackage-mode = false\n`,
        'poetry.lock': POETRY_LOCK,
        'serve.py': SERVER,
      },
      /<h1>x\./,
    ],
    ['pdm', 'pdm', { 'pyproject.toml': PROJECT, 'pdm.lock': PDM_LOCK, 'serve.py': SERVER }, /<h1>x\./],
    [
      'a lock file that its manager cannot read',
      'uv',
      { 'pyproject.toml': PROJECT, 'uv.lock': 'broken', 'serve.py': SERVER },
      /<h1>x\./,
    ],
    [
      'go, on another port than it says',
      'go',
      {
        'go.mod': 'module example.org/site\n\ngo 1.21\n\nrequire github.com/google/uuid v1.6.0\n',
        'go.sum':
          'github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=\ngithub.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n',
        'main.go':
          'package main\n\nimport (\n\t"fmt"\n\t"net/http"\n\n\t"github.com/google/uuid"\n)\n\nfunc main() {\n\tport := 9321\n\thttp.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {\n\t\tw.Header().Set("Content-Type", "text/html")\n\t\tfmt.Fprintf(w, "<h1>%d</h1>", len(uuid.New().String()))\n\t})\n\thttp.ListenAndServe(fmt.Sprintf("127.0.0.1:%d", port), nil)\n}\n',
      },
      /<h1>36/,
    ],
  ])(
    '%s',
    async (name, manager, files, expected) => {
      if (manager === 'go' && !HAS_GO) return;
      const build = await bench.create();
      for (const [path, text] of Object.entries(files)) await build.sandbox.writeFile(`/app/${path}`, text);
      const buildSpec = await bench
        .activities()
        .detectBuild({ ...build.ref, buildId: build.buildId, overrides: {} });
      expect(buildSpec.packageManager).toBe(manager);
      expect((await bench.database.builds.get(build.buildId)).plan).toEqual(buildSpec);
      const app = await bench.startApp({ ...build, buildSpec });
      // What was expected and what listens may differ: what listens counts.
      if (manager === 'go') expect([buildSpec.port, app.port]).toEqual([8080, 9321]);
      expect((await bench.get(build, app, '/')).body).toMatch(expected);
      const log = (await bench.store.read(`builds/${build.buildId}/build.log`)).toString();
      const byPip = /^\w+ did not install it; pip tries\.$/m.test(log);
      process.stderr.write(`${name}: ${byPip ? 'by pip' : 'as locked'}\n`);
      if (files['uv.lock'] !== undefined) expect(byPip).toBe(files['uv.lock'] === 'broken');
      await bench.provider.destroy(build.ref.sandboxId);
    },
    180_000,
  );
});
