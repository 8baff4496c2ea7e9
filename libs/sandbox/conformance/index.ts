export { describeConformance } from './describe-conformance';
export type { ConformanceHarness } from './harness.types';
