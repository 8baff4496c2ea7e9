export { bootService } from './boot/boot-service';
export type { Route, RunningService, ServiceOptions } from './boot/boot-service';
export { mergeServices } from './boot/service-definition';
export type { ServiceDefinition } from './boot/service-definition';
export {
  DATABASE,
  DEFAULT_PROVIDER,
  LOGGER,
  OBJECT_STORE,
  openResources,
  PLATFORM_DATABASE,
  TEMPORAL,
} from './boot/resources';
export type { Resources, ResourcesConfig } from './boot/resources';
export { DISK_SPACE, DiskSpace } from './disk/disk-space';
export { listen } from './boot/listen';
export { PeriodicTask } from './boot/periodic-task';
export { runMain } from './boot/run-main';
export { byInternalToken, equalSecrets, PUBLIC_PATHS } from './auth/authenticate';
export type { Admitted, Authenticate } from './auth/authenticate';
export { signedPath, tenantOfSigned } from './auth/signed-path';
export { AskedWhereAnswered, hasPermission, requirePermission } from './auth/permissions';
export { callerIdOf } from './auth/caller';
export { Tenant, tenantOf } from './auth/tenant';
export {
  API_KEY_ID_HEADER,
  BROWSER_SESSION_HEADER,
  INTERNAL_HEADER_PREFIX,
  INTERNAL_TOKEN_HEADER,
  PERMISSIONS_HEADER,
  REQUEST_ID_HEADER,
  TENANT_HEADER,
  USER_HEADER,
} from './http/headers';
export { deletePerson } from './deletions/delete-person';
export { HealthModule } from './health/health.controller';
export { Idempotency } from './idempotency/idempotency';
export { requestBody } from './http/request-body';
export type { BodyRules } from './http/request-body';
export { sendObject } from './http/send-object';
export { tellStillWorking } from './http/still-working';
export { refuseUpgrade, serveUpgrades } from './http/upgrades';
export type { OnUpgrade } from './http/upgrades';
export { toProblem } from './problem/problem';
export type { InputError } from './problem/problem';
export { discardRest, hasBody, sendProblem } from './problem/send-problem';
export { isAway, Temporal } from './temporal/temporal';
export { requireBudget } from './validation/require-budget';
export { requireLimits } from './validation/require-limits';
export { requireProvider } from './validation/require-provider';
export { parseInput } from './validation/validation-pipe';
export { readShareToken, sharePaths, shareToken } from './shares/share-token';
export type { ShareClaims } from './shares/share-token';
export { watchableFilm } from './shares/watchable-film';
export type { WatchableFilm } from './shares/watchable-film';
