export { modelPorts } from './model-ports';
export { openModels } from './open-models';
