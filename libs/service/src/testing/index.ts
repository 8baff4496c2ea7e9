export { startTestTemporal } from './temporal';
export type { TestTemporal } from './temporal';
export { describedOperations, exampleOf, openPaths } from './openapi-examples';
export type { DescribedOperation } from './openapi-examples';
export { openApiRoutes } from './openapi-routes';
export { TEST_HEADERS, TEST_TOKEN, testConfig } from './test-config';
export { call } from './call';
export type { CallOptions, CallResult } from './call';
export { pythonTool } from './python-tool';
