export { exportTest } from './export/export-test';
export type { ExportedTest, RunToExport } from './export/export-test';
export { MAX_TEST_CHARS, readTest } from './import/read-test';
export type { ReadTest } from './import/read-test';
export type { Lost } from './import/recording';
