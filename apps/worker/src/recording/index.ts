export { createRecordingActivities } from './recording-activities';
