export { fetchSource } from './fetch-source';
export type { FetchedSource, FetchOptions } from './fetch-source';
export { checkBranch, parseGitUrl } from '@showrunner/sandbox';
