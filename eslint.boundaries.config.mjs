import nx from '@nx/eslint-plugin';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * Which part of the repository may import which: by tags between packages, and by name for SDKs that only one library may know.
 * Part of eslint.config.mjs, and alone (without types, in seconds) as `npm run boundaries`.
 */
const packageRules = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:workflows', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  // Who needs a sandbox asks `sandbox-providers` for one; a provider knows no other.
  { sourceTag: 'type:provider', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:providers', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:provider'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:providers'] },
  // Pages for browsers: of the libraries they know the types of the API alone.
  { sourceTag: 'type:studio', onlyDependOnLibsWithTags: ['scope:api-client'] },
  // The one that starts the services, together or one by one.
  {
    sourceTag: 'type:server',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:providers', 'type:service'],
  },
  { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:bench', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:provider'] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:workflows'] },
  {
    sourceTag: 'type:test-support',
    onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:provider'],
  },
  // Libraries stand alone: beyond the contracts, each may know only those named here.
  ...Object.entries({
    config: [],
    telemetry: [],
    'control-groups': [],
    'build-detection': [],
    language: [],
    planner: ['language'],
    recorder: [],
    storage: [],
    database: [],
    'generated-app': [],
    llm: [],
    openapi: [],
    browser: ['control-groups', 'language'],
    'api-client': [],
    'frame-stream': [],
    sandbox: [],
    egress: ['sandbox'],
    preview: ['sandbox', 'egress'],
    'sandbox-local': ['sandbox', 'egress', 'control-groups'],
    'sandbox-docker': ['sandbox', 'egress'],
    'sandbox-daytona': ['sandbox', 'egress'],
    'sandbox-e2b': ['sandbox', 'egress'],
    'sandbox-providers': ['sandbox', 'sandbox-local', 'sandbox-docker', 'sandbox-daytona', 'sandbox-e2b'],
    'sandbox-testing': ['sandbox', 'sandbox-local'],
    'sandbox-life': ['sandbox', 'database', 'telemetry'],
    timeline: [],
    media: ['recorder', 'timeline'],
    deliverables: ['media'],
    'film-check': ['media', 'timeline'],
    source: ['sandbox'],
    'cdn-mirror': [],
    speech: [],
    comparison: [],
    forge: [],
    runtimes: [],
    'playwright-test': [],
    'warm-install': ['sandbox', 'storage', 'build-detection'],
    events: ['database'],
    service: ['openapi', 'config', 'telemetry', 'database', 'events', 'storage'],
    infra: ['config'],
  }).map(([name, known]) => ({
    sourceTag: `scope:${name}`,
    onlyDependOnLibsWithTags: ['contracts', ...known].map((other) => `scope:${other}`),
  })),
];

/** @type {Record<string, string[]>} What tests and their support may know beyond that, by a tag of their package; still no provider another. */
const testsMayKnow = {
  'type:app': ['type:provider', 'type:test-support'],
  'type:lib': ['type:test-support'],
  'type:provider': ['type:test-support'],
  'scope:browser': ['scope:recorder'],
  'scope:media': ['scope:browser'],
  'scope:film-check': ['scope:recorder'],
  'scope:source': ['scope:sandbox-testing'],
  'scope:sandbox-life': ['scope:sandbox-testing'],
  'scope:sandbox-docker': ['scope:sandbox-testing'],
  'scope:sandbox-daytona': ['scope:sandbox-testing'],
  'scope:sandbox-e2b': ['scope:sandbox-testing'],
  'scope:sandbox-local': ['scope:preview'],
  'scope:deliverables': ['scope:browser'],
};
const testRules = packageRules.map(({ sourceTag, onlyDependOnLibsWithTags }) => ({
  sourceTag,
  onlyDependOnLibsWithTags: [...onlyDependOnLibsWithTags, ...(testsMayKnow[sourceTag] ?? [])],
}));

/** Tests in which a browser is the player of a live video, or the reader of the studio's pages. */
const BROWSER_TESTS = ['apps/gateway/src/live/**/*.test.ts', 'apps/server/**/studio-*.integration.test.ts'];

/** Packages that only one place may import. */
const confined = [
  { group: ['@aws-sdk/*', '@smithy/*'], home: 'libs/storage', allowed: ['libs/storage/**'] },
  {
    group: ['playwright-core', 'playwright-core/*', '@playwright/*'],
    home: 'libs/browser',
    // Where a browser is the player, or the reader of the studio.
    allowed: ['libs/browser/**', 'bench/**', 'e2e/**', ...BROWSER_TESTS],
  },
  {
    // A client of the browser's server, and a server of our own.
    group: ['@modelcontextprotocol/*'],
    home: 'libs/browser and apps/cli/src/mcp',
    allowed: ['libs/browser/**', 'apps/cli/src/mcp/**', 'bench/**', 'e2e/**'],
  },
  {
    group: ['@prisma/*', '**/database/src/generated/**'],
    home: 'libs/database',
    allowed: ['libs/database/**'],
  },
  // By expression: as a glob `e2b` would be the folder as well.
  { regex: '^(e2b|e2b-wire-1)(/|$)', home: 'libs/sandbox-e2b', allowed: ['libs/sandbox-e2b/**'] },
  { regex: '^@daytonaio/', home: 'libs/sandbox-daytona', allowed: ['libs/sandbox-daytona/**'] },
  { regex: '^(openai|@anthropic-ai/sdk|gpt-tokenizer)(/|$)', home: 'libs/llm', allowed: ['libs/llm/**'] },
];

/** @param {readonly string[]} allowedIn globs of the files that the bans are for; what is allowed there is left out */
const bansFor = (allowedIn) =>
  confined
    .filter(({ allowed }) => !allowed.some((glob) => allowedIn.includes(glob)))
    .map(({ group, regex, home }) => ({
      ...(regex === undefined ? { group } : { regex }),
      message: `Only ${home} may import this; use what it exports.`,
    }));

const sources = [
  'apps/**/*.{ts,tsx}',
  'libs/**/*.ts',
  'workflows/**/*.ts',
  'infra/**/*.ts',
  'bench/**/*.ts',
  'e2e/**/*.ts',
];

/** @param {typeof packageRules} depConstraints */
const packagesBy = (depConstraints) => [
  'error',
  // The description of the API is made of all services, and belongs to none.
  {
    allow: ['**/infra/tooling/*', '../../../../docs/openapi.json'],
    enforceBuildableLibDependency: false,
    depConstraints,
  },
];

export const boundaries = tseslint.config(
  {
    files: sources,
    plugins: { '@nx': nx, 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.mjs'], conditionNames: ['import', 'default'] }),
      ],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@nx/enforce-module-boundaries': packagesBy(packageRules),
      'no-restricted-imports': ['error', { patterns: bansFor([]) }],
    },
  },
  {
    files: ['**/*.test.ts', '**/testing/**/*.ts', '**/*-test-bench.ts'],
    rules: { '@nx/enforce-module-boundaries': packagesBy(testRules) },
  },
  {
    files: ['libs/storage/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['libs/storage/**']) }] },
  },
  ...['e2b', 'daytona'].map((provider) => ({
    files: [`libs/sandbox-${provider}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor([`libs/sandbox-${provider}/**`]) }] },
  })),
  {
    files: ['libs/llm/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['libs/llm/**']) }] },
  },
  {
    files: ['libs/browser/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['libs/browser/**']) }] },
  },
  {
    files: ['apps/cli/src/mcp/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['apps/cli/src/mcp/**']) }] },
  },
  {
    files: ['bench/**/*.ts', 'e2e/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['bench/**', 'e2e/**']) }] },
  },
  {
    files: BROWSER_TESTS,
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(BROWSER_TESTS) }] },
  },
  {
    files: ['libs/database/**/*.ts', 'prisma.config.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['libs/database/**']) }] },
  },
  {
    // Workflow code is replayed: nothing that does I/O, reads a clock or knows the machine.
    files: ['workflows/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'workflows/src/testing/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.{1,2}/|@showrunner/contracts$|@temporalio/workflow$|@temporalio/common$)',
              message:
                'Workflow code imports @temporalio/workflow, types of @temporalio/common and the contracts only.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        'process',
        'fetch',
        'setInterval',
        'require',
        'Buffer',
        'performance',
      ],
    },
  },
);

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.showrunner/**',
      'out/**',
      'examples/**',
      'libs/database/src/generated/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'off' } },
  { files: sources, languageOptions: { parser: tseslint.parser } },
  ...boundaries,
);
