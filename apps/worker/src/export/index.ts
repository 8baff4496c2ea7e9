export { createExportActivities } from './export-activities';
