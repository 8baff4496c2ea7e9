import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { programPlugin } from '../tooling/bundle-program.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';

/**
 * Maps the name of each library and app of the workspace to its entry files by sub-path (`.` is the main one).
 * @returns {Map<string, Record<string, string>>}
 */
export function workspaceLibraries() {
  /** @type {Map<string, Record<string, string>>} */
  const libraries = new Map();
  for (const folder of ['libs', 'apps']) {
    for (const name of readdirSync(join(repositoryRoot, folder))) {
      const manifestPath = join(repositoryRoot, folder, name, 'package.json');
      if (!existsSync(manifestPath)) continue;
      const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
      /** @type {Record<string, string>} */
      const entries = {};
      for (const [subPath, target] of Object.entries(manifest.exports ?? {})) {
        entries[subPath] = join(dirname(manifestPath), /** @type {string} */ (target));
      }
      libraries.set(manifest.name, entries);
    }
  }
  return libraries;
}

/**
 * esbuild plugin: programs of other languages are taken as text. Libraries of the workspace are inlined from their TypeScript source, npm packages stay external. A package that the flat
 * `node_modules` had to nest below its user (two versions of one name) is inlined too: from `dist` it would resolve to the other version.
 * @returns {import('esbuild').Plugin}
 */
export function workspacePlugin() {
  const libraries = workspaceLibraries();
  return {
    name: 'workspace',
    setup(build) {
      void programPlugin().setup(build);
      build.onResolve({ filter: /^[^./]/ }, (args) => {
        if (args.kind === 'entry-point') return undefined;
        const [scopeOrName = '', name = '', ...rest] = args.path.split('/');
        const packageName = scopeOrName.startsWith('@') ? `${scopeOrName}/${name}` : scopeOrName;
        const library = libraries.get(packageName);
        if (library) {
          const subPath = rest.length === 0 ? '.' : `./${rest.join('/')}`;
          const path = library[subPath];
          return path ? { path } : { errors: [{ text: `${packageName} exports no "${subPath}"` }] };
        }
        return isNested(args.resolveDir, packageName)
          ? undefined
          : { path: importable(args.path, packageName), external: true };
      });
    },
  };
}

/**
 * TypeScript lets `package/lib/file` stand for its `.js`; Node does so only where the package's own `exports` say it.
 * @param {string} path
 * @param {string} packageName
 */
function importable(path, packageName) {
  if (path === packageName) return path;
  const manifest = join(repositoryRoot, 'node_modules', packageName, 'package.json');
  if (!existsSync(manifest) || JSON.parse(readFileSync(manifest, 'utf8')).exports) return path;
  return existsSync(join(repositoryRoot, 'node_modules', `${path}.js`)) ? `${path}.js` : path;
}

/**
 * @param {string} importerFolder
 * @param {string} packageName
 */
function isNested(importerFolder, packageName) {
  for (let folder = importerFolder; folder.length > repositoryRoot.length; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules', packageName, 'package.json'))) return true;
  }
  return false;
}
