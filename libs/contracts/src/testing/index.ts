export { actionRecord } from './action-record';
export { runReport } from './run-report';
