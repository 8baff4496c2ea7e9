import type { GitSource } from './source';

/** What the address of a page about a repository names. */
export interface RepositoryPage extends Pick<GitSource, 'branch' | 'commit' | 'subdir'> {
  /** Address of the repository itself. */
  url: string;
  isPullRequest: boolean;
}

/**
 * Reads an address as a browser shows it: a pull or merge request, a branch, a folder or a commit of a repository. The kinds are told by
 * the form of the path alone, as GitHub, Gitea, Forgejo, GitLab and Bitbucket write them; a branch whose name has a slash cannot be told
 * from a folder.
 * @returns undefined for anything else, such as the address of the repository
 */
export function readRepositoryPage(address: string): RepositoryPage | undefined {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const names = url.pathname.split('/').filter((name) => name !== '');
  // GitLab puts a dash behind the repository, which there has as many groups in front as one likes.
  const dash = names.indexOf('-');
  const end = dash >= 2 ? dash : 2;
  const place = placeOf(names.slice(dash >= 2 ? dash + 1 : 2));
  if (place === undefined) return undefined;
  url.pathname = `/${names.slice(0, end).join('/')}`;
  url.search = '';
  url.hash = '';
  return { isPullRequest: false, ...place, url: url.href };
}

function placeOf([kind, name, ...rest]: string[]): Omit<RepositoryPage, 'url' | 'isPullRequest'> | undefined {
  if (kind === undefined || name === undefined) return undefined;
  const isNumber = /^\d+$/.test(name);
  switch (kind) {
    case 'pull':
    case 'pulls':
      return isNumber ? pullRequest(`refs/pull/${name}/head`) : undefined;
    case 'merge_requests':
      return isNumber ? pullRequest(`refs/merge-requests/${name}/head`) : undefined;
    case 'tree':
      return folder(name, rest);
    case 'src':
      return name === 'branch' && rest[0] !== undefined ? folder(rest[0], rest.slice(1)) : folder(name, rest);
    case 'commit':
    case 'commits':
      return /^[0-9a-f]{7,64}$/.test(name) ? { commit: name } : undefined;
    default:
      return undefined;
  }
}

const pullRequest = (branch: string) => ({ branch, isPullRequest: true });
const folder = (branch: string, names: readonly string[]) => ({
  branch: decodeURIComponent(branch),
  ...(names.length === 0 ? {} : { subdir: names.map(decodeURIComponent).join('/') }),
});
