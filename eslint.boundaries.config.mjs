import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/**
 * Which part of the repository may import which: by tags between packages, and by name for SDKs that only one library may know.
 * Part of eslint.config.mjs, and alone (without types, in seconds) as `npm run boundaries`.
 */
const packageRules = [
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [] },
  { sourceTag: 'type:workflows', onlyDependOnLibsWithTags: ['type:contracts'] },
  { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:infra', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:bench', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib'] },
  { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:contracts', 'type:lib', 'type:workflows'] },
  // Libraries stand alone: beyond the contracts, each may know only those named here.
  ...[
    'config',
    'telemetry',
    'control-groups',
    'build-detection',
    'planner',
    'recorder',
    'storage',
    'database',
    'generated-app',
  ].map((name) => ({ sourceTag: `scope:${name}`, onlyDependOnLibsWithTags: ['scope:contracts'] })),
  ...['sandbox', 'browser'].map((name) => ({
    sourceTag: `scope:${name}`,
    onlyDependOnLibsWithTags: ['scope:contracts', 'scope:control-groups'],
  })),
  { sourceTag: 'scope:media', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:recorder'] },
  { sourceTag: 'scope:source', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:sandbox'] },
  {
    sourceTag: 'scope:sandbox-life',
    onlyDependOnLibsWithTags: ['scope:contracts', 'scope:sandbox', 'scope:database', 'scope:telemetry'],
  },
  {
    sourceTag: 'scope:warm-install',
    onlyDependOnLibsWithTags: ['scope:contracts', 'scope:sandbox', 'scope:storage', 'scope:build-detection'],
  },
  { sourceTag: 'scope:events', onlyDependOnLibsWithTags: ['scope:contracts', 'scope:database'] },
  {
    sourceTag: 'scope:service',
    onlyDependOnLibsWithTags: [
      ...[
        'scope:contracts',
        'scope:config',
        'scope:telemetry',
        'scope:database',
        'scope:events',
        'scope:storage',
      ],
    ],
  },
  {
    sourceTag: 'scope:infra',
    onlyDependOnLibsWithTags: ['scope:contracts', 'scope:config'],
  },
];

/** Packages that only one place may import. */
const confined = [
  { group: ['@aws-sdk/*', '@smithy/*'], home: 'libs/storage', allowed: ['libs/storage/**'] },
  {
    group: ['playwright-core', 'playwright-core/*', '@playwright/*', '@modelcontextprotocol/*'],
    home: 'libs/browser',
    allowed: ['libs/browser/**', 'bench/**', 'e2e/**'],
  },
  {
    group: ['@prisma/*', '**/database/src/generated/**'],
    home: 'libs/database',
    allowed: ['libs/database/**'],
  },
  // By expression: as a glob `e2b` would be the folder as well.
  { regex: '^(e2b|e2b-wire-1)(/|$)', home: 'libs/sandbox/src/e2b', allowed: ['libs/sandbox/src/e2b/**'] },
  { regex: '^@daytonaio/', home: 'libs/sandbox/src/daytona', allowed: ['libs/sandbox/src/daytona/**'] },
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
  'apps/**/*.ts',
  'libs/**/*.ts',
  'workflows/**/*.ts',
  'infra/**/*.ts',
  'bench/**/*.ts',
  'e2e/**/*.ts',
];

export const boundaries = tseslint.config(
  {
    files: sources,
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        { allow: ['**/infra/tooling/*'], enforceBuildableLibDependency: false, depConstraints: packageRules },
      ],
      'no-restricted-imports': ['error', { patterns: bansFor([]) }],
    },
  },
  {
    files: ['libs/storage/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['libs/storage/**']) }] },
  },
  ...['e2b', 'daytona'].map((provider) => ({
    files: [`libs/sandbox/src/${provider}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor([`libs/sandbox/src/${provider}/**`]) }] },
  })),
  {
    files: ['libs/browser/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['libs/browser/**']) }] },
  },
  {
    files: ['bench/**/*.ts', 'e2e/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: bansFor(['bench/**', 'e2e/**']) }] },
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
