export { modelPorts } from './model-ports';
export type { ModelPorts } from './model-ports';
export { openModels } from './open-models';
export type { Models, ModelSettings } from './open-models';
