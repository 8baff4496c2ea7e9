export { detect } from './detect';
export type { DetectOptions } from './detect';
export { filesWorthReading, listingOf, SKIPPED_FOLDERS } from './listing';
export type { FileListing } from './listing';
export type { Runtimes } from './draft';
export { TOOLS_FOLDER } from './draft';
export { fallbackInstall } from './node/install-fallback';
export { STATIC_SERVER_PATH, STATIC_SERVER_SOURCE } from './static/static-server';
export { explainInstall } from './install-failures';
