export { createExportActivities } from './export-activities';
export type { ExportDependencies } from './export-activities';
