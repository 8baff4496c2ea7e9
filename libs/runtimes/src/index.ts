export { DebianSystems, type DebianSystemsOptions } from './debian-systems';
export { RuntimeStore, type RuntimeStoreOptions } from './runtime-store';
