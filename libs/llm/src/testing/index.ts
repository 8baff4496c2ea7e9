export { modelServer } from './model-server';
export type { ModelServer, ReceivedRequest, Reply } from './model-server';
