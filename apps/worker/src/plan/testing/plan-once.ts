import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { openBrowserSession, pipeTo } from '@showrunner/browser';
import type { Exploration, Proposal } from '@showrunner/contracts';
import * as planner from '@showrunner/planner';
import type { RehearsalOptions, RehearsalPerformer } from '@showrunner/planner';
import { explorerBrowserOf, rehearsalPerformerOf } from '../session-adapters';

/*
 * node <this> <port> <folder of the app> <scratch folder> <chromium> <bwrap>
 * Explores and plans an app that listens on 127.0.0.1, once, and prints as JSON how long each took and what is planned. The benchmark builds it into
 * today's tree and into an older one, which had no planners that could be changed.
 */
interface OlderPlanner {
  rulePlanner?: undefined;
  proposeFeatures(exploration: Exploration, intent: string): Proposal;
  rehearse(proposal: Proposal, performer: RehearsalPerformer, options: RehearsalOptions): Promise<Rehearsed>;
}
interface Rehearsed {
  features: readonly { title: string }[];
}

async function planOnce(exploration: Exploration, performer: RehearsalPerformer): Promise<Rehearsed> {
  const options = { ...planner.DEFAULT_REHEARSAL, now: Date.now };
  const known: typeof planner | OlderPlanner = planner as unknown as typeof planner | OlderPlanner;
  if (known.rulePlanner === undefined)
    return known.rehearse(known.proposeFeatures(exploration, ''), performer, options);
  return known.rehearse(
    await known.rulePlanner.propose(exploration, ''),
    known.rulePlanner,
    performer,
    options,
  );
}

const [port = '', folder = '', workDir = '', chromiumPath = '', bwrapPath = ''] = process.argv.slice(2);
const startedAt = Date.now();
const session = await openBrowserSession({
  ...{ sessionId: 'plan', workDir, chromiumPath, bwrapPath },
  size: { width: 1280, height: 720 },
  previewUrl: 'http://s1.preview.localhost:4401',
  serve: pipeTo(async () => connect(Number(port), '127.0.0.1')),
});
const openedAt = Date.now();
const exploration = await planner.explore(explorerBrowserOf(session), {
  ...{ rootPath: '/', intent: '', limits: planner.DEFAULT_EXPLORE_LIMITS, now: Date.now },
  readme: await readFile(join(folder, 'README.md'), 'utf8').catch(() => ''),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
});
await session.forget();
const exploredAt = Date.now();
const { features } = await planOnce(exploration, rehearsalPerformerOf(session));
const plannedAt = Date.now();
await session.close();
const times = {
  openMs: openedAt - startedAt,
  exploreMs: exploredAt - openedAt,
  planMs: plannedAt - exploredAt,
};
const answer = JSON.stringify({ ...times, features: features.map(({ title }) => title) });
process.stdout.write(`${answer}\n`, () => process.exit(0));
