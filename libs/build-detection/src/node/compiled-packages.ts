/** Packages that are compiled where no ready made binary can be fetched: those lie outside of the registry. */
const COMPILED = [
  ...[
    'sqlite3',
    'better-sqlite3',
    'bcrypt',
    'argon2',
    'canvas',
    'node-sass',
    'node-pty',
    're2',
    'bufferutil',
  ],
  ...[
    'utf-8-validate',
    'leveldown',
    'isolated-vm',
    'libxmljs',
    'libxmljs2',
    'serialport',
    'deasync',
    'zeromq',
  ],
];

/** Makes `node-gyp` find the headers that lie beside the Node that runs, instead of asking nodejs.org for them. */
export const OWN_HEADERS =
  'headers="$(dirname "$(dirname "$(command -v node)")")"; if [ -f "$headers/include/node/node.h" ]; then export npm_config_nodedir="$headers"; fi';

/** Whether an install may compile: by what it lists itself, and by what its lock file names. */
export const mayCompile = (dependencies: Readonly<Record<string, string>>, lock: string): boolean =>
  COMPILED.some(
    (name) =>
      Object.hasOwn(dependencies, name) ||
      lock.includes(`"node_modules/${name}"`) ||
      lock.includes(`\n${name}@`) ||
      lock.includes(`\n  ${name}@`),
  );
