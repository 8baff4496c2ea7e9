export { modelPorts } from './model-ports';
export { openModels } from './open-models';
export type { Models } from './open-models';
export { storedLedger } from './stored-ledger';
