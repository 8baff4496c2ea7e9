export { FORGES, readRequest } from './pull-request';
export type { Forge, PullRequest } from './pull-request';
export { renewComment } from './renew-comment';
export type { RenewedComment } from './renew-comment';
