import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { requireTool } from '@showrunner/config';
import { durationOf, figure, timed } from './measure/figures';
import { ownPlatform } from './measure/own-platform';
import { freePorts, inScratch } from './measure/scratch';

const ROUNDS = 3;
const MEBIBYTE = 1024 ** 2;

/**
 * How long `up` takes when everything is installed, on a new data folder and on one that was used, and what the platform then holds in
 * memory. Baseline in the same run: the Temporal server alone, until it answers.
 */
export const benchPlatform = async (): Promise<void> => {
  const starts: number[] = [];
  const residents: number[] = [];
  let parts = '';
  await inScratch(async (home) => {
    const platform = await ownPlatform(home);
    try {
      for (let round = 0; round <= ROUNDS; round++) {
        starts.push(await durationOf(() => platform.up()));
        const { residentBytes, components } = await platform.status();
        residents.push(residentBytes / MEBIBYTE);
        parts = components.map((one) => `${one.name}:${Math.round(one.residentBytes / MEBIBYTE)}`).join(',');
        await platform.down();
      }
    } finally {
      await platform.down();
    }
  });
  const program = requireTool('temporal').path;
  const alone: number[] = [];
  const aloneResidents: number[] = [];
  await timed(ROUNDS, async () => {
    const { readyMs, residentMiB } = await temporalAlone(program);
    alone.push(readyMs);
    aloneResidents.push(residentMiB);
  });
  const [first = 0, ...later] = starts;
  const baseline = { what: 'temporal alone', values: alone };
  figure('platform.start', 'ms', later, baseline, { first: `${first.toFixed(0)}ms` });
  figure(
    'platform.resident',
    'MiB',
    residents,
    { what: 'temporal alone', values: aloneResidents },
    { parts },
  );
};

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
