import { readRepositoryPage } from '@showrunner/contracts';
import type { GitSource } from '@showrunner/contracts';

/** A repository may be named by the address of a page about it; what is said beside it counts more. */
export function sourceOfPage({ url, branch, commit, subdir }: Omit<GitSource, 'kind'>): Partial<GitSource> {
  const page = readRepositoryPage(url);
  if (page === undefined) return {};
  const { isPullRequest: _isPullRequest, ...named } = page;
  if (branch === undefined && commit === undefined) return { ...named, subdir: subdir ?? named.subdir };
  return { url: named.url, subdir: subdir ?? named.subdir };
}
