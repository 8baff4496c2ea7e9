import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle, bundleTargets } from '../../build/bundles.mjs';
import { repositoryRoot } from '../../tooling/paths.mjs';
import { PORT_VARIABLES, readSettings } from '../platform/settings';
import type { ComponentName, PlatformSettings } from '../platform/settings';
import { readState } from '../platform/state-file';
import type { PlatformState } from '../platform/state-file';
import { freePorts } from '@showrunner/contracts/testing';

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A platform of its own: own data folder, own ports, only the components a test needs. */
export interface TestPlatform {
  home: string;
  env: NodeJS.ProcessEnv;
  settings: PlatformSettings;
  run: (args: readonly string[], env?: NodeJS.ProcessEnv) => Promise<CommandResult>;
  state: () => PlatformState;
  pidOf: (component: string) => number;
  /** Takes it down and removes everything. */
  dispose: () => Promise<void>;
}

export async function createTestPlatform(
  components: readonly ComponentName[],
  extra: NodeJS.ProcessEnv = {},
): Promise<TestPlatform> {
  const programs = bundleTargets().filter(({ name }) => name === 'platform' || name === 'app-server');
  for (const program of programs) await buildBundle(program);
  const home = mkdtempSync(join(tmpdir(), 'showrunner-platform-'));
  // mkdtemp makes it private; PostgreSQL's own user must get in.
  rmSync(home, { recursive: true });
  mkdirSync(home, { mode: 0o755 });
  const variables = Object.values(PORT_VARIABLES);
  const ports = await freePorts(variables.length);
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    SHOWRUNNER_HOME: home,
    SHOWRUNNER_COMPONENTS: components.join(','),
    ...Object.fromEntries(variables.map((variable, index) => [variable, String(ports[index])])),
    ...extra,
  };
  const state = () => {
    const current = readState(home);
    if (!current) throw new Error(`There is no platform.json in ${home}.`);
    return current;
  };
  return {
    home,
    env,
    settings: readSettings(env),
    run: (args, more = {}) => runPlatform(args, { ...env, ...more }),
    state,
    pidOf: (component) => {
      const pid = state().components.find(({ name }) => name === component)?.pid;
      if (!pid) throw new Error(`${component} does not run.`);
      return pid;
    },
    dispose: async () => {
      await runPlatform(['down'], env);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function runPlatform(args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandResult> {
  return runNode(join(repositoryRoot, 'infra', 'dist', 'platform.mjs'), args, env);
}

export function runNode(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: repositoryRoot,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const result: CommandResult = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.stderr += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...result, code }));
  });
}
