export { TestAuthority } from './certificates';
export { describeDocker, SMALL } from './docker-fixture';
export { FULL_IMAGE } from './loopback-image';
export { LoopbackEngine } from './loopback-engine';
export { chooseEngine, type TestEngine } from './test-engine';
