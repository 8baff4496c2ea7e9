export { fetchSource } from './fetch-source';
export type { FetchedSource, FetchOptions } from './fetch.types';
export { checkBranch, isSshAddress, parseGitUrl } from '@showrunner/sandbox';
