import { TOOLS_FOLDER } from '../draft';
import staticServer from './static-server.program.mjs';

/** Where the caller writes `STATIC_SERVER_SOURCE` before a build spec of runtime `static` is started. */
export const STATIC_SERVER_PATH = `${TOOLS_FOLDER}/static-server.mjs`;

/**
 * A file server for folders of static pages; run by the sandbox's Node as `node static-server.mjs <folder>`. It answers GET and HEAD,
 * never serves names that begin with a dot nor anything outside of the folder, and knows a page's 404.html.
 */
export const STATIC_SERVER_SOURCE = staticServer;
