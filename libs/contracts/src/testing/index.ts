export { actionRecord } from './action-record';
export { loadOf } from './load';
export { pageElement, pageSnapshot } from './page';
export { runReport } from './run-report';
export { sharedService } from './shared-service';
export { describeWhereMissing, itUnlessMissing } from './where-missing';
export { hostSlowness } from './host-slowness';
export { freePort, freePorts } from './free-ports.mjs';
