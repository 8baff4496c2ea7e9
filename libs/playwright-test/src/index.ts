export { exportTest } from './export/export-test';
export type { ExportedTest, RunToExport } from './export/export-test';
