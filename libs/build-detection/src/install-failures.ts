/** A failed install in words for people. */
export interface InstallFailure {
  code: 'workspace_missing' | 'registry_unreachable' | 'compiler_missing';
  /** One sentence. */
  message: string;
  remedy: string;
}

const KNOWN: readonly (InstallFailure & { pattern: RegExp })[] = [
  {
    pattern:
      /Unsupported URL Type "(?:workspace|catalog|portal):|ERR_PNPM_(?:WORKSPACE_PKG_NOT_FOUND|NO_MATCHING_VERSION_INSIDE_WORKSPACE|CATALOG_ENTRY_NOT_FOUND)|: Workspace not found/,
    code: 'workspace_missing',
    message: 'The app depends on other packages of its workspace, which are not part of this source.',
    remedy: 'Film the whole repository and choose the app with --subdir <folder>.',
  },
  {
    pattern:
      /\b(?:ESOCKETTIMEDOUT|ETIMEDOUT|ECONNRESET|EAI_AGAIN|ERR_SOCKET_TIMEOUT|ReadTimeoutError|ConnectTimeoutError)\b|trouble with your network connection/,
    code: 'registry_unreachable',
    message: 'The install could not fetch its packages: the registry did not answer in time.',
    remedy:
      'Try again; if it stays slow, have fewer builds run at once or give another command with --install.',
  },
  {
    pattern:
      /\bgyp ERR! find (?:Python|VS)\b|not found: make\b|command '?(?:gcc|cc|g\+\+)'? failed|unable to execute '?(?:gcc|cc)'?|pg_config executable not found|mysql_config\b.*not found/,
    code: 'compiler_missing',
    message: 'A package has to be compiled, and the sandbox lacks what that needs.',
    remedy: 'Use a version of the package that comes ready built, or leave it out with --install.',
  },
];

/** What a failed install's log says went wrong, when it is one of the usual reasons. Pure. */
export function explainInstall(log: string): InstallFailure | undefined {
  const known = KNOWN.find(({ pattern }) => pattern.test(log));
  return known && { code: known.code, message: known.message, remedy: known.remedy };
}
