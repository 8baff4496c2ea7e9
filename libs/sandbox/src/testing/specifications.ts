import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * The vendors' specifications are not part of the repository: they lie in the folder named by SHOWRUNNER_SPECS, by default
 * `../shared/specs` beside the repository.
 * @returns the path of each, or a sentence that says what is missing, for the line of a skipped suite
 */
export function findSpecifications<Name extends string>(
  names: readonly Name[],
): { paths: Record<Name, string> } | { missing: string } {
  const folder = process.env['SHOWRUNNER_SPECS'] ?? resolve(repositoryRoot(), '..', 'shared', 'specs');
  const paths = Object.fromEntries(names.map((name) => [name, join(folder, name)])) as Record<Name, string>;
  const absent = names.filter((name) => !existsSync(paths[name]));
  if (absent.length === 0) return { paths };
  return {
    missing: `${absent.join(', ')} not in ${folder}; set SHOWRUNNER_SPECS to the folder that has them`,
  };
}

function repositoryRoot(): string {
  let folder = process.cwd();
  while (!existsSync(join(folder, 'pnpm-workspace.yaml')) && folder !== '/') folder = resolve(folder, '..');
  return folder;
}
