import { baseName, folderOf, listingWithin, type FileListing } from '../listing';
import { frameworkOfCommand, isFrontEnd, knownFramework } from './frameworks';
import { chooseManager } from './package-manager';
import { readPackageJson } from './package-json';
import { globMatches } from './workspace-glob';
import { chooseScript } from './scripts';
import { plainYaml } from '../plain-yaml';
import { quote } from '../shell';

export interface WorkspaceApp {
  dir: string;
  framework: string;
  /** Higher is more likely the web app that people see. */
  score: number;
  /** What speaks for it, after "because". */
  why: string;
}

const MAX_GLOBS = 100;
const MAX_GLOB = 200;
const MAX_PACKAGES = 400;

/** Globs of the workspace packages that the root names; empty when it is no workspace. */
export function workspaceGlobs(listing: FileListing): string[] {
  const globs = [
    ...(readPackageJson(listing)?.workspaces ?? []),
    ...packagesIn(listing.read('pnpm-workspace.yaml') ?? ''),
    // JSON is YAML.
    ...packagesIn(listing.read('lerna.json') ?? ''),
  ];
  return globs.filter((glob) => glob.length <= MAX_GLOB).slice(0, MAX_GLOBS);
}

function packagesIn(text: string): string[] {
  const packages = plainYaml(text).value?.['packages'];
  return Array.isArray(packages) ? packages.filter((one): one is string => typeof one === 'string') : [];
}

/** Folders of the workspace packages, as the globs choose them. */
export function workspaceFolders(listing: FileListing): string[] {
  const known = foldersOf.get(listing) ?? chosenFolders(listing);
  foldersOf.set(listing, known);
  return known;
}
/** Asked for every folder of a source, so each listing is looked through once. */
const foldersOf = new WeakMap<FileListing, string[]>();

function chosenFolders(listing: FileListing): string[] {
  const globs = workspaceGlobs(listing);
  const included = globs.filter((glob) => !glob.startsWith('!'));
  const excluded = globs.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
  return listing.files
    .filter((file) => baseName(file) === 'package.json')
    .map(folderOf)
    .slice(0, MAX_PACKAGES)
    .filter(
      (dir) =>
        dir !== '' &&
        included.some((glob) => globMatches(glob, dir)) &&
        !excluded.some((glob) => globMatches(glob, dir)),
    );
}

/** The web apps of a workspace, the likeliest first. */
export function workspaceApps(listing: FileListing): WorkspaceApp[] {
  return workspaceFolders(listing)
    .flatMap((dir) => {
      const manifest = readPackageJson(listingWithin(listing, dir));
      const script = manifest === undefined ? undefined : chooseScript(manifest).choice;
      if (manifest === undefined || script === undefined) return [];
      const framework = knownFramework(manifest.dependencies) ?? frameworkOfCommand(script.command);
      if (framework === undefined || !isFrontEnd(framework)) return [];
      return [{ dir, framework: framework.name, ...scoreOf(dir, framework.name) }];
    })
    .sort((a, b) => b.score - a.score || (a.dir < b.dir ? -1 : 1));
}

/** True when the root of a workspace is an app of its own, beside the packages that it uses. */
export function rootIsApp(listing: FileListing): boolean {
  const manifest = readPackageJson(listing);
  const framework = manifest === undefined ? undefined : knownFramework(manifest.dependencies);
  if (manifest === undefined || framework === undefined || !isFrontEnd(framework)) return false;
  const command = chooseScript(manifest).choice?.command ?? '';
  return (
    command !== '' &&
    !/\b(turbo|nx|lerna|wsrun|moon|rush)\b|\s(-r|--recursive|--filter|-F|-w|--workspace|--workspaces|--parallel|--cwd|-C|--dir|--prefix)\b|\bworkspaces?\b/.test(
      command,
    )
  );
}

/** Builds of the workspace packages which the app in `dir` imports, run from /app. */
export function buildsOfDependencies(
  listing: FileListing,
  dir: string,
): { setup: string[]; reasons: string[] } {
  const rootManifest = readPackageJson(listing);
  const app = readPackageJson(listingWithin(listing, dir));
  if (rootManifest === undefined || app === undefined) return { setup: [], reasons: [] };
  const packages = new Map(
    workspaceFolders(listing).flatMap((folder) => {
      const manifest = readPackageJson(listingWithin(listing, folder));
      return manifest === undefined ? [] : [[manifest.name, { folder, manifest }] as const];
    }),
  );
  const ordered: string[] = [];
  const seen = new Set([app.name]);
  const visit = (dependencies: readonly string[]): void => {
    for (const name of dependencies) {
      const found = packages.get(name);
      if (found === undefined || seen.has(name)) continue;
      seen.add(name);
      visit(Object.keys(found.manifest.dependencies));
      // A package whose entry is a source file needs no build.
      if (found.manifest.scripts['build'] !== undefined && !isSource(found.manifest.main))
        ordered.push(found.folder);
    }
  };
  visit(Object.keys(app.dependencies));
  const { name } = chooseManager(listing, rootManifest);
  const run = name === 'pnpm' ? 'pnpm run build' : 'npm run build';
  return {
    setup: ordered.map((folder) => `cd ${quote(`/app/${folder}`)} && ${run}`),
    reasons:
      ordered.length === 0
        ? []
        : [`It imports ${ordered.slice(0, 6).join(', ')} of its workspace, which are built first.`],
  };
}

const isSource = (entry: string | undefined): boolean =>
  entry !== undefined && (/^(?:\.\/)?src\//.test(entry) || /\.[cm]?tsx?$/.test(entry));

function scoreOf(dir: string, framework: string): Pick<WorkspaceApp, 'score' | 'why'> {
  const name = baseName(dir);
  if (/^(examples?|templates?|e2e|tests?|fixtures?)(\/|$)/.test(dir))
    return { score: 1, why: `it is the only app, though a sample (${framework})` };
  if (framework === 'storybook' || /^(docs?|documentation|storybook|website|landing)$/.test(name))
    return { score: 2, why: `nothing but documentation pages was found (${framework})` };
  if (/^(web|app|www|frontend|front-end|client|site|dashboard|admin|studio|ui|web-app|web-ui)$/.test(name))
    return { score: 10, why: `"${name}" is what people call a front end, and it uses ${framework}` };
  if (/^(web|app|client|frontend|dashboard|admin)-|-(web|app|client|frontend|dashboard|admin)$/.test(name))
    return { score: 8, why: `its name says so ("${name}"), and it uses ${framework}` };
  if (/^(demos?|playgrounds?|sandbox|showcase)(\/|$)|\/(demos?|playgrounds?|sandbox|showcase)$/.test(dir))
    return { score: 4, why: `no app but a playground was found (${framework})` };
  return { score: 5, why: `it uses ${framework}` };
}
