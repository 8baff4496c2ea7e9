const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', decorators: true },
      experimental: { keepImportAttributes: true },
      target: 'es2022',
      transform: { legacyDecorator: true },
    },
    module: { type: 'es6' },
  },
];

/** Tiers: unit (`*.test.ts`, no I/O), integration (`*.integration.test.ts`, real tools), system (`e2e/**`, whole films). */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.pl', '.py', '.sh', '.md'],
  transform: {
    '^.+\\.ts$': swc,
    '\\.(pl|py|sh|program\\.[cm]js|prompt\\.md)$': '<rootDir>/infra/test/program-text.mjs',
  },
  transformIgnorePatterns: ['/node_modules/(?!@showrunner/)'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Their CommonJS builds require ES modules, which Node 20 can and jest cannot.
    '^(e2b|e2b-wire-1)$': '<rootDir>/node_modules/$1/dist/index.mjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/.showrunner', '<rootDir>/out', '/dist/'],
};

export default {
  watchman: false,
  testSequencer: '<rootDir>/infra/test/sequencer.mjs',
  // On a busy machine everything takes several times as long; what hangs is still told.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,workflows,infra,bench}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.integration\\.test\\.ts$'],
    },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/{apps,libs,workflows,infra}/**/*.integration.test.ts'],
      // PostgreSQL, Temporal and the workflow bundle, once a run.
      globalSetup: '<rootDir>/infra/test/services/global-setup.mjs',
      globalTeardown: '<rootDir>/infra/test/services/global-teardown.mjs',
    },
    { ...shared, displayName: 'system', testMatch: ['<rootDir>/e2e/**/*.test.ts'] },
  ],
};
