import { TOOLS_FOLDER } from '@showrunner/build-detection';

/** What made folders that are back already, whole. */
const DONE = [
  `npm install --no-save --no-package-lock --ignore-scripts=false --prefix ${TOOLS_FOLDER}/tools `,
  `python3 -m venv `,
];
/** `npm ci` would delete node_modules and begin anew. */
const IN_PLACE = 'npm install --no-save --no-audit --no-fund --prefer-offline';
/** Where nothing changed, pnpm 11 would leave out the project's own scripts, too. */
const WHOLE = 'pnpm_config_optimistic_repeat_install=false';

/**
 * The install command over folders that an earlier install made: the manager checks that everything is there and runs the project's own scripts.
 * null when nothing is left to do. Pure.
 */
export function topUpCommand(install: string): string | null {
  const left = install
    .split(' && ')
    .filter((command) => !DONE.some((done) => command.startsWith(done)) || /[;|{}]/.test(command))
    .map((command) => command.replace(/^npm ci\b/, IN_PLACE).replace(/^pnpm install\b/, `${WHOLE} $&`));
  // Pieces of a longer construct are left as they are: what was cut apart may not stand alone.
  if (/[{}]/.test(install)) return install;
  return left.length === 0 ? null : left.join(' && ');
}
