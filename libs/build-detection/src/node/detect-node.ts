import { OWN_HEADERS, mayCompile } from './compiled-packages';
import { copyEnvironment } from '../environment-file';
import { hasFile, type FileListing } from '../listing';
import { RUNTIMES_FOLDER, SYSTEM_PATH, because, type Draft, type Runtimes } from '../draft';
import { webProcess } from '../procfile';
import { quotePath, tolerant } from '../shell';
import { databaseSetup } from './database-setup';
import { frameworkOfCommand, isFrontEnd, knownFramework, type NodeFramework } from './frameworks';
import { chooseNode, type NodeChoice } from './node-version';
import { needsOldOpenSsl } from './old-webpack';
import { INSTALL_HOSTS, NODE_ENVIRONMENT, TOOLS_PATH, chooseManager, fetchTools } from './package-manager';
import { nodePort } from './node-port';
import { readPackageJson, type PackageJson } from './package-json';
import { chooseScript, innerScript, runScript, type ScriptChoice } from './scripts';

const SERVER_FILES = [
  'server.js',
  'server.mjs',
  'app.js',
  'index.js',
  'src/server.js',
  'src/index.js',
  'src/app.js',
  'bin/www',
];

/** A script that runs a file of the app: with a framework for servers, the server that also hands out the pages beside it. */
const RUNS_A_SERVER = /(^|[\s;&])(node|nodemon|tsx|ts-node|ts-node-dev|bun)\s/;

export interface NodeFinding {
  draft: Draft | undefined;
  /** Why nothing in package.json can be started, one sentence each. */
  refused: string[];
}

/** Where the install runs when it is not the app's own folder: the root of a workspace. */
export interface WorkspaceRoot {
  listing: FileListing;
  /** Builds of the packages that the app imports, run from the root. */
  setup: string[];
  /** Why each of them, one sentence each. */
  reasons: string[];
}

/** Plan for a folder with a package.json; `draft` undefined when there is none or nothing in it serves a page. */
export function detectNode(listing: FileListing, runtimes: Runtimes, root?: WorkspaceRoot): NodeFinding {
  const manifest = readPackageJson(listing);
  if (manifest === undefined) {
    return {
      draft: undefined,
      refused: hasFile(listing, 'package.json') ? ['package.json cannot be read as JSON.'] : [],
    };
  }
  const { choice, refused } = chooseScript(manifest);
  const framework =
    knownFramework(manifest.dependencies) ??
    (root === undefined ? undefined : frameworkOfCommand(choice?.command ?? ''));
  const start =
    choice === undefined
      ? startWithoutScript(listing, manifest, framework)
      : { command: runScript(choice), reason: choice.reason };
  if (start === undefined) return { draft: undefined, refused };

  const rootManifest = root === undefined ? undefined : readPackageJson(root.listing);
  const manager = chooseManager(root?.listing ?? listing, rootManifest ?? manifest);
  const node = chooseNode(
    root?.listing ?? listing,
    { ...manifest, enginesNode: manifest.enginesNode ?? rootManifest?.enginesNode },
    runtimes,
  );
  const tools = [
    ...(manager.tool === null ? [] : [manager.tool]),
    ...(node.tool === null ? [] : [node.tool]),
  ];
  const oldWebpack = needsOldOpenSsl(manifest, node.version);
  const nothingToInstall =
    root === undefined && Object.keys(manifest.dependencies).length === 0 && !hasInstallScript(manifest);
  const install = [
    ...(tools.length === 0 ? [] : [fetchTools(tools)]),
    ...(nothingToInstall ? [] : [root === undefined ? manager.install : `cd /app && ${manager.install}`]),
  ];
  if (
    node.bin === null &&
    !nothingToInstall &&
    mayCompile(manifest.dependencies, lockOf(root?.listing ?? listing))
  )
    install.unshift(OWN_HEADERS);
  const isStrict = manifest.devEnginesManager !== undefined && manifest.devEnginesManager !== 'npm';
  const environment = copyEnvironment(listing);
  const database = databaseSetup(listing, manifest, runtimes.services);
  const port = nodePort(listing, manifest, choice, framework);
  return {
    refused,
    draft: {
      refusal: node.refusal,
      toolchain: { name: 'node', version: node.version, from: node.bin === null ? 'sandbox' : 'npm' },
      framework: framework?.name ?? 'node',
      frameworkVersion: framework === undefined ? null : versionOf(manifest.dependencies[framework.package]),
      runtime: 'node',
      packageManager: manager.name,
      install: install.length === 0 ? null : install.join(' && '),
      setup: [
        ...environment.setup,
        ...(root?.setup ?? []),
        ...database.setup,
        ...(choice?.buildFirst ? [buildCommand(choice)] : []),
      ],
      start: isStrict ? start.command.replace(/^npm run /, `${manager.name} run `) : start.command,
      port: port.port,
      env: {
        ...NODE_ENVIRONMENT,
        ...database.env,
        ...(oldWebpack === undefined ? {} : { NODE_OPTIONS: '--openssl-legacy-provider' }),
        ...(tools.length === 0 && node.bin === null ? {} : { PATH: pathWith(node) }),
        ...headersOf(node),
      },
      installHosts: INSTALL_HOSTS[manager.name],
      reasons: [
        because(
          'framework',
          framework === undefined
            ? 'package.json makes it a Node app.'
            : Object.hasOwn(manifest.dependencies, framework.package)
              ? `package.json depends on ${framework.package}.`
              : `Its script runs ${framework.name}, which the root of the workspace brings.`,
        ),
        nothingToInstall
          ? because('install', 'It has no dependencies, so nothing is installed.')
          : because('manager', manager.reason),
        because('start', start.reason),
        port.reason,
        ...environment.reasons,
        ...(root?.reasons ?? []).map((one) => because('setup', one)),
        ...database.reasons,
        ...(choice?.buildFirst
          ? [because('setup', `That serves a build, so the script "${choice.buildFirst}" runs first.`)]
          : []),
        ...refused.map((one) => because('ignored', one)),
        ...node.reasons.map((one) => because('version', one)),
        ...(oldWebpack === undefined
          ? []
          : [
              because(
                'environment',
                `${oldWebpack} is built on an old webpack, which needs --openssl-legacy-provider.`,
              ),
            ]),
      ],
      confidence:
        servesItsBuild(manifest, choice?.command ?? '') ||
        (framework !== undefined && (isFrontEnd(framework) || RUNS_A_SERVER.test(choice?.command ?? '')))
          ? 3
          : framework !== undefined || choice !== undefined
            ? 2
            : 1,
    },
  };
}

function buildCommand({ buildFirst, isFileServer }: ScriptChoice): string {
  const command = `CI=false npm run ${buildFirst ?? ''}`;
  return isFileServer
    ? tolerant(command, 'The build did not work; serving the files that are there.')
    : command;
}

function startWithoutScript(
  listing: FileListing,
  manifest: PackageJson,
  framework: NodeFramework | undefined,
): { command: string; reason: string } | undefined {
  if (framework?.dev != null) {
    return {
      command: `npx --no-install ${framework.dev}`,
      reason: `No script starts it; ${framework.dev} is the usual way.`,
    };
  }
  const web = webProcess(listing);
  if (web !== undefined) return { command: web, reason: 'The Procfile names its web process.' };
  const isServer = framework !== undefined || Object.keys(manifest.scripts).length === 0;
  const file = [manifest.main?.replace(/^\.\//, ''), ...SERVER_FILES].find(
    (one) => one !== undefined && hasFile(listing, one),
  );
  if (!isServer || file === undefined || (framework === undefined && hasFile(listing, 'index.html')))
    return undefined;
  if (framework === undefined && !SERVER_FILES.slice(0, 3).includes(file)) return undefined;
  return {
    command: `node ${quotePath(file)}`,
    reason: `No script starts it; ${file} looks like its server.`,
  };
}

/** A file server beside what makes the files: the page as it lies there lacks them. */
function servesItsBuild({ scripts }: PackageJson, command: string): boolean {
  const inner = innerScript(command);
  const whole = `${command} ${inner === undefined ? '' : (scripts[inner] ?? '')}`.slice(0, 4096);
  return (
    scripts['build'] !== undefined &&
    // What bundles into the folder that is served is what the page is about.
    (/\b(?:rollup|webpack|esbuild|browserify|parcel|vite|tsc)\b/.test(scripts['build'].slice(0, 1000)) ||
      /[^&]&[^&]|\b(concurrently|npm-run-all|run-p|run-s|npm run watch|watch(ify)?|build)\b/.test(whole)) &&
    /\b(serve|http-server|live-server|lite-server|browser-sync|sirv)\b/.test(whole)
  );
}

const lockOf = (listing: FileListing): string =>
  ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml'].map((name) => listing.read(name) ?? '').join('\n');

/** A range that means something by itself: not `catalog:` or `workspace:*`. */
const versionOf = (range: string | undefined): string | null =>
  range !== undefined && /\d/.test(range) && !/^[a-z]+:/i.test(range) ? range.slice(0, 60) : null;

const hasInstallScript = (manifest: PackageJson): boolean =>
  ['preinstall', 'install', 'postinstall', 'prepare'].some((name) => manifest.scripts[name] !== undefined);

const pathWith = ({ bin }: NodeChoice): string =>
  [...(bin === null ? [] : [bin]), TOOLS_PATH, SYSTEM_PATH].join(':');

/** What is compiled finds the headers of the Node that will load it, without asking another host for them. */
const headersOf = ({ bin }: NodeChoice): Record<string, string> =>
  bin?.startsWith(`${RUNTIMES_FOLDER}/`) === true ? { npm_config_nodedir: bin.slice(0, -'/bin'.length) } : {};
