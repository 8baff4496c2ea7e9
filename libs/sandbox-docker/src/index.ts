export { DockerSandboxProvider, type DockerSandboxProviderOptions } from './docker.provider';
export { readEngineTls } from './engine/engine-tls';
