import { connect } from 'node:net';
import { openBrowserSession, pipeTo } from '@showrunner/browser';
import type { BrowserSession } from '@showrunner/browser';
import { AppError } from '@showrunner/contracts';
import type {
  Exploration,
  Feature,
  GivenSecrets,
  Pace,
  PerformedAction,
  Plan,
  Proposal,
} from '@showrunner/contracts';
import {
  assemblePlan,
  DEFAULT_EXPLORE_LIMITS,
  DEFAULT_REHEARSAL,
  explore,
  rehearse,
  rulePlanner,
} from '@showrunner/planner';
import { explorerBrowserOf, rehearsalPerformerOf } from '../session-adapters';

export interface DriveOptions {
  port: number;
  intent?: string;
  readme?: string;
  /** Existing folder for the browsers' files. */
  workDir: string;
  chromiumPath?: string;
  bwrapPath?: string;
  /** Serves all stages, each as if it were new; without it each stage opens one of its own. */
  session?: BrowserSession;
  /** Brings the app's server back to its first state before the features are driven, as a film resets the sandbox. */
  reset?: () => void;
  /** Called with what a feature left on the page, before the next one begins. */
  onFeature?: (feature: DrivenFeature, session: BrowserSession) => Promise<void>;
  /** Values that `{{NAME}}` in the intent stands for. */
  secrets?: GivenSecrets;
  /** Of the features as they are driven; `none` unless given. */
  pace?: Pace;
  /** Begins to film the session in which the features are driven; what it answers ends that. */
  record?: (session: BrowserSession) => Promise<() => Promise<void>>;
}

export interface DrivenFeature {
  feature: Feature;
  verified: boolean;
  /** Why not, of the first step that failed. */
  error: string | undefined;
  actions: PerformedAction[];
}

/** What the film of an app would be, without sandbox, workflow and pictures. */
export interface DrivenApp {
  exploration: Exploration;
  proposal: Proposal | undefined;
  plan: Plan | undefined;
  /** Code and sentence when there is no plan. */
  failure: { code: string; message: string; rejected: Plan['rejected'] } | undefined;
  features: DrivenFeature[];
  notes: readonly string[];
  ms: { explore: number; rehearse: number; drive: number };
}

const STEP_ATTEMPTS = 2;

/**
 * Explores, plans, rehearses and drives an app that listens on loopback, with the product's own parts and real browsers, as a film does,
 * at pace `none`. The rehearsal's leftovers stay in the app's server (a film resets the sandbox), not in the browser.
 */
export async function driveApp(options: DriveOptions): Promise<DrivenApp> {
  const { intent = '', readme = '' } = options;
  const notes: string[] = [];
  const startedAt = Date.now();
  const exploration = await withSession(options, 'explore', async (session) => {
    const seen = await explore(explorerBrowserOf(session), {
      rootPath: '/',
      readme,
      intent,
      limits: DEFAULT_EXPLORE_LIMITS,
      now: Date.now,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    seen.notes.push(...session.notes);
    if (session.unreachableAddresses.length > 0) seen.unreachable = session.unreachableAddresses;
    return seen;
  });
  notes.push(...exploration.notes);
  const exploredAt = Date.now();
  let proposal: Proposal | undefined;
  let plan: Plan | undefined;
  let failure: DrivenApp['failure'];
  let typed: GivenSecrets = {};
  try {
    proposal = await rulePlanner.propose(exploration, intent);
    const proposed = proposal;
    plan = await withSession(options, 'rehearse', async (session) => {
      const rehearsal = await rehearse(proposed, rulePlanner, rehearsalPerformerOf(session), {
        ...DEFAULT_REHEARSAL,
        now: Date.now,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      typed = session.secrets.added;
      return session.secrets.mask(assemblePlan(exploration, rehearsal, proposed));
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { rejected = [] } = (error.details ?? {}) as { rejected?: Plan['rejected'] };
    failure = { code: error.code, message: error.message, rejected };
  }
  const rehearsedAt = Date.now();
  options.reset?.();
  const features =
    plan === undefined
      ? []
      : await withSession(options, 'drive', async (session) => {
          await session.learnSecrets(typed);
          const ended = await options.record?.(session);
          const driven = await driveFeatures(session, plan.features, options);
          await ended?.();
          notes.push(...session.notes);
          return driven;
        });
  const ms = {
    explore: exploredAt - startedAt,
    rehearse: rehearsedAt - exploredAt,
    drive: Date.now() - rehearsedAt,
  };
  return { exploration, proposal, plan, failure, features, notes, ms };
}

/** Drives features of a plan on whatever the session shows, each from its own start. */
export async function driveFeatures(
  session: BrowserSession,
  features: readonly Feature[],
  { onFeature, pace = 'none' }: Pick<DriveOptions, 'onFeature' | 'pace'> = {},
): Promise<DrivenFeature[]> {
  const driven: DrivenFeature[] = [];
  let seq = 0;
  for (const feature of features) {
    const actions: PerformedAction[] = [];
    let last = await session.beginFeature({ feature, seq: seq++, attempt: 1, pace });
    actions.push(last);
    let holds = last.result !== 'failed';
    for (const [stepIndex, step] of feature.steps.entries()) {
      if (!holds) break;
      for (let attempt = 1; attempt <= STEP_ATTEMPTS && (attempt === 1 || !last.verified); attempt += 1) {
        last = await session.performStep({
          feature: feature.id,
          kind: feature.kind,
          ...{ stepIndex, step, seq: seq++, attempt, pace },
        });
        actions.push(last);
      }
      holds = last.verified;
    }
    const one = {
      feature,
      verified: holds,
      error: holds ? undefined : `${last.caption}: ${last.error ?? ''}`,
      actions,
    };
    driven.push(one);
    await onFeature?.(one, session);
  }
  return driven;
}

async function withSession<T>(
  {
    port,
    workDir,
    session: shared,
    secrets,
    chromiumPath = '/usr/bin/chromium',
    bwrapPath = '/usr/bin/bwrap',
  }: DriveOptions,
  sessionId: string,
  work: (session: BrowserSession) => Promise<T>,
): Promise<T> {
  if (shared !== undefined) {
    await shared.forget();
    return work(shared);
  }
  const session = await openBrowserSession({
    ...{ sessionId, workDir, chromiumPath, bwrapPath, secrets },
    size: { width: 1280, height: 720 },
    previewUrl: 'http://s1.preview.localhost:4401',
    serve: pipeTo(async () => connect(port, '127.0.0.1')),
  });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
