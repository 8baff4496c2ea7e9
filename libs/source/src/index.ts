export { fetchSource } from './fetch-source';
export type { FetchedSource, FetchOptions } from './fetch-source';
export { checkBranch, isPrivateHost, parseGitUrl } from './git/git-url';
export type { GitLocation } from './git/git-url';
