export { createRecordingActivities } from './recording-activities';
export type { RecordingDependencies } from './recording-activities';
