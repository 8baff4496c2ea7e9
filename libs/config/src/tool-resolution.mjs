import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { toolCatalogue } from './tool-catalogue.mjs';

/**
 * @typedef {import('./tool-catalogue.mjs').ToolName} ToolName
 * @typedef {import('./tool-catalogue.mjs').ToolDescription} ToolDescription
 * @typedef {'setting' | 'package' | 'path' | 'cache'} ToolOrigin
 * @typedef {{ name: ToolName, path: string, origin: ToolOrigin }} FoundTool
 * @typedef {{ name: ToolName, reason: string, remedy: string }} MissingTool
 * @typedef {object} ToolSearch
 * @property {NodeJS.ProcessEnv} env
 * @property {readonly string[]} [cacheFolders] folders searched last, where set-up puts what the system does not offer
 * @property {(packageName: string) => string | undefined} [packagePath] path of a program carried by an npm package
 */

/** Administration tools are often not on the PATH of an ordinary user. */
const administrationFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];
const sandboxFolders = ['/usr/local/bin', '/usr/bin', '/bin'];

/**
 * Finds a tool: its own setting, then the npm package that carries it, then PATH, then the caches of set-up. A setting that names no
 * executable is an answer too: the tool counts as missing, because falling back would hide the mistake.
 * @param {ToolName} name
 * @param {ToolSearch} search
 * @returns {FoundTool | MissingTool}
 */
export function findTool(name, search) {
  const tool = describeTool(name);
  const configured = tool.setting ? search.env[tool.setting] : undefined;
  if (configured) {
    return isExecutable(configured)
      ? { name, path: configured, origin: 'setting' }
      : {
          name,
          reason: `${tool.setting} is set to "${configured}", which is not an executable file.`,
          remedy: `Set ${tool.setting} to the path of ${name}, or unset it.`,
        };
  }
  const bundled = tool.bundledIn ? (search.packagePath ?? pathInPackage)(tool.bundledIn) : undefined;
  if (bundled && isExecutable(bundled)) return { name, path: bundled, origin: 'package' };

  const folders = tool.insideSandbox
    ? sandboxFolders
    : [...pathFolders(search.env), ...administrationFolders];
  const onPath = findCommand(tool.commands, folders);
  if (onPath) return { name, path: onPath, origin: 'path' };
  const cached = findCommand(tool.commands, search.cacheFolders ?? defaultCacheFolders());
  if (cached) return { name, path: cached, origin: 'cache' };
  return {
    name,
    reason: `${name} is not installed; it is needed to ${tool.purpose}.`,
    remedy: remedyFor(tool),
  };
}

/**
 * @param {FoundTool | MissingTool} result
 * @returns {result is FoundTool}
 */
export function isFound(result) {
  return 'path' in result;
}

/**
 * @param {ToolName} name
 * @returns {ToolDescription}
 */
export function describeTool(name) {
  const tool = toolCatalogue.find((entry) => entry.name === name);
  if (!tool) throw new TypeError(`"${name}" is not in the tool catalogue.`);
  return tool;
}

/**
 * First line a tool prints when asked for its version, or undefined when it does not answer in time.
 * @param {FoundTool} tool
 * @returns {Promise<string | undefined>}
 */
export function toolVersion(tool) {
  return new Promise((resolve) => {
    execFile(
      tool.path,
      [...describeTool(tool.name).versionArguments],
      { timeout: 15_000 },
      (error, stdout, stderr) => {
        const line = `${stdout}\n${stderr}`.split('\n').find((text) => /\d/.test(text));
        resolve(error ? undefined : line?.trim());
      },
    );
  });
}

/** @param {ToolDescription} tool */
function remedyFor(tool) {
  const setting = tool.setting ? `, or set ${tool.setting} to its path` : '';
  if (tool.name === 'temporal')
    return `Run \`npm run setup\`${setting}, or set TEMPORAL_ADDRESS to a running server.`;
  if (tool.installedBySetup) return `Run \`npm run setup\`${setting}.`;
  const asRoot = process.getuid?.() === 0 ? '' : 'sudo ';
  return `Run \`${asRoot}apt-get install -y ${tool.debianPackage}\`${setting}.`;
}

/** @param {NodeJS.ProcessEnv} env */
function pathFolders(env) {
  return (env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
}

/** Set-up runs in the root of the repository, and so do the processes it serves. */
function defaultCacheFolders() {
  return [join(process.cwd(), '.showrunner', 'tools', 'bin'), join(homedir(), 'go', 'bin')];
}

/**
 * @param {readonly string[]} commands
 * @param {readonly string[]} folders
 */
function findCommand(commands, folders) {
  for (const command of commands) {
    const folder = folders.find((candidate) => isExecutable(join(candidate, command)));
    if (folder !== undefined) return join(folder, command);
  }
  return undefined;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there or not allowed: either way it cannot be run.
    return false;
  }
}

/** @param {string} packageName */
function pathInPackage(packageName) {
  try {
    const exported = createRequire(import.meta.url)(packageName);
    return typeof exported === 'string' ? exported : undefined;
  } catch {
    // The package is not installed; the search goes on.
    return undefined;
  }
}
