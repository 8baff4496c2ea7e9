import { connect } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowserSession, pipeTo } from '@showrunner/browser';
import type { DrivenApp } from '../drive-app';
import { CLAIMED_TYPES } from './claimed-types';
import { isFalse, isHit, resultsByType } from './episode';
import type { Episode } from './episode';
import { replaceTable } from './replace-table';
import { tableOfTypes } from './report';
import { runEpisode } from './run-episode';
import { servePages } from './serve-page';

/**
 * `npm run miniwob -- [<type>...] [--seeds <n>] [--workers <n>] [--write <file>] [--steps]`: the pages of MiniWoB++, each with its own sentence as
 * the intent. Without types those that the rules claim, with `--all` all of the package. `--steps` tells what was done in each episode that is no hit, `--outline` what was seen.
 * @param html Folder `html` of the package.
 */
export async function main(
  html: string,
  allTypes: readonly string[],
  args: readonly string[],
): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '10' },
      workers: { type: 'string', default: '3' },
      write: { type: 'string' },
      steps: { type: 'boolean', default: false },
      outline: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
    },
  });
  const types = positionals.length > 0 ? positionals : values.all ? allTypes : CLAIMED_TYPES;
  const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed);
  // A run that is stopped has seen each type as often as the others.
  const queue = seeds.flatMap((seed) => types.map((type) => ({ type, seed })));
  const episodes: Episode[] = [];
  const startedAt = Date.now();
  const workers = Array.from({ length: Math.min(Number(values.workers), queue.length) }, (_, at) =>
    work(`miniwob-${at}`, html, queue, (episode, driven) => {
      episodes.push(episode);
      console.log(lineOf(episode));
      if (values.steps && !isHit(episode)) console.log(stepsOf(driven));
      if (values.outline) console.log(outlineOf(driven));
    }),
  );
  await Promise.all(workers);
  const table = tableOfTypes(resultsByType(episodes));
  console.log(`\n${table}\n${Math.round((Date.now() - startedAt) / 1000)} s`);
  if (values.write !== undefined)
    await writeFile(values.write, replaceTable(await readFile(values.write, 'utf8'), table));
  if (episodes.some(isFalse)) process.exitCode = 1;
}

/** Takes episodes from the queue until it is empty, all in one browser. */
async function work(
  name: string,
  html: string,
  queue: { type: string; seed: number }[],
  onEpisode: (episode: Episode, driven: DrivenApp) => void,
): Promise<void> {
  const workDir = await mkdtemp(join(tmpdir(), 'showrunner-miniwob-'));
  await mkdir(join(workDir, name), { recursive: true });
  const pages = await servePages(html);
  const open = (round: number): ReturnType<typeof openBrowserSession> =>
    openBrowserSession({
      ...{
        sessionId: `${name}-${round}`,
        workDir,
        chromiumPath: '/usr/bin/chromium',
        bwrapPath: '/usr/bin/bwrap',
      },
      size: { width: 1280, height: 720 },
      previewUrl: 'http://s1.preview.localhost:4401',
      serve: pipeTo(async () => connect(pages.port, '127.0.0.1')),
      limits: { maxSteps: 100_000, maxMs: 6 * 3_600_000 },
    });
  let round = 0;
  let session = await open(round);
  try {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      try {
        const { episode, driven } = await runEpisode(next, { pages, session, workDir });
        onEpisode(episode, driven);
      } catch (error) {
        console.error(`${next.type} ${next.seed}: ${error instanceof Error ? error.message : String(error)}`);
        await session.close();
        round += 1;
        session = await open(round);
      }
    }
  } finally {
    await session.close();
    pages.close();
    await rm(workDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

const lineOf = (one: Episode): string =>
  `${isHit(one) ? 'hit  ' : isFalse(one) ? 'FALSE' : 'miss '} ${one.type} ${one.seed} [${one.claim}, ${one.reward}] ${one.intent}${one.reason === '' ? '' : ` — ${one.reason}`}`;

const stepsOf = ({ features }: DrivenApp): string =>
  features
    .flatMap(({ feature, verified, error }) => [
      `      ${verified ? '✓' : '✗'} ${feature.title}${error === undefined ? '' : ` (${error})`}`,
      ...feature.steps.map(
        (step) => `          ${JSON.stringify(step.action)} ⇒ ${JSON.stringify(step.success)}`,
      ),
    ])
    .join('\n');

const outlineOf = ({ exploration }: DrivenApp): string =>
  exploration.pages
    .flatMap(({ revealedBy, snapshot }) => [
      `      page${revealedBy.map(({ name }) => ` › ${name}`).join('')}`,
      ...snapshot.elements.map(
        ({ role, name, parent, box: _box, inViewport: _inView, group: _group, ...rest }, at) =>
          `        ${at} in ${parent}: ${role} "${name}" ${JSON.stringify(rest)}`,
      ),
    ])
    .join('\n');
