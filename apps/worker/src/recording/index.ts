export { connectSession } from './connect-session';
export { createRecordingActivities } from './recording-activities';
