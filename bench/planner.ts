import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireTool } from '@showrunner/config';
import { figure } from './measure/figures';
import { inOlderTree, inThisTree, type BuiltProgram } from './measure/older-tree';
import { freePorts, inScratch } from './measure/scratch';

const ROUNDS = 3;
const SOURCE = 'examples/kanban';
const PROGRAM = 'apps/worker/src/plan/testing/plan-once.ts';
const ANSWER_MS = 30_000;

interface Planned {
  openMs: number;
  exploreMs: number;
  planMs: number;
  features: string[];
}

/**
 * How long exploring and planning of examples/kanban takes, without platform and sandbox, beside the build that issue 10 names, by turns: each time in a
 * new browser on an app that has just been started.
 */
export const benchPlanner = (): Promise<void> =>
  inScratch(async (folder) => {
    const app = join(folder, 'app');
    await cp(SOURCE, app, { recursive: true });
    await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: app });
    const now = await inThisTree(PROGRAM);
    const older = await inOlderTree(folder, PROGRAM);
    const found: Record<'now' | 'older', Planned[]> = { now: [], older: [] };
    try {
      for (let round = 0; round < ROUNDS; round++)
        for (const [side, program] of Object.entries({ older, now }))
          found[side as 'now' | 'older'].push(await planned(program, app, folder));
    } finally {
      await older.remove();
    }
    const seconds = (side: Planned[], of: (one: Planned) => number): number[] =>
      side.map((one) => of(one) / 1000);
    const compare = (name: string, of: (one: Planned) => number): void =>
      figure(
        name,
        's',
        seconds(found.now, of),
        { what: older.name, values: seconds(found.older, of) },
        { features: found.now[0]?.features.length ?? 0 },
      );
    compare('planner.explore', ({ exploreMs }) => exploreMs);
    compare('planner.plan', ({ planMs }) => planMs);
    compare('planner.both', ({ exploreMs, planMs }) => exploreMs + planMs);
  });

/** Starts the app in its first state, plans it once and ends it. */
async function planned(program: BuiltProgram, app: string, folder: string): Promise<Planned> {
  const [port = 0] = await freePorts(1);
  await rm(join(app, 'data', 'cards.json'), { force: true });
  await rm(join(app, 'node_modules', '.vite'), { recursive: true, force: true });
  const server = spawn(process.execPath, ['node_modules/vite/bin/vite.js'], {
    cwd: app,
    env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
    stdio: 'ignore',
  });
  const scratch = join(folder, 'browsers');
  await mkdir(scratch, { recursive: true });
  try {
    await answers(`http://127.0.0.1:${port}/`);
    const tools = [requireTool('chromium').path, requireTool('bwrap').path];
    return JSON.parse(await program.run(String(port), app, scratch, ...tools)) as Planned;
  } finally {
    server.kill('SIGKILL');
  }
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + ANSWER_MS;
  while (Date.now() < deadline) {
    const answered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} does not answer.`);
}
