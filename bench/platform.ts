import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireTool } from '@showrunner/config';
import { builtBefore } from './measure/built-before';
import { durationOf, figure, timed } from './measure/figures';
import { ownPlatform } from './measure/own-platform';
import { freePorts, inScratch } from './measure/scratch';

const ROUNDS = 3;
const MEBIBYTE = 1024 ** 2;
const SOURCE = 'examples/kanban';
/** Browsers and encoders of the film have ended by then, and what is kept is kept. */
const REST_MS = 5_000;

interface Measured {
  /** Of a data folder that has none yet. */
  firstUpMs: number;
  ups: number[];
  /** After `up`, MiB. */
  idle: number[];
  /** After one film, MiB. */
  filmed: number[];
  parts: string;
}

/**
 * How long `up` takes when everything is installed, on a new data folder and on one that was used, and what the platform holds in memory
 * then and after one film: today's build beside the one from before the services became one process, and beside the Temporal server alone.
 */
export const benchPlatform = (): Promise<void> =>
  inScratch(async (folder) => {
    const before = await builtBefore(folder);
    try {
      const old = await measure(before.root, join(folder, 'home-before'));
      const now = await measure(process.cwd(), join(folder, 'home'));
      const temporal = await timesOfTemporal();
      const first = { first: `${now.firstUpMs.toFixed(0)}ms` };
      figure('platform.up', 'ms', now.ups, { what: before.name, values: old.ups }, first);
      const { parts } = now;
      figure('platform.filmed', 'MiB', now.filmed, { what: before.name, values: old.filmed }, { parts });
      figure('platform.resident', 'MiB', now.idle, { what: before.name, values: old.idle });
      figure('platform.start', 'ms', now.ups, { what: 'temporal alone', values: temporal.readyMs });
      figure('platform.resident', 'MiB', now.idle, { what: 'temporal alone', values: temporal.residentMiB });
    } finally {
      await before.remove();
    }
  });

async function measure(root: string, home: string): Promise<Measured> {
  const platform = await ownPlatform(home, root);
  const measured: Measured = { firstUpMs: 0, ups: [], idle: [], filmed: [], parts: '' };
  try {
    measured.firstUpMs = await durationOf(() => platform.up());
    for (let round = 0; round < ROUNDS; round++) {
      await platform.down();
      measured.ups.push(await durationOf(() => platform.up()));
      measured.idle.push((await platform.status()).residentBytes / MEBIBYTE);
    }
    await platform.film(SOURCE, join(home, 'film'));
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    const { residentBytes, components } = await platform.status();
    measured.filmed.push(residentBytes / MEBIBYTE);
    measured.parts = components
      .map((one) => `${one.name}:${Math.round(one.residentBytes / MEBIBYTE)}`)
      .join(',');
  } finally {
    await platform.down();
  }
  return measured;
}

async function timesOfTemporal(): Promise<{ readyMs: number[]; residentMiB: number[] }> {
  const program = requireTool('temporal').path;
  const times: { readyMs: number[]; residentMiB: number[] } = { readyMs: [], residentMiB: [] };
  await timed(ROUNDS, async () => {
    const alone = await temporalAlone(program);
    times.readyMs.push(alone.readyMs);
    times.residentMiB.push(alone.residentMiB);
  });
  return times;
}

async function temporalAlone(program: string): Promise<{ readyMs: number; residentMiB: number }> {
  const [port = 0, uiPort = 0] = await freePorts(2);
  const startedAt = performance.now();
  const ports = ['--port', String(port), '--ui-port', String(uiPort)];
  const server = spawn(program, ['server', 'start-dev', '--ip', '127.0.0.1', ...ports], { stdio: 'ignore' });
  try {
    while (!(await answers(`http://127.0.0.1:${uiPort}/api/v1/namespaces/default`))) {
      // It picks further ports by chance, and may pick one that was taken meanwhile.
      if (server.exitCode !== null) return await temporalAlone(program);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const readyMs = performance.now() - startedAt;
    return { readyMs, residentMiB: await residentMiB(server.pid ?? 0) };
  } finally {
    server.kill('SIGKILL');
  }
}

async function residentMiB(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1024;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    // Refused: not yet.
    return false;
  }
}
