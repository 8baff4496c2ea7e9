/** Proof that a request comes from another process of the platform. */
export const INTERNAL_TOKEN_HEADER = 'x-showrunner-internal';
/** Id of the API key with which the gateway let a request in. Only trusted together with the internal token. */
export const API_KEY_ID_HEADER = 'x-showrunner-key';
/** Id of the person whom the gateway let in, by a session. Only trusted together with the internal token. */
export const USER_HEADER = 'x-showrunner-user';
/** Id of the browser session by which the gateway let a request in; absent where a key was sent. Goes no further than the gateway. */
export const BROWSER_SESSION_HEADER = 'x-showrunner-browser-session';
/** Of which tenant that key or session is. Only trusted together with the internal token. */
export const TENANT_HEADER = 'x-showrunner-tenant';
/** What that key or person may do: a comma list of `Permission`. Only trusted together with the internal token. */
export const PERMISSIONS_HEADER = 'x-showrunner-permissions';
export const REQUEST_ID_HEADER = 'x-request-id';
/** Every header that only processes of the platform may set. */
export const INTERNAL_HEADER_PREFIX = 'x-showrunner-';
