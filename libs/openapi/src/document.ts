export { describeService } from './describe-service';
export type { DescribedService } from './describe-service';
export { mergeServices } from './merge-services';
