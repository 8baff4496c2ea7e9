import innerBridge from './inner-bridge.program.cjs';

/**
 * Plain CommonJS, run by node inside the browser's namespaces (`node -e`): the application is bundled to one file, so the bridge travels
 * as text. It starts Chromium, hands it the DevTools pipe (fd 3 and 4), and forwards the preview's port, and those of the app's other servers, on the
 * inner loopback to a Unix socket outside: the only way out of the namespace. It ends with Chromium, and everything in the pid namespace ends with it.
 *
 * Arguments: ports with commas between them, the preview's first, socket path, Chromium command...
 */
export const INNER_BRIDGE = innerBridge;
