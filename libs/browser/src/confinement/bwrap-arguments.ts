/** Where things lie inside the browser's own mount namespace. */
export const INNER_PATHS = {
  node: '/opt/showrunner/node',
  sockets: '/run/showrunner',
  previewSocket: '/run/showrunner/preview.sock',
  home: '/home/browser',
  profile: '/home/browser/profile',
} as const;

const INNER_FOLDERS = [
  '/etc',
  '/etc/chromium',
  '/etc/chromium/policies',
  '/etc/chromium/policies/managed',
  '/etc/opt',
  '/etc/opt/chrome',
  '/etc/opt/chrome/policies',
  '/etc/opt/chrome/policies/managed',
  '/home',
  '/opt',
  '/opt/showrunner',
  '/run',
  '/var',
  '/var/cache',
];

export interface ConfinementLayout {
  /** Absolute path of the node binary that runs the inner bridge. */
  nodePath: string;
  /** Absolute path of Chromium; its folder is visible inside. */
  chromiumPath: string;
  /** Folder on the host with `preview.sock`, bound read-only. */
  socketDir: string;
  /** Managed policies, a JSON file on the host. */
  policyFile: string;
  /** Host uid that Chromium runs as when the caller is root; null when the caller is an ordinary user. */
  uid: number | null;
  setprivPath: string;
  /** Which of the optional host paths exist. */
  exists: (path: string) => boolean;
}

/**
 * Arguments of bwrap for the confined browser: own network (loopback only), pid, ipc, uts and mount namespaces; a read-only system
 * without anything of the host's users, `/usr/local`, data or repositories; home and /tmp in memory. Dies with its parent.
 * A root caller drops to `uid` inside (setpriv, no capabilities, no new privileges), so that bind sources need not be readable by it;
 * any other caller gets a user namespace.
 */
export const bwrapArguments = (layout: ConfinementLayout): string[] => {
  const optional = (flag: string, source: string, target = source): string[] =>
    layout.exists(source) ? [flag, source, target] : [];
  const chromiumDir = layout.chromiumPath.slice(0, layout.chromiumPath.lastIndexOf('/')) || '/';
  const home = ['--perms', '0700', '--tmpfs', INNER_PATHS.home];
  return [
    ...(layout.uid === null ? ['--unshare-user'] : []),
    '--unshare-net',
    '--unshare-pid',
    '--unshare-ipc',
    '--unshare-uts',
    '--die-with-parent',
    '--new-session',
    '--hostname',
    'browser',
    '--ro-bind',
    '/usr',
    '/usr',
    ...['/usr/local', '/usr/src', '/usr/games'].flatMap((path) =>
      layout.exists(path) ? ['--tmpfs', path] : [],
    ),
    ...['bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32'].flatMap((name) =>
      layout.exists(`/usr/${name}`) ? ['--symlink', `usr/${name}`, `/${name}`] : [],
    ),
    ...(chromiumDir === '/usr' || chromiumDir.startsWith('/usr/bin') || chromiumDir.startsWith('/usr/lib')
      ? []
      : ['--ro-bind', chromiumDir, chromiumDir]),
    // bwrap makes missing parents of a bind unreadable for anybody but their owner.
    ...INNER_FOLDERS.flatMap((folder) => ['--perms', '0755', '--dir', folder]),
    '--ro-bind',
    layout.nodePath,
    INNER_PATHS.node,
    ...[
      '/etc/ld.so.cache',
      '/etc/alternatives',
      '/etc/fonts',
      '/etc/localtime',
      '/var/cache/fontconfig',
    ].flatMap((path) => optional('--ro-bind', path)),
    '--ro-bind',
    layout.policyFile,
    '/etc/chromium/policies/managed/showrunner.json',
    '--ro-bind',
    layout.policyFile,
    '/etc/opt/chrome/policies/managed/showrunner.json',
    '--ro-bind',
    layout.socketDir,
    INNER_PATHS.sockets,
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--perms',
    '1777',
    '--tmpfs',
    '/tmp',
    '--perms',
    '1777',
    '--tmpfs',
    '/dev/shm',
    ...(layout.uid === null ? home : ['--perms', '0777', '--tmpfs', INNER_PATHS.home]),
    '--chdir',
    INNER_PATHS.home,
    '--clearenv',
    '--setenv',
    'PATH',
    '/usr/bin:/bin',
    '--setenv',
    'HOME',
    INNER_PATHS.home,
    '--setenv',
    'LANG',
    'C.UTF-8',
    '--',
    ...(layout.uid === null
      ? []
      : [
          layout.setprivPath,
          `--reuid=${layout.uid}`,
          `--regid=${layout.uid}`,
          '--clear-groups',
          '--inh-caps=-all',
          '--ambient-caps=-all',
          '--bounding-set=-all',
          '--no-new-privs',
          '--',
        ]),
  ];
};
