import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { boundaries } from './eslint.boundaries.config.mjs';

const OWN_IDS = 'Ids are put together in libs/contracts/src/ids.ts alone.';
const everywhere = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'TemplateLiteral > TemplateElement.quasis:first-child[value.raw=/^sbx-/]', message: OWN_IDS },
  {
    selector:
      "TemplateLiteral[quasis.0.value.raw=''][expressions.0.name=/^(run|build|sandbox|project|plan|session|take|export)Id$/] > TemplateElement[value.raw=/^-/]",
    message: OWN_IDS,
  },
];

/** What works for all tenants: rounds of the platform, doors that find out whose a request is, an operator's maintenance. */
const PLATFORM_ROUNDS = [
  'apps/*/src/start.ts',
  'apps/gateway/src/{audit,auth}/*.ts',
  'apps/gateway/src/events/{event-streams,run-events}.ts',
  'apps/gateway/src/previews/*.ts',
  'apps/project/src/builds/build-reconciler.ts',
  'apps/project/src/tenants/*.ts',
  'apps/intent/src/retention/*.ts',
  'apps/intent/src/secrets/*.ts',
  'apps/intent/src/runs/{run-budgets,run-reconciler}.ts',
  'apps/editor/src/exports/export-reconciler.ts',
  'apps/sandbox/src/maintenance/*.ts',
  'apps/sandbox/src/sandboxes/sandbox-queue.ts',
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.showrunner/**',
      '.nx/**',
      'out/**',
      'examples/**',
      'e2e/histories/**',
      '**/*.program.d.{mts,cts}',
      'libs/*/src/generated/**',
    ],
  },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // `throw signal.reason` is typed `any`.
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': [
        'error',
        ...everywhere,
        {
          selector: "ThrowStatement > NewExpression[callee.name='Error']",
          message: 'Throw an AppError: a stable code, a message for people, a remedy.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.program.cjs'],
    languageOptions: { globals: globals.node },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  {
    // Scripts of the pages that stand before an API or a script.
    files: ['libs/generated-app/src/kinds/*-page.program.mjs'],
    languageOptions: { globals: globals.browser },
  },
  {
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'no-console': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // Control characters are what much of our checking of hostile text is about.
      'no-control-regex': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'prefer-const': 'error',
    },
  },
  {
    files: ['workflows/src/**/*.ts'],
    rules: { 'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }] },
  },
  {
    // Tests throw plain errors out of fakes, and know that what they just looked up is there.
    files: ['**/*.test.ts', '**/testing/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'no-restricted-syntax': ['error', ...everywhere],
    },
  },
  { files: ['libs/contracts/src/ids.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['*.config.mjs', '*.config.ts', '**/program-text.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    // Whoever answers requests sees what belongs to the tenant of the request; all of it is for what the platform does by itself.
    files: ['apps/{gateway,project,intent,editor,sandbox}/src/**/*.ts'],
    ignores: ['**/*.test.ts', '**/testing/**', ...PLATFORM_ROUNDS],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@showrunner/database',
              importNames: ['Database', 'Repositories', 'createDatabase'],
              message: 'Ask for `DATABASE` as `TenantDatabases`, and that `forTenant` of the request.',
            },
            {
              name: '@showrunner/service',
              importNames: ['PLATFORM_DATABASE', 'openResources'],
              message: 'It shows what belongs to all tenants: only files named in eslint.config.mjs may.',
            },
          ],
        },
      ],
    },
  },
  ...boundaries,
  prettier,
);
