import type { BuildSpec } from '@showrunner/contracts';

/**
 * Another install command worth one try after the planned one failed, judged by its log; undefined when the failure is real. Pure.
 */
export function fallbackInstall(
  buildSpec: BuildSpec,
  log: string,
): { install: string; reason: string } | undefined {
  const install = buildSpec.install;
  if (install === null) return undefined;
  if (buildSpec.packageManager === 'npm') {
    // Old releases of such packages fetch a library from another host when they are installed; what only could use them goes on without.
    if (
      /statusCode=403|tunneling socket could not be established/.test(log) &&
      /npm (?:error|ERR!) path \S*\/node_modules\//.test(log) &&
      !/npm (?:ci|install) --ignore-scripts/.test(install)
    ) {
      return {
        install: `${install.replace(/npm (ci|install)(?=[^/]*$)/, 'npm $1 --ignore-scripts')} && { npm rebuild esbuild || true; }`,
        reason:
          'A package fetches more from a host that is not allowed when it is installed; trying again without what packages run at their install.',
      };
    }
    if (/\bERESOLVE\b/.test(log) && !install.includes('--legacy-peer-deps')) {
      return {
        install: install.replace(/npm (ci|install)(?=[^/]*$)/, 'npm $1 --legacy-peer-deps'),
        reason: 'Its peer dependencies contradict each other; trying again with --legacy-peer-deps.',
      };
    }
    if (
      /npm (?:error|ERR!).*(?:EUSAGE|can only install (?:packages )?(?:when|with)|in sync)/s.test(log) &&
      /npm ci\b/.test(install)
    ) {
      return {
        install: install.replace(/npm ci\b/, 'npm install --no-package-lock'),
        reason: 'The lock file does not match package.json; trying again without it.',
      };
    }
  }
  if (
    buildSpec.packageManager === 'pnpm' &&
    /ERR_PNPM_(OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH|FROZEN_LOCKFILE|LOCKFILE_BREAKING)/.test(log) &&
    install.includes('--frozen-lockfile')
  ) {
    return {
      install: install.replace('--frozen-lockfile', '--no-frozen-lockfile'),
      reason: 'The lock file does not match package.json; trying again without it.',
    };
  }
  if (
    (buildSpec.packageManager === 'yarn' || buildSpec.packageManager === 'bun') &&
    /lockfile.*(needs to be updated|frozen|had changes)/i.test(log) &&
    install.includes('--frozen-lockfile')
  ) {
    return {
      install: install.replace(' --frozen-lockfile', ''),
      reason: 'The lock file does not match package.json; trying again without it.',
    };
  }
  return undefined;
}
