import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { SessionLostError, type Feature } from '@showrunner/contracts';
import { openTestSession } from '../testing/open-test-session';
import { page, startTestApp, type TestApp } from '../testing/test-app';
import { waitUntil } from '../steps/wait-until';

let app: TestApp;

/** All processes below `pid`, itself included. */
const treeOf = (pid: number): number[] => {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      parents.set(
        Number(name),
        Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]),
      );
    } catch {
      // It ended while we looked.
    }
  }
  const below = (one: number): number[] => [
    one,
    ...[...parents].filter(([, parent]) => parent === one).flatMap(([child]) => below(child)),
  ];
  return below(pid);
};
const isAlive = (pid: number): boolean =>
  existsSync(`/proc/${pid}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
const allGone = async (pids: number[]): Promise<boolean> =>
  (await waitUntil(async () => (pids.some((pid) => isAlive(pid)) ? undefined : true), Date.now() + 5000)) ??
  false;

describe('the end of a session', () => {
  beforeAll(async () => {
    app = await startTestApp({ '/': page('<h1>Preview</h1><button>Go</button>') });
  });
  afterAll(() => app.close());

  it('is noticed at once when Chromium is killed, and takes everything with it', async () => {
    const session = await openTestSession(app);
    await session.navigate('/');
    const pids = [...treeOf(session.pids.chromium), session.pids.driver ?? 0];
    expect(pids.length).toBeGreaterThan(4);
    process.kill(session.pids.chromium, 'SIGKILL');
    await session.ended;
    await expect(session.snapshot()).rejects.toBeInstanceOf(SessionLostError);
    await expect(
      session.beginFeature({
        feature: { id: 'f', kind: 'open', title: 'F', description: '', startPath: '/', steps: [] },
        seq: 0,
        attempt: 1,
        pace: 'normal',
      }),
    ).rejects.toMatchObject({ code: 'session_lost' });
    expect(await allGone(pids)).toBe(true);
    await session.close();
  });

  it('interrupts a step under way', async () => {
    const session = await openTestSession(app);
    await session.navigate('/');
    const step = session.performStep({
      feature: 'f',
      stepIndex: 0,
      seq: 0,
      attempt: 1,
      pace: 'none',
      step: {
        action: { type: 'click', target: { role: 'button', name: 'Go', exact: true } },
        caption: 'Go',
        success: { kind: 'textVisible', text: 'never' },
        timeoutMs: 8000,
      },
    });
    setTimeout(() => process.kill(session.pids.chromium, 'SIGKILL'), 300);
    await expect(step).rejects.toBeInstanceOf(SessionLostError);
    await session.close();
  });

  it('leaves no process and no folder when it is closed', async () => {
    const session = await openTestSession(app);
    const pids = [...treeOf(session.pids.chromium), session.pids.driver ?? 0];
    await session.close();
    await session.close();
    expect(await allGone(pids)).toBe(true);
  });

  it('comes with the death of the process that holds it', async () => {
    const dir = await mkdtemp(join(process.cwd(), 'node_modules', '.showrunner-test-'));
    const entry = join(dir, 'holder.ts');
    await writeFile(
      entry,
      `import { openTestSession } from ${JSON.stringify(join(process.cwd(), 'libs/browser/src/testing/open-test-session.ts'))};
       import { connect } from 'node:net';
       const session = await openTestSession({ port: ${app.port}, requests: [], connect: async () => connect(${app.port}, '127.0.0.1'), close: async () => undefined });
       console.log(JSON.stringify(session.pids)); setInterval(() => undefined, 1000);`,
    );
    const outfile = join(dir, 'holder.mjs');
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      loader: { '.program.cjs': 'text' },
      platform: 'node',
      format: 'esm',
      packages: 'external',
      alias: Object.fromEntries(
        ['contracts', 'control-groups', 'language'].map((name) => [
          `@showrunner/${name}`,
          join(process.cwd(), `libs/${name}/src/index.ts`),
        ]),
      ),
      logLevel: 'error',
    });
    const holder = spawn(process.execPath, [outfile], { stdio: ['ignore', 'pipe', 'inherit'] });
    const line = await new Promise<string>((resolve, reject) => {
      holder.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
      holder.once('exit', () => reject(new Error('the holder ended')));
    });
    const { chromium, driver } = JSON.parse(line) as { chromium: number; driver: number };
    const pids = [...treeOf(chromium), driver];
    holder.kill('SIGKILL');
    expect(await allGone(pids)).toBe(true);
    const { rm } = await import('node:fs/promises');
    await rm(dir, { recursive: true, force: true });
  });
});

describe('the pictures of a session', () => {
  it('are as large as the session, and their first is the zero of the take, from which actions have a time', async () => {
    const session = await openTestSession((app = await startTestApp({ '/': page('<h1>Preview</h1>') })));
    await session.navigate('/');
    const feature: Feature = {
      id: 'f',
      kind: 'open',
      title: 'F',
      description: '',
      startPath: '/',
      steps: [],
    };
    const begin = { feature, seq: 0, attempt: 1, pace: 'none' } as const;
    expect(await session.beginFeature(begin)).toMatchObject({ startMs: null, actMs: null, endMs: null });
    const frames = await session.frames.record();
    expect(await frames.next()).toEqual({ kind: 'clock', startedAtMs: session.frames.takeStartedAtMs });
    const first = await frames.next();
    if (first?.kind !== 'frame') throw new TypeError('a frame follows');
    expect(jpegSize(Buffer.from(first.frame.jpeg))).toEqual({ width: 1280, height: 720 });
    expect(first.frame.swapMs).toBe(session.frames.takeStartedAtMs);
    await session.frames.recordingStarted;
    const begun = await session.beginFeature(begin);
    expect(begun.startMs).toBeGreaterThanOrEqual(0);
    expect(begun.endMs).toBeLessThan(60_000);
    await session.close();
    let last = await frames.next();
    for (let next = last; next !== undefined; next = await frames.next()) last = next;
    expect(last).toMatchObject({ kind: 'ended' });
    await app.close();
  });
});

/** Width and height in the first start-of-frame segment. */
const jpegSize = (jpeg: Buffer): { width: number; height: number } => {
  for (let at = 2; at < jpeg.length;) {
    const marker = jpeg.readUInt8(at + 1);
    if (marker >= 0xc0 && marker <= 0xc2)
      return { height: jpeg.readUInt16BE(at + 5), width: jpeg.readUInt16BE(at + 7) };
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return { width: 0, height: 0 };
};
