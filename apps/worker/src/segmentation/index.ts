export { createSegmentationActivities } from './segmentation-activities';
export type { SegmentationDependencies } from './segmentation-activities';
