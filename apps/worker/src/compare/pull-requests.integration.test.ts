import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBrowserSession, pipeTo, type BrowserSession } from '@showrunner/browser';
import { detect, listingOf } from '@showrunner/build-detection';
import { changesOf, pictureDifference, verdicts } from '@showrunner/comparison';
import type { DrivenPlan, Picture, Verdicts } from '@showrunner/comparison';
import { AppError, type Feature, type StepDifference } from '@showrunner/contracts';
import { loadOf } from '@showrunner/contracts/testing';
import { driveApp, driveFeatures, type DrivenFeature } from '../plan/testing/drive-app';
import { serveApp } from '../plan/testing/serve-app';

/**
 * Pull requests of each kind on a repository that is made here: both sides are explored, planned and driven by the product's own parts, each plan is
 * driven at the other side too, and the verdicts are those that a reviewer would give.
 */
const SIZE = { width: 1280, height: 720 };
const BASE = page({ add: 'Add task', style: 'h1 { color: #222 }' });

interface PullRequest {
  kind: string;
  message: string;
  files: Record<string, string>;
  expected: Record<string, RegExp>;
}

const QUICK: PullRequest[] = [
  {
    kind: 'a broken feature',
    message: 'Trim what is typed',
    files: { 'index.html': BASE.replace('list.append(item)', 'list.trim(item)') },
    expected: { broken: /task/i },
  },
];
const OTHERS: PullRequest[] = [
  {
    kind: 'a new feature',
    message: 'Count up votes',
    files: {
      'index.html': BASE.replace(
        '</main>',
        '<p>Votes: <output id="votes">0</output></p><button id="vote">Vote up</button></main>',
      ).replace('</script>', 'vote.onclick = () => { votes.value = Number(votes.value) + 1; };</script>'),
    },
    // The page of the other feature shows the button, too, so that looks different.
    expected: { new: /vote/i, changed: /task/i },
  },
  {
    kind: 'a changed look',
    message: 'A dark theme',
    files: { 'index.html': BASE.replace('#222', '#0a0; font-size: 60px') },
    expected: { changed: /task/i },
  },
  {
    kind: 'a removed feature',
    message: 'Nobody adds tasks any more',
    files: {
      'index.html': BASE.replace(/<form[^]*?<\/form>/, '').replace(/form\.onsubmit[^]*?;\n\};/, ''),
    },
    expected: { removed: /task/i },
  },
  {
    kind: 'a refactoring without change',
    message: 'Names say more',
    files: { 'index.html': BASE.replaceAll('item', 'entry') },
    expected: { same: /task/i },
  },
];

interface Side {
  plan: DrivenPlan;
  pictures: Map<string, Picture>;
}

describe('a pull request', () => {
  let folder: string;
  let session: BrowserSession;
  let port = 0;
  let base: Side;
  const git = (...args: string[]): string =>
    execFileSync(
      'git',
      ['-C', join(folder, 'app'), '-c', 'user.name=t', '-c', 'user.email=t@t.test', ...args],
      {
        encoding: 'utf8',
      },
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pull-requests-'));
    await mkdir(join(folder, 'app'));
    await mkdir(join(folder, 'work'));
    git('init', '--quiet', '--initial-branch=main');
    await commit({ 'index.html': BASE }, 'First');
    session = await openBrowserSession({
      ...{ sessionId: 'pull-requests', workDir: join(folder, 'work'), size: SIZE },
      ...{ chromiumPath: '/usr/bin/chromium', bwrapPath: '/usr/bin/bwrap' },
      previewUrl: 'http://s1.preview.localhost:4401',
      serve: pipeTo(async () => connect(port, '127.0.0.1')),
    });
    base = await sideOf();
  }, 240_000);
  afterAll(async () => {
    await session.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function commit(files: Record<string, string>, message: string): Promise<void> {
    for (const [path, text] of Object.entries(files)) await writeFile(join(folder, 'app', path), text);
    git('add', '-A');
    git('commit', '--quiet', '-m', message);
  }

  /** What is checked out: served, explored, planned and driven. */
  async function sideOf(): Promise<Side> {
    return served(async () => {
      const driven = await driveApp({ port, session, workDir: join(folder, 'work') });
      const features = driven.plan?.features ?? [];
      // Pictures are taken without what exploring and rehearsing left on the page.
      return drivenSide(features);
    });
  }
  const planAt = (features: readonly Feature[]): Promise<Side> => served(() => drivenSide(features));

  async function served<T>(work: () => Promise<T>): Promise<T> {
    const app = await serveApp(join(folder, 'app'));
    port = app.port;
    try {
      return await work();
    } finally {
      app.close();
    }
  }

  async function drivenSide(features: readonly Feature[]): Promise<Side> {
    await session.forget();
    const pictures = new Map<string, Picture>();
    const onFeature = async ({ feature }: DrivenFeature): Promise<void> => {
      pictures.set(feature.id, await pictureOf(session));
    };
    const driven = await driveFeatures(session, features, { onFeature });
    return { plan: planOf(features, driven), pictures };
  }

  async function judged({ files, message }: PullRequest): Promise<Verdicts['features']> {
    git('checkout', '--quiet', '-B', 'feature', 'main');
    await commit(files, message);
    const diff = git('diff', 'main', 'feature');
    const head = await sideOf();
    const baseAtHead = await planAt(base.plan.features);
    git('checkout', '--quiet', 'main');
    const headAtBase = await planAt(head.plan.features);
    const differences = new Map<string, StepDifference[]>();
    for (const [id, after] of head.pictures) {
      const before = headAtBase.pictures.get(id);
      const found = before === undefined ? null : pictureDifference(before, after);
      if (found !== null) differences.set(id, [{ step: 0, caption: id, ...found }]);
    }
    return verdicts({
      ...{ baseName: 'main', head: head.plan, headAtBase: headAtBase.plan, base: base.plan },
      ...{ baseAtHead: baseAtHead.plan, differences, changes: changesOf(diff, [message]), baseFailure: null },
    }).features;
  }

  const all = [...QUICK, ...OTHERS];
  it.each(all.slice(0, loadOf({ bounded: QUICK.length, full: all.length })))(
    'with $kind gets the verdict of a reviewer',
    async (pullRequest) => {
      const found = await judged(pullRequest);
      for (const [verdict, title] of Object.entries(pullRequest.expected))
        expect(found).toContainEqual(
          expect.objectContaining({ verdict, title: expect.stringMatching(title) }),
        );
      const others = found.map(({ verdict }) => verdict).filter((one) => one !== 'same');
      for (const verdict of others) expect(Object.keys(pullRequest.expected)).toContain(verdict);
    },
    240_000,
  );

  it('whose base does not build is new, all of it, and says why', async () => {
    const failure = await detect(listingOf({ 'package.json': '{ "scripts": ' })).catch(
      (error: unknown) => error,
    );
    if (!(failure instanceof AppError)) throw new Error('a broken package.json was taken for an app');
    const { features } = verdicts({
      ...{ baseName: 'main', head: base.plan, headAtBase: null, base: null, baseAtHead: null },
      ...{ differences: new Map(), changes: null, baseFailure: { message: failure.message } },
    });
    expect(features.length).toBeGreaterThan(0);
    for (const { verdict, reason } of features) {
      expect(verdict).toBe('new');
      expect(reason).toMatch(/Nothing runs at main: .*cannot be read as JSON/);
    }
  });
});

function planOf(features: readonly Feature[], driven: readonly DrivenFeature[]): DrivenPlan {
  return {
    features,
    outcomes: driven.map(({ feature, verified, error }) => ({
      ...{ feature: feature.id, title: feature.title, verified },
      reason: error ?? null,
    })),
    actions: driven.flatMap(({ actions }) => actions),
  } as DrivenPlan;
}

/** What the page shows, without a caret. */
async function pictureOf(session: BrowserSession): Promise<Picture> {
  const devTools = session.connectDevTools();
  try {
    const { targetInfos } = (await devTools.send('Target.getTargets')) as {
      targetInfos: { type: string; targetId: string }[];
    };
    const targetId = targetInfos.find(({ type }) => type === 'page')?.targetId ?? '';
    const { sessionId } = (await devTools.send('Target.attachToTarget', { targetId, flatten: true })) as {
      sessionId: string;
    };
    const { data } = (await devTools.send('Page.captureScreenshot', {}, sessionId)) as { data: string };
    const rgba = execFileSync(
      'ffmpeg',
      ['-v', 'error', '-i', '-', '-f', 'rawvideo', '-pix_fmt', 'rgba', '-'],
      {
        input: Buffer.from(data, 'base64'),
        maxBuffer: 1 << 26,
      },
    );
    return { ...SIZE, rgba };
  } finally {
    devTools.close();
  }
}

function page({ add, style }: { add: string; style: string }): string {
  return `<!doctype html><title>Tasks</title><style>body { font-family: sans-serif } ${style}</style>
<main><h1>Tasks</h1>
<form id="form"><label>New task <input id="text" required></label><button>${add}</button></form>
<ul id="list"></ul></main>
<script>
form.onsubmit = (event) => {
  event.preventDefault();
  const item = document.createElement('li');
  item.textContent = text.value;
  list.append(item);
  text.value = '';
};
</script>`;
}
