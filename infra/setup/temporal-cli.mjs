import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { findTool, isFound } from '../../libs/config/src/tool-resolution.mjs';
import { goBin, toolsBin } from '../tooling/paths.mjs';
import { runCommand } from '../tooling/run-command.mjs';
import { goInstall, installProgram, stagingFolder } from './go-install.mjs';
import { SetupError } from './setup-error.mjs';

const goModule = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';
const connectTimeoutMs = 8_000;
const downloadTimeoutMs = 180_000;

/**
 * Makes sure a Temporal server can be started: an address of a running one, a CLI that is there, the official download, or a build from the
 * Go proxy, in this order.
 * @param {(detail: string) => void} report
 * @returns {Promise<import('./steps.mjs').StepResult>}
 */
export async function installTemporalCli(report) {
  if (process.env.TEMPORAL_ADDRESS) {
    return { changed: false, summary: `not needed, TEMPORAL_ADDRESS is ${process.env.TEMPORAL_ADDRESS}` };
  }
  const found = findTool('temporal', { env: process.env, cacheFolders: [toolsBin, goBin] });
  if (isFound(found)) return { changed: false, summary: `already at ${found.path}` };
  if (process.env.TEMPORAL_CLI_PATH) throw new SetupError(found.reason, found.remedy);

  /** @type {string[]} */
  const attempts = [];
  for (const [name, attempt] of /** @type {const} */ ([
    ['download', download],
    ['go install', buildWithGo],
  ])) {
    try {
      await attempt(report);
      return { changed: true, summary: `by ${name} to ${join(toolsBin, 'temporal')}` };
    } catch (error) {
      attempts.push(`${name}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
      report(attempts[attempts.length - 1] ?? '');
    }
  }
  throw new SetupError(
    `The Temporal CLI, which runs the workflow server, could not be installed (${attempts.join('; ')}).`,
    `Install it from https://docs.temporal.io/cli or with \`go install ${goModule}\`, or set TEMPORAL_CLI_PATH to it or TEMPORAL_ADDRESS to a running server.`,
  );
}

/** @param {(detail: string) => void} report */
async function download(report) {
  const architecture = { x64: 'amd64', arm64: 'arm64' }[/** @type {'x64'} */ (process.arch)];
  const url = `https://temporal.download/cli/archive/latest?platform=${process.platform}&arch=${architecture}`;
  report(`downloading ${url}`);
  const folder = stagingFolder('temporal');
  const control = new AbortController();
  const connecting = setTimeout(
    () => control.abort(new Error(`no answer within ${connectTimeoutMs} ms`)),
    connectTimeoutMs,
  );
  const whole = setTimeout(
    () => control.abort(new Error(`not done within ${downloadTimeoutMs} ms`)),
    downloadTimeoutMs,
  );
  try {
    const response = await fetch(url, { signal: control.signal });
    clearTimeout(connecting);
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const archive = join(folder, 'temporal.tar.gz');
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), createWriteStream(archive), {
      signal: control.signal,
    });
    await runCommand('tar', ['-xzf', archive, '-C', folder, 'temporal']);
    await installProgram(folder, 'temporal');
  } finally {
    clearTimeout(connecting);
    clearTimeout(whole);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {(detail: string) => void} report */
async function buildWithGo(report) {
  report(`go install ${goModule} (takes two to three minutes)`);
  await goInstall('temporal', goModule, report);
}
