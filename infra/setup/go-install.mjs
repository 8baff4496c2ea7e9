import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toolsBin, toolsFolder } from '../tooling/paths.mjs';
import { runCommand } from '../tooling/run-command.mjs';

/**
 * Builds a program from the Go module proxy into our tools folder.
 * @param {string} name of the program
 * @param {string} goModule with its version, e.g. `example.org/cmd/tool@v1.2.3`
 * @param {(detail: string) => void} report
 */
export async function goInstall(name, goModule, report) {
  const folder = stagingFolder(name);
  try {
    const path = `${process.env.PATH}:/usr/local/go/bin`;
    await runCommand('go', ['install', goModule], {
      env: { ...process.env, PATH: path, GOBIN: folder },
      onLine: report,
    });
    await installProgram(folder, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} name */
export function stagingFolder(name) {
  mkdirSync(toolsBin, { recursive: true });
  return mkdtempSync(join(toolsFolder, `${name}-`));
}

/**
 * Moves a program to its place once it proved that it runs here.
 * @param {string} folder
 * @param {string} name
 */
export async function installProgram(folder, name) {
  const path = join(folder, name);
  chmodSync(path, 0o755);
  await runCommand(path, ['--version'], { timeoutMs: 20_000 });
  renameSync(path, join(toolsBin, name));
}
