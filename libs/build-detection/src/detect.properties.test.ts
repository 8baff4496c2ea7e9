import { describe, expect, test } from '@jest/globals';
import { BuildSpecSchema, InvalidInputError, type BuildSpec } from '@showrunner/contracts';
import fc from 'fast-check';
import { detect } from './detect';
import { filesWorthReading } from './listing';
import { at, json, manifest, type Files } from './testing/shape';

const RUNTIMES = { node: '20.19.0', python: '3.11.2', go: '1.22.2' };
const HOSTS = [
  'registry.npmjs.org',
  'registry.yarnpkg.com',
  'pypi.org',
  'files.pythonhosted.org',
  'proxy.golang.org',
  'sum.golang.org',
];
const NAMES = [
  'package.json',
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'pnpm-workspace.yaml',
  'lerna.json',
  'requirements.txt',
  'pyproject.toml',
  'Pipfile',
  'uv.lock',
  'app.py',
  'manage.py',
  'site/settings.py',
  'index.html',
  'Procfile',
  'showrunner.yaml',
  'Dockerfile',
  'go.mod',
  'main.go',
  '.nvmrc',
  '.python-version',
  '.flaskenv',
  'README.md',
  'vite.config.ts',
  'prisma/schema.prisma',
  'a/package.json',
  'apps/web/package.json',
  'migrations/env.py',
];

const script = fc.oneof(
  fc.string(),
  fc.constantFrom('vite --port 1234', 'next start', 'npm run dev', 'electron .'),
);
const packageJson = fc
  .record(
    {
      name: fc.oneof(fc.string(), fc.integer()),
      scripts: fc.oneof(
        fc.dictionary(fc.constantFrom('dev', 'start', 'build', '__proto__', 'seed', 'toString'), script),
        fc.string(),
        fc.constant(null),
      ),
      dependencies: fc.oneof(
        fc.dictionary(
          fc.constantFrom('vite', 'next', 'prisma', 'react-scripts', 'x', '__proto__'),
          fc.string(),
        ),
        fc.array(fc.string()),
      ),
      workspaces: fc.oneof(
        fc.array(fc.constantFrom('apps/*', '**', '!a', '{a,b', '*'.repeat(40))),
        fc.string(),
      ),
      packageManager: fc.oneof(fc.string(), fc.constantFrom('pnpm@9.1.0', 'yarn@4.0.0', 'npm@x')),
      engines: fc.oneof(fc.dictionary(fc.constantFrom('node', 'pnpm'), fc.string()), fc.string()),
      volta: fc.oneof(fc.string(), fc.record({ node: fc.string() })),
      main: fc.oneof(fc.string(), fc.boolean()),
      prisma: fc.anything(),
    },
    { requiredKeys: [] },
  )
  .map(json);
const text = fc.oneof(
  packageJson,
  fc.string(),
  fc.json(),
  fc.constantFrom(
    'Flask==3',
    'app = Flask(__name__)',
    'app = FastAPI()',
    'package main\nimport "net/http"',
    '<h1>x</h1>',
    '[project]\ndependencies = ["flask"]\nrequires-python = ">=4"',
    '[tool.poetry.dependencies]\nx = {git = "y"}',
    'packages: [a, "apps/*"]',
    'web: node x.js',
    '&a [*a]',
    'FROM a\nEXPOSE 1\nCMD ["a"',
    'provider = "sqlite"\nurl = env("X")',
  ),
);
const listings: fc.Arbitrary<Files> = fc.oneof(
  fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string({ minLength: 1 })), text),
  packageJson.map((content) => ({ 'package.json': content })),
);

/** The build spec, or the code of the refusal; anything else that is thrown fails the test. */
async function outcome(files: Files, paths = Object.keys(files)): Promise<BuildSpec | string> {
  try {
    return await detect(
      { files: paths, read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined) },
      { runtimes: RUNTIMES },
    );
  } catch (error) {
    if (error instanceof InvalidInputError) return error.code;
    throw error;
  }
}

describe('detect, whatever the files say', () => {
  test('answers a build spec within its schema or refuses with a code, and names only public registries', async () => {
    await fc.assert(
      fc.asyncProperty(listings, async (files) => {
        const found = await outcome(files);
        if (typeof found === 'string') return;
        expect(() => BuildSpecSchema.parse(found)).not.toThrow();
        expect(found.start).not.toBe('');
        for (const host of found.installHosts) expect(HOSTS).toContain(host);
      }),
      { numRuns: 500 },
    );
  });

  test('answers the same for the same files in any order, some of them twice', async () => {
    const shuffled = listings.chain((files) =>
      fc.tuple(
        fc.constant(files),
        fc.shuffledSubarray(Object.keys(files), { minLength: Object.keys(files).length }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([files, order]) => {
        const found = await outcome(files);
        expect(await outcome(files)).toEqual(found);
        expect(await outcome(files, [...order, ...order.slice(0, 2)])).toEqual(found);
        expect(filesWorthReading(order)).toEqual(filesWorthReading(Object.keys(files)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('commands', () => {
  // Every name holds the mark and something that a shell would act upon.
  const hostile = fc
    .tuple(
      fc.constantFrom(
        '$(PWN)',
        '`PWN`',
        ';PWN;',
        '"PWN',
        "'PWN'",
        '\nPWN\n',
        '&&PWN',
        '|PWN',
        '>PWN',
        "a'b;PWN",
        ' PWN ',
        '$PWN',
        '\\PWN',
      ),
      fc.constantFrom('', '-', '--', 'x'),
    )
    .map(([core, before]) => `${before}${core}`);

  const attacked: fc.Arbitrary<Files> = hostile.chain((name) =>
    fc.constantFrom<Files[]>(
      {
        ...manifest({ workspaces: ['apps/*', 'libs/*'], packageManager: `pnpm@9.0.0${name}` }),
        ...at(
          `apps/${name}`,
          manifest({
            name: 'web',
            scripts: { dev: 'vite', [name]: 'x' },
            dependencies: { vite: '5', lib: '*' },
          }),
        ),
        ...at(`libs/${name}`, manifest({ name: 'lib', scripts: { build: 'tsc' } })),
      },
      manifest({
        main: `${name}.js`,
        dependencies: { express: name },
        engines: { node: name },
        [`${name}`]: 1,
      }),
      { ...manifest({ dependencies: { express: '4' }, main: `${name}.js` }), [`${name}.js`]: '' },
      manifest({
        scripts: { dev: 'vite', 'db:migrate': name, [`seed${name}`]: 'x' },
        devDependencies: { vite: name },
      }),
      { 'requirements.txt': name, [`${name}/manage.py`]: '', [`${name}/fixtures/initial${name}.json`]: '' },
      { 'requirements.txt': name, [`${name}.py`]: 'import streamlit' },
      { 'requirements.txt': '', [`${name}.py`]: 'import gradio' },
      {
        [`${name}.py`]: 'app = Flask(__name__)',
        'app.py': `app = Flask(__name__)\n@app.cli.command("init${name}")`,
        '.flaskenv': `FLASK_APP=a${name}`,
      },
      { 'main.py': `${name} = FastAPI()`, [`${name}/main.py`]: 'app = FastAPI()' },
      {
        'pyproject.toml': `[project]\nname = "x"\ndependencies = ${JSON.stringify([`flask${name}`])}`,
        'app.py': 'app = Flask(1)',
      },
      {
        Pipfile: `[packages]\n${JSON.stringify(name)} = ${JSON.stringify(name)}\nflask = "*"`,
        'app.py': 'app = Flask(1)',
      },
      { 'go.mod': `module x\ngo ${name}`, [`cmd/${name}/main.go`]: 'package main\nimport "net/http"' },
      { 'package.json': '{}', '.nvmrc': name, [`.env.example${name}`]: '', 'index.html': '' },
      {
        'prisma/schema.prisma': `provider = "sqlite"\nurl = env("${name}")`,
        ...manifest({ scripts: { dev: 'vite' }, dependencies: { vite: '1', prisma: '1' } }),
      },
    ),
  );

  test('hold names of the source only within quotes', async () => {
    let plans = 0;
    await fc.assert(
      fc.asyncProperty(attacked, async (files) => {
        const buildSpec = await outcome(files);
        if (typeof buildSpec === 'string') return;
        plans += 1;
        for (const command of [buildSpec.install ?? '', ...buildSpec.setup, buildSpec.start]) {
          expect(unquoted(command)).not.toContain('PWN');
          // An option is never made of a name.
          expect(command).not.toMatch(/\s'?--?['$`;&|>\\"\n]*\s*PWN/);
        }
        for (const [name, value] of Object.entries(buildSpec.env))
          expect(`${name}=${value}`).not.toContain('PWN');
      }),
      { numRuns: 600 },
    );
    expect(plans).toBeGreaterThan(200);
  });

  /** What of a command line stands outside of single quotes. */
  function unquoted(command: string): string {
    let outside = '';
    let quoted = false;
    for (let index = 0; index < command.length; index += 1) {
      const one = command[index] ?? '';
      if (!quoted && one === '\\') index += 1;
      else if (one === "'") quoted = !quoted;
      else if (!quoted) outside += one;
    }
    return outside;
  }
});

describe('time', () => {
  const LONG = 1024 ** 2;
  const fill = (unit: string): string => unit.repeat(Math.ceil(LONG / unit.length));
  const FILLERS = [
    '\n',
    ' ',
    '\t',
    'a',
    '"',
    '{',
    '[',
    '(',
    'a=',
    'from ',
    'import\n',
    'flask ',
    '"dependencies": {',
    'FROM a\\\n',
    'x: [',
    "'",
    '= ',
    'server: ',
    'port:',
    '0',
    '--port ',
    '-p',
    '$',
    '*',
    '<script src="',
    'def create_app(a=a',
    'package main\n"port", ',
    'vite ',
    '-r a\n',
  ];

  test.each(FILLERS)(
    'files full of %j cost no more than a moment',
    async (unit) => {
      const files: Files = Object.fromEntries(
        [...NAMES, 'server.js', 'config.toml', 'Cargo.toml', 'src/index.ts']
          .filter((name) => !name.startsWith('showrunner'))
          .map((name) => [name, fill(unit)]),
      );
      files['a/package.json'] =
        manifest({
          scripts: { dev: `vite ${fill(unit)}`, start: `vite ${unit.repeat(4000 / unit.length)}` },
          dependencies: { vite: fill(unit), [fill(unit)]: '1' },
          workspaces: [fill('*a'), '*a'.repeat(90)],
          engines: { node: fill(unit).slice(0, 2000) },
        })['package.json'] ?? '';
      const started = performance.now();
      await outcome(files);
      expect(performance.now() - started).toBeLessThan(4000);
    },
    60_000,
  );
});
