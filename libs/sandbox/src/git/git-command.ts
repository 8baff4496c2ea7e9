/** Settings that keep a hostile repository from running anything or reaching anywhere while it is fetched. */
const SETTINGS: readonly string[] = [
  'protocol.allow=never',
  'protocol.http.allow=always',
  'protocol.https.allow=always',
  'protocol.file.allow=never',
  'protocol.ext.allow=never',
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'core.protectHFS=true',
  'core.protectNTFS=true',
  'credential.helper=',
  'filter.lfs.smudge=',
  'filter.lfs.process=',
  'filter.lfs.required=false',
  'submodule.recurse=false',
  'fetch.recurseSubmodules=false',
  'transfer.bundleURI=false',
  'advice.detachedHead=false',
  'gc.auto=0',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
];

/** Environment of every git command; goes on top of the sandbox's own, which names the proxy. */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  GIT_ALLOW_PROTOCOL: 'http:https',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '/bin/false',
  GIT_LFS_SKIP_SMUDGE: '1',
  GIT_TEMPLATE_DIR: '',
  LC_ALL: 'C',
  // Every address goes through the proxy, which judges it; loopback inside the sandbox holds no repositories.
  no_proxy: '',
  NO_PROXY: '',
};

/** argv of a hardened git command. */
export const git = (...args: string[]): string[] => [
  'git',
  ...SETTINGS.flatMap((one) => ['-c', one]),
  ...args,
];
