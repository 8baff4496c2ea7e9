export { RuntimeStore, type RuntimeStoreOptions } from './runtime-store';
