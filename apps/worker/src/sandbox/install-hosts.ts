import type { WorkerConfig } from '@showrunner/config';
import type { AllowPolicy } from '@showrunner/sandbox';

/** The public registries; what an install asks of other hosts is denied unless the operator listed them. */
const REGISTRY_HOSTS = [
  'registry.npmjs.org',
  'registry.yarnpkg.com',
  'pypi.org',
  'files.pythonhosted.org',
  'proxy.golang.org',
  'sum.golang.org',
  'repo.maven.apache.org',
  'repo1.maven.org',
  'repo.packagist.org',
  'index.crates.io',
  'static.crates.io',
  'crates.io',
  'rubygems.org',
  'index.rubygems.org',
];

export const installHosts = (config: Pick<WorkerConfig, 'INSTALL_ALLOWED_HOSTS'>): string[] => [
  ...REGISTRY_HOSTS,
  ...config.INSTALL_ALLOWED_HOSTS,
];

/** What the steps of a Dockerfile may reach: what an install may, and what the operator adds; undefined: nothing. */
export function dockerfileNetwork(
  config: Pick<WorkerConfig, 'INSTALL_ALLOWED_HOSTS' | 'DOCKERFILE_ALLOWED_HOSTS'>,
): AllowPolicy | undefined {
  const more = config.DOCKERFILE_ALLOWED_HOSTS;
  if (more.includes('none')) return undefined;
  return { mode: 'allow', hosts: [...installHosts(config), ...more] };
}
