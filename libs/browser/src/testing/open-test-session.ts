import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameSize } from '@showrunner/contracts';
import { pipeTo } from '../confinement/confined-chromium';
import type { BrowserSession } from '../session/browser-session';
import { openBrowserSession, type BrowserSessionOptions } from '../session/open-session';
import type { TestApp } from './test-app';

export const TEST_ORIGIN = 'http://s1.preview.localhost:4401';
export const TEST_SIZE: FrameSize = { width: 1280, height: 720 };

/** A session on a test app, with the tools of this machine. */
export const openTestSession = async (
  app: TestApp,
  options: Partial<BrowserSessionOptions> = {},
): Promise<BrowserSession> =>
  openBrowserSession({
    sessionId: `test-${Math.random().toString(36).slice(2, 10)}`,
    chromiumPath: '/usr/bin/chromium',
    bwrapPath: '/usr/bin/bwrap',
    workDir: await mkdtemp(join(tmpdir(), 'showrunner-test-')),
    size: TEST_SIZE,
    previewUrl: TEST_ORIGIN,
    serve: pipeTo(app.connect),
    ...options,
  });
