import { parse as parseYaml, YAMLParseError } from 'yaml';
import { baseName, folderOf, listingWithin, type FileListing } from '../listing';
import { isFrontEnd, knownFramework } from './frameworks';
import { chooseManager } from './package-manager';
import { readPackageJson } from './package-json';
import { chooseScript } from './scripts';

export interface WorkspaceApp {
  dir: string;
  /** Higher is more likely the web app that people see. */
  score: number;
}

/** Globs of the workspace packages that the root names; empty when it is no workspace. */
export function workspaceGlobs(listing: FileListing): string[] {
  const globs = readPackageJson(listing)?.workspaces ?? [];
  for (const file of ['pnpm-workspace.yaml', 'lerna.json']) {
    const text = listing.read(file);
    if (text === undefined) continue;
    try {
      const raw: unknown = parseYaml(text, { maxAliasCount: 10 });
      const packages: unknown =
        typeof raw === 'object' && raw !== null && 'packages' in raw ? raw.packages : undefined;
      if (Array.isArray(packages))
        globs.push(...packages.filter((one): one is string => typeof one === 'string'));
    } catch (error) {
      // An unreadable workspace file means: no workspace. The package manager will say the same with its own words.
      if (!(error instanceof YAMLParseError) && !(error instanceof ReferenceError)) throw error;
    }
  }
  return globs;
}

/** Folders of the workspace packages, as the globs choose them; `*` and `**` only, which is what package managers document. */
export function workspaceFolders(listing: FileListing): string[] {
  const globs = workspaceGlobs(listing);
  const included = globs.filter((glob) => !glob.startsWith('!')).map(globToRegExp);
  const excluded = globs.filter((glob) => glob.startsWith('!')).map((glob) => globToRegExp(glob.slice(1)));
  return listing.files
    .filter((file) => baseName(file) === 'package.json')
    .map(folderOf)
    .filter(
      (dir) =>
        dir !== '' && included.some((glob) => glob.test(dir)) && !excluded.some((glob) => glob.test(dir)),
    );
}

/** The web apps of a workspace, the likeliest first. */
export function workspaceApps(listing: FileListing): WorkspaceApp[] {
  return workspaceFolders(listing)
    .flatMap((dir) => {
      const manifest = readPackageJson(listingWithin(listing, dir));
      if (manifest === undefined || chooseScript(manifest).choice === undefined) return [];
      const framework = knownFramework(manifest.dependencies);
      if (framework === undefined || !isFrontEnd(framework)) return [];
      return [{ dir, score: scoreOf(dir, framework.name) }];
    })
    .sort((a, b) => b.score - a.score || (a.dir < b.dir ? -1 : 1));
}

/** Commands, run from /app, that build the workspace packages which the app in `dir` imports. */
export function buildsOfDependencies(listing: FileListing, dir: string): string[] {
  const rootManifest = readPackageJson(listing);
  const app = readPackageJson(listingWithin(listing, dir));
  if (rootManifest === undefined || app === undefined) return [];
  const packages = new Map(
    workspaceFolders(listing).flatMap((folder) => {
      const manifest = readPackageJson(listingWithin(listing, folder));
      return manifest === undefined ? [] : [[manifest.name, { folder, manifest }] as const];
    }),
  );
  const ordered: string[] = [];
  const visit = (dependencies: readonly string[], seen: ReadonlySet<string>): void => {
    for (const name of dependencies) {
      const found = packages.get(name);
      if (found === undefined || seen.has(name) || ordered.includes(found.folder)) continue;
      visit(Object.keys(found.manifest.dependencies), new Set([...seen, name]));
      // A package whose entry is in its source folder needs no build.
      if (found.manifest.scripts['build'] !== undefined && !/^(?:\.\/)?src\//.test(found.manifest.main ?? ''))
        ordered.push(found.folder);
    }
  };
  visit(Object.keys(app.dependencies), new Set([app.name]));
  const { name } = chooseManager(listing, rootManifest);
  const run = name === 'pnpm' ? 'pnpm run build' : 'npm run build';
  return ordered.map((folder) => `cd '/app/${folder.replaceAll("'", `'\\''`)}' && ${run}`);
}

function scoreOf(dir: string, framework: string): number {
  const name = baseName(dir);
  if (/^(web|app|www|frontend|front-end|client|site|dashboard|admin|studio|demo|playground)$/.test(name))
    return 10;
  if (framework === 'storybook' || /^(docs?|documentation|storybook|website|landing)$/.test(name)) return 2;
  if (/^(examples?|templates?|e2e|tests?|fixtures?)(\/|$)/.test(dir)) return 1;
  return 5;
}

function globToRegExp(glob: string): RegExp {
  const plain = glob.replace(/^\.\//, '').replace(/\/$/, '');
  const body = plain
    .split('/')
    .map((part) =>
      part === '**' ? '.+' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*'),
    )
    .join('/');
  return new RegExp(`^${body}$`);
}
