export { createSegmentationActivities } from './segmentation-activities';
