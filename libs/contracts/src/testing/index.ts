export { actionRecord } from './action-record';
export { pageElement, pageSnapshot } from './page';
export { runReport } from './run-report';
